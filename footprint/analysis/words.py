"""Headers and sheet names of exports, in English and simplified Chinese."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

_ZH = {
    "summary": "摘要",
    "lines": "明细行",
    "stages": "阶段",
    "tree": "层级汇总",
    "upstream": "上游",
    "sources": "来源",
    "warnings": "提示",
    "key": "项目",
    "value": "值",
    "depth": "层级",
    "row": "行号",
    "line": "编号",
    "name": "名称",
    "stage": "阶段",
    "dataset": "数据集",
    "dataset name": "数据集名称",
    "quantity": "数量",
    "amount": "数量",
    "unit": "单位",
    "kg CO2e": "千克二氧化碳当量",
    "material": "材料",
    "production": "生产",
    "packaging": "包装",
    "inbound_transport": "进厂运输",
    "waste": "废弃物",
    "direct_emission": "直接排放",
    "distribution": "分销",
    "use": "使用",
    "end_of_life": "寿命终止",
    "own kg CO2e": "自身千克二氧化碳当量",
    "direct kg CO2e": "直接排放（千克二氧化碳当量）",
    "through kg CO2e": "流经（千克二氧化碳当量）",
    "share": "占比",
    "in the total": "计入总量",
    "items": "条目数",
    "matched by": "匹配方式",
    "data type": "数据类型",
    "id": "标识",
    "citation": "引用",
    "licence": "许可",
    "code": "代码",
    "message": "说明",
    "hint": "建议",
    "file": "文件",
    "column": "列",
    "before": "之前",
    "after": "之后",
    "difference": "差异",
    "scenario": "情景",
    "method": "方法",
    "changes": "变更",
    "yes": "是",
    "no": "否",
    "other rows below the cut-off": "低于截断值的其他行",
    "remainder below the cut-off": "低于截断值的其余部分",
    "emissions and documents of the lines": "各行自身的排放与供应商文件",
    "biogenic CO2": "生物源二氧化碳",
    "included": "计入",
    "excluded": "不计入",
    "unknown": "未知",
    "GWP sets used": "所用 GWP 版本",
    "CO2 taken up by biomass": "生物质吸收的二氧化碳",
    "Biogenic CO2 released": "释放的生物源二氧化碳",
    "published as CO2e without gases, cannot be converted": "以当量公布而无气体明细，无法换算",
}


def word(text: str, language: Language) -> str:
    """`text` in the reader's language; English is what the code writes."""
    return _ZH.get(text, text) if language == "zh" else text

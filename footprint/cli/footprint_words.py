"""The words of a footprint on a terminal, in English and Chinese."""

from __future__ import annotations

from footprint.words.language import Language

_EN = {
    "total": "{word}{total} kg CO2e per {unit}   ({boundary}, {gwp} GWP100, without biogenic CO2)",
    "at least": "at least ",
    "complete": "complete: ",
    "screening result": "SCREENING RESULT: no certificate can rest on it.",
    "lacks": "The total is at least this; it lacks: {lacks}.",
    "screening figures": "Screening figures: {lines} lines, {share:.1%} of the mass, {kg} kg CO2e "
    "({low} to {high}).",
    "unknown mass": "Unknown: lines without any figure, and nobody knows their mass.",
    "unknown": "Unknown: {share:.1%} of the mass has no figure at all.",
    "more": "... and {count} more, {kg} kg CO2e together",
    "coverage": "Coverage: {mass:.1%} of the mass, {lines:.1%} of the lines.",
    "quality": "Data quality (1 best, 5 worst): technology {technology:.1f}, geography "
    "{geography:.1f}, time {time:.1f}; primary data {primary:.0f} %.",
    "electricity": "Electricity: {location} kg CO2e location-based, {market} market-based; the "
    "result is {basis}.",
    "inventory": "Inventory",
    "bom": "Bill of materials",
    "part": "part",
    "by name": " (by name)",
    "by material": " (material only)",
    "by part": " (part model)",
    "by pick": " (chosen)",
    "by screening": " (screening)",
}
_ZH = {
    "total": "{word}每 {unit} {total} kg CO2e   （{boundary}，{gwp} GWP100，不含生物源 CO2）",
    "at least": "至少：",
    "complete": "完整：",
    "screening result": "筛查结果：不能作为证书依据。",
    "lacks": "总量是下限，缺：{lacks}。",
    "screening figures": "筛查数值：{lines} 行，占质量 {share:.1%}，{kg} kg CO2e"
    "（{low} 至 {high}）。",
    "unknown mass": "未知：有的行没有任何数值，质量也未知。",
    "unknown": "未知：{share:.1%} 的质量没有任何数值。",
    "more": "……另有 {count} 行，共 {kg} kg CO2e",
    "coverage": "覆盖率：质量 {mass:.1%}，行数 {lines:.1%}。",
    "quality": "数据质量（1 最好，5 最差）：技术 {technology:.1f}，地理 {geography:.1f}，"
    "时间 {time:.1f}；初级数据 {primary:.0f} %。",
    "electricity": "电力：基于位置 {location} kg CO2e，基于市场 {market} kg CO2e；结果{basis}。",
    "location-based": "基于位置",
    "market-based": "基于市场",
    "inventory": "清单库",
    "bom": "物料清单",
    "part": "组成",
    "row": "行",
    "line": "名称",
    "stage": "阶段",
    "amount": "数量",
    "dataset": "数据集",
    "share": "占比",
    "by name": "（按名称）",
    "by material": "（只计材料）",
    "by part": "（零件模型）",
    "by pick": "（已选择）",
    "by screening": "（筛查）",
    "cradle-to-gate": "从摇篮到大门",
    "cradle-to-grave": "从摇篮到坟墓",
    "fossil": "化石源",
    "biogenic_uptake": "生物质吸收",
    "biogenic_co2": "生物源 CO2",
    "biogenic_non_co2": "生物源非 CO2",
    "land_use_change": "土地利用变化",
    "land_management": "土地管理",
    "aircraft": "航空",
    "gaps": "缺数据的行",
    "screening": "筛查数值代替的行",
    "part_steps": "零件模型所缺的工序",
    "making_of_parts": "零件的制造",
    "cut_off": "数据集舍去的投入",
    "supplier_coverage": "供应商文件未覆盖的部分",
    "material": "材料",
    "production": "生产",
    "packaging": "包装",
    "inbound_transport": "进厂运输",
    "waste": "废弃物",
    "direct_emission": "直接排放",
    "distribution": "分销",
    "use": "使用",
    "end_of_life": "寿命终止",
    "piece": "件",
    "kilogram": "千克",
    "liter": "升",
    "cubic meter": "立方米",
    "kilowatt hour": "千瓦时",
    "megajoule": "兆焦",
    "ton kilometer": "吨公里",
    "square meter": "平方米",
    "hour": "小时",
}


def spoken(language: Language) -> dict[str, str]:
    """The words of a language; what has none is printed as it is."""
    return _ZH if language == "zh" else _EN

"""Replies as indented text for people: what a member is called is told in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

#: Members in Chinese; in English their own names stand.
KEYS_ZH: Mapping[str, str] = MappingProxyType(
    {
        "law": "法律", "name": "名称", "about": "说明", "as_of": "日期", "facts": "条目数",
        "stale_facts": "久未查阅的条目数", "category": "类别", "covered": "是否涵盖",
        "duties": "义务", "declared": "申报值", "kg_co2e_per_kwh": "每千瓦时 kg CO2e",
        "by_stage": "按阶段", "declaration": "声明", "must_hold": "须包含", "key": "键",
        "says": "内容", "lacks": "尚缺", "class": "性能等级", "maximum": "最大限值",
        "passport": "护照", "battery_category": "电池类别", "battery_model": "电池型号",
        "manufacturer": "制造商", "manufacturing_place": "制造地",
        "carbon_footprint_kg_co2e_per_kwh": "碳足迹（每千瓦时 kg CO2e）",
        "carbon_footprint_by_stage": "碳足迹（按阶段）",
        "carbon_footprint_performance_class": "碳足迹性能等级",
        "declaration_of_conformity": "符合性声明", "public_study": "公开研究报告",
        "raw-material": "原材料", "production": "生产", "distribution": "分销",
        "end-of-life": "寿命终止", "reply": "答复", "since": "起始日", "confidence": "可信度",
        "sources": "来源", "title": "标题", "article": "条款", "url": "网址", "host": "页面性质",
        "applies": "是否适用", "scope": "范围", "sector": "行业", "not_a_footprint": "提示",
        "unit": "单位", "gases": "气体", "indirect_counts": "间接排放是否计入",
        "threshold": "门槛", "actual": "实际值", "direct_t_co2e": "直接排放（t CO2e）",
        "indirect_t_co2e": "间接排放（t CO2e）", "per": "每", "default": "默认值", "value": "数值",
        "year": "年份", "source": "来源", "with_mark_up": "加成后", "mark_up": "加成",
        "update_within_months": "更新期限（月）", "shown": "展示方式", "climate": "气候分项",
        "ratio": "比值", "points": "点数", "keeps": "是否符合限值",
        "value_kg_co2e": "产品数值（kg CO2e）", "limit_kg_co2e": "限值（kg CO2e）",
        "reasons": "理由", "verdict": "判定", "missing": "未提供", "changes": "最小改变",
        "subject": "对象", "kind": "类型", "rule": "规则", "reduce_first": "须先减排",
        "scheme": "计划", "at": "当前步骤", "next": "下一步", "steps": "步骤", "step": "步骤",
        "day": "日期", "progress": "进展", "kg": "kg CO2e", "goal_kg": "目标（kg CO2e）",
        "percent_below_base": "低于基准年（%）", "on_path": "是否达标", "levers": "降碳手段",
        "management": "管理降碳", "structure": "结构降碳", "technology": "技术降碳",
        "measures": "措施数", "saved_kg": "减少量（kg CO2e/年）",
    }
)  # fmt: skip
#: Members whose values are words of a list, and these words in Chinese.
_WORDS_ZH: Mapping[str, str] = MappingProxyType(
    {
        "yes": "是", "no": "否", "not_yet": "尚未", "unknown": "未知", "pass": "通过",
        "fail": "未通过", "official": "官方", "publisher": "发布者", "secondary": "非原始页面",
        "product": "产品", "organisation": "组织", "event": "活动", "H": "高", "M": "中", "L": "低",
    }
)  # fmt: skip
_LISTED = frozenset(("reply", "keeps", "verdict", "host", "on_path", "kind", "confidence"))


def reply_lines(reply: Mapping[str, Any], chinese: bool, indent: str = "") -> Iterable[str]:
    """A reply as indented text for people, in one of the two languages."""
    for key, value in reply.items():
        if key.endswith("_zh"):
            continue
        shown = reply.get(f"{key}_zh", value) if chinese else value
        name = KEYS_ZH.get(key, key) if chinese else key
        colon = "：" if chinese else ":"
        if isinstance(shown, dict) and shown:
            yield f"{indent}{name}{colon}"
            yield from reply_lines(shown, chinese, f"{indent}  ")
        elif isinstance(shown, list) and shown:
            yield f"{indent}{name}{colon}"
            for one in shown:
                yield from _item_lines(one, chinese, f"{indent}  ")
        else:
            blank = "" if chinese else " "
            yield f"{indent}{name}{colon}{blank}{_value(key, shown, chinese)}"


def _value(key: str, value: Any, chinese: bool) -> str:
    if value is None or value in ({}, []):
        return "-"
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif key not in _LISTED:
        return str(value)
    return _WORDS_ZH.get(value, value) if chinese else str(value)


def _item_lines(item: Any, chinese: bool, indent: str) -> Iterable[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {item}"
        return
    lines = list(reply_lines(item, chinese, f"{indent}  "))
    yield f"{indent}- {lines[0].strip()}"
    yield from lines[1:]

"""The words of `footprint data show`, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.words.language import Language

_EN = {
    "intensities": "kg CO2e per unit, by GWP set:",
    "made of": "Made of (share of the total):",
    "inventory": "Inventory",
    "head": "per {unit}, {location}, {year}; {kind}, {boundary}; fits its name: {fits} "
    "(1 best, 5 worst); {status}",
    "includes": "Includes: {text}",
    "codes": "Codes: {text}",
    "also": "Also called: {text}",
    "note": "Note: {text}",
    "lacks": "At least: lacks {text}",
    "screening": "Screening: what it lacks could exceed its interval",
    "recipe": "Recipe, per {unit}:",
    "figures": "Figures as published:",
    "checked": "Checked against {value} ({source})",
    "sources": "Sources:",
    "factor": " (times or divided by {gsd2:g})",
    "range": " ({low:.4g} to {high:.4g})",
}
_ZH = {
    "intensities": "每单位 kg CO2e，按 GWP 值集：",
    "made of": "构成（占总量的比例）：",
    "inventory": "清单库",
    "head": "每 {unit}，{location}，{year}；{kind}，{boundary}；与名称的相符程度：{fits}"
    "（1 最好，5 最差）；{status}",
    "includes": "包括：{text}",
    "codes": "编码：{text}",
    "also": "又称：{text}",
    "note": "说明：{text}",
    "lacks": "至少：缺 {text}",
    "screening": "筛查：所缺部分可能超出其区间",
    "recipe": "配方，每 {unit}：",
    "figures": "所发布的数值：",
    "checked": "与 {value} 核对（{source}）",
    "sources": "来源：",
    "factor": "（乘或除以 {gsd2:g}）",
    "range": "（{low:.4g} 至 {high:.4g}）",
    "unit_process": "单元过程",
    "aggregated": "汇总数据",
    "market": "市场组合",
    "part": "零件模型",
    "cradle-to-gate": "从摇篮到大门",
    "gate-to-gate": "从大门到大门",
    "combustion": "仅燃烧",
    "well-to-tank": "从油井到油箱",
    "well-to-wheel": "从油井到车轮",
    "treatment": "处理",
    "draft": "草稿",
    "reviewed": "已审阅",
    "estimate": "估算",
    "withdrawn": "已撤回",
    "cut_off": "导入时舍去部分投入",
    "official_file": "官方文件",
    "publisher_repository": "发布者的数据仓库",
    "transcription_crosschecked": "抄录并交叉核对",
    "transcription": "抄录",
    "fossil": "化石源",
    "biogenic_uptake": "生物质吸收",
    "biogenic_emission": "生物源 CO2 排放",
    "biogenic_non_co2": "生物源非 CO2",
    "land_use_change": "土地利用变化",
    "land_management": "土地管理",
    "aircraft": "航空",
    "excluding_biogenic": "不含生物源 CO2",
}


def words_in(language: Language) -> Mapping[str, str]:
    """The words of a language; what has none is printed as it is."""
    return _ZH if language == "zh" else _EN

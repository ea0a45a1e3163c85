"""What `footprint catalogue summary` and `diff` print for people, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from footprint.cli.footprint_words import spoken
from footprint.cli.output import Lang
from footprint.cli.tables import table

if TYPE_CHECKING:
    from footprint.catalogue.summary import CatalogueSummary, FigureSpread

_EN = {
    "head": "{products:,} products, {refused:,} refusals",
    "spread": "|least|5 %|25 %|median|75 %|95 %|most|mean",
    "stages": "Stages, kg CO2e of one of each product",
    "completeness": "Completeness, products",
    "warnings": "Warnings, products",
    "refused": "Refused, products",
    "decisions": "{scheme}: tier and verdict, products",
    "spots": "Hot spots, kg CO2e of one of each product",
    "spot": "name|line|products|kg CO2e|most in",
    "statuses": "{both:,} in both, {added:,} added, {removed:,} removed",
    "unchanged": "{count:,} of the products in both are the same",
    "total": "{name}: {value:,.6g} kg CO2e of one of each product",
    "old": "old",
    "new": "new",
    "from_data": "from data",
    "from_lines": "from lines",
    "same": "{name}: the same",
    "another": "{name}: another",
    "catalogue": "catalogue",
    "inventory": "inventory",
    "gwp_set": "GWP set",
    "engine": "engine",
    "changes": "Stages, change in kg CO2e",
    "rose_most": "Rose most",
    "fell_most": "Fell most",
}
_ZH = {
    "head": "{products:,} 个产品，{refused:,} 个被拒绝",
    "spread": "|最小|5 %|25 %|中位|75 %|95 %|最大|平均",
    "stages": "各阶段，每种产品各一件的 kg CO2e",
    "completeness": "完整性，产品数",
    "warnings": "提示，产品数",
    "refused": "被拒绝，产品数",
    "decisions": "{scheme}：等级与结论，产品数",
    "spots": "热点，每种产品各一件的 kg CO2e",
    "spot": "名称|行|产品数|kg CO2e|最多的产品",
    "statuses": "两者都有 {both:,} 个，新增 {added:,} 个，删除 {removed:,} 个",
    "unchanged": "两者都有的产品中 {count:,} 个没有变化",
    "total": "{name}：每种产品各一件共 {value:,.6g} kg CO2e",
    "old": "原",
    "new": "新",
    "from_data": "来自数据",
    "from_lines": "来自物料行",
    "same": "{name}：相同",
    "another": "{name}：不同",
    "catalogue": "目录",
    "inventory": "清单库",
    "gwp_set": "GWP 值集",
    "engine": "计算引擎",
    "changes": "各阶段的变化，kg CO2e",
    "rose_most": "增加最多",
    "fell_most": "减少最多",
    "excluding_biogenic_uptake_kg_co2e": "kg CO2e（不含生物源 CO2）",
    "coverage_mass": "质量覆盖率",
    "coverage_lines": "行覆盖率",
    "primary_data_share": "初级数据占比 %",
    "technological": "技术评分",
    "geographical": "地理评分",
    "temporal": "时间评分",
    "outbound_logistics": "出厂物流",
    "complete": "完整",
    "at least": "至少",
}


def _words(lang: Lang) -> dict[str, str]:
    if lang is Lang.EN:
        return _EN
    return spoken("zh") | _ZH


def catalogue_summary_lines(found: CatalogueSummary, lang: Lang) -> Iterator[str]:
    """A summary of results as text."""
    words = _words(lang)
    yield words["head"].format(products=found.products, refused=sum(found.refused.values()))
    heads = words["spread"].split("|")
    rows = [(_name(s.figure, words), *_values(s)) for s in found.spreads]
    yield from _table([heads, *rows]) if rows else ()
    parts: tuple[tuple[str, Mapping[str, float]], ...] = (
        (words["stages"], found.stages_kg_co2e),
        (words["completeness"], found.completeness),
        (words["warnings"], found.warnings),
        (words["refused"], found.refused),
        *((words["decisions"].format(scheme=one), by) for one, by in found.decisions.items()),
    )
    for title, counts in parts:
        yield from ("", title)
        rows = [(_name(name, words), f"{value:,.6g}") for name, value in counts.items() if value]
        yield from _table(rows)
    yield from ("", words["spots"])
    spots = [
        (one.name, one.line, f"{one.products:,}", f"{one.kg_co2e:,.4g}", one.product)
        for one in found.hot_spots
    ]
    if spots:
        yield from _table([words["spot"].split("|"), *spots], right=(2, 3))


def difference_lines(told: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """What changed between two tables of results, as text."""
    words = _words(lang)
    yield words["statuses"].format(**told["products"])
    yield words["unchanged"].format(count=told["unchanged"])
    for name in ("old", "new", "from_data", "from_lines"):
        value = told[f"{name}_kg_co2e"]
        if value is not None:
            yield words["total"].format(name=words[name], value=value)
    for name, same in told["made_of"].items():
        yield words["same" if same else "another"].format(name=words[name])
    yield from ("", words["changes"])
    stages = told["stages_kg_co2e"].items()
    yield from _table([(_name(name, words), f"{value:+,.4g}") for name, value in stages if value])
    for title in ("rose_most", "fell_most"):
        yield from ("", words[title])
        yield from _table(
            [
                (row["product"], f"{row['change_kg_co2e']:+,.4g}", _stage(row, words))
                for row in told[title]
            ]
        )


def _stage(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return _name(row["largest_stage"] or "", words)


def _name(key: str, words: Mapping[str, str]) -> str:
    """What people call a column; ids and codes are their own names."""
    if key in words:
        return words[key]
    return key.replace("_", " ").replace("kg co2e", "kg CO2e")


def _values(spread: FigureSpread) -> tuple[str, ...]:
    names = ("least", "p5", "p25", "median", "p75", "p95", "most", "mean")
    return tuple(f"{getattr(spread, name):.4g}" for name in names)


def _table(rows: Iterable[Sequence[str]], right: Sequence[int] | None = None) -> Iterator[str]:
    """Rows without a rule, numbers to the right."""
    cells = [tuple(row) for row in rows]
    if cells:
        columns = range(1, len(cells[0])) if right is None else right
        lines = table(cells, right=tuple(columns), most=48).splitlines()
        yield from (f"  {line}" for at, line in enumerate(lines) if at != 1)

"""A result as flat tables: what a spreadsheet, a CSV file or a terminal shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from footprint.analysis.words import Language, word

if TYPE_CHECKING:  # a table by rows needs no solver: scipy takes half a second to import
    from footprint.analysis.contributions import RowShare, StageShare
    from footprint.analysis.upstream import Upstream
    from footprint.values.result import Footprint

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class AnalysisTable:
    """A named table: a header in the reader's language, and rows of plain values."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def made(
    name: str, header: str, rows: Sequence[tuple[Cell, ...]], language: Language
) -> AnalysisTable:
    """A table whose header is written as `a | b | c`, translated."""
    columns = (word(column.strip(), language) for column in header.split("|"))
    return AnalysisTable(word(name, language), tuple(columns), tuple(rows))


def summary_table(footprint: Footprint, language: Language) -> AnalysisTable:
    """Totals, split, coverage, quality and provenance as key and value."""
    product, split = footprint.product, footprint.split
    rows: list[tuple[Cell, ...]] = [
        ("product", product.name),
        ("product_zh", product.name_zh),
        ("declared_unit", str(footprint.declared_unit)),
        ("boundary", footprint.boundary),
        ("gwp_set", footprint.gwp_set),
        ("gwp_sets_used", ", ".join(footprint.gwp_sets_used)),
        ("excluding_biogenic_uptake_kg_co2e", split.excluding_biogenic_uptake),
        ("including_biogenic_uptake_kg_co2e", split.including_biogenic_uptake),
        *((f"{name}_kg_co2e", value) for name, value in split.as_dict().items()),
        ("completeness", word(footprint.completeness.word, language)),
        ("lacks", ", ".join(footprint.completeness.lacks)),
        ("coverage_mass", footprint.coverage.mass),
        ("coverage_lines", footprint.coverage.lines),
        ("primary_data_share_percent", footprint.quality.primary_data_share),
        ("technological_rating", footprint.quality.technological),
        ("geographical_rating", footprint.quality.geographical),
        ("temporal_rating", footprint.quality.temporal),
        ("engine", footprint.provenance.engine),
        ("inventory", footprint.provenance.inventory),
        ("bom", footprint.provenance.bom),
    ]
    return made("summary", "key | value", rows, language)


def lines_table(footprint: Footprint, language: Language) -> AnalysisTable:
    """Every contribution as the result lists it: one row per line and transport leg."""
    header = (
        "row | line | name | stage | dataset | dataset name | quantity | unit | kg CO2e | share"
    )
    header += " | matched by | data type"
    rows: list[tuple[Cell, ...]] = [
        (
            *(c.row, c.line, c.name, c.stage, c.dataset, c.dataset_name, c.quantity, c.unit),
            *(c.kg_co2e, c.share, c.matched_by, c.data_type),
        )
        for c in footprint.contributions
    ]
    return made("lines", header, rows, language)


def tree_table(rows: Sequence[RowShare], language: Language) -> AnalysisTable:
    """The tree of rows, with its depth as a number."""
    hidden = word("other rows below the cut-off", language)
    header = "depth | row | line | name | stage | own kg CO2e | kg CO2e | share | in the total"
    cells: list[tuple[Cell, ...]] = [
        (
            r.depth,
            r.row,
            r.line,
            r.name if r.row is not None else f"{hidden} ({r.hidden})",
            word(r.stage, language),
            r.own_kg_co2e,
            r.kg_co2e,
            r.share,
            word("yes" if r.inside else "no", language),
        )
        for r in rows
    ]
    return made("lines", header, cells, language)


def stages_table(stages: Sequence[StageShare], language: Language) -> AnalysisTable:
    """The total by stage."""
    rows: list[tuple[Cell, ...]] = [
        (
            s.stage,
            s.kg_co2e if s.items else None,
            s.share if s.items else None,
            s.items,
            s.left_out,
            word("yes" if s.inside else "no", language),
        )
        for s in stages
    ]
    header = "stage | kg CO2e | share | items | lines not counted | in the total"
    return made("stages", header, rows, language)


def upstream_table(found: Upstream, language: Language) -> AnalysisTable:
    """The emitters, what the lines bring themselves, and what the cut-off hides."""
    header = "dataset | name | amount | unit | direct kg CO2e | through kg CO2e | share"
    rows: list[tuple[Cell, ...]] = [
        (
            e.dataset,
            e.name_zh if language == "zh" else e.name_en,
            e.amount,
            e.unit,
            e.direct_kg_co2e,
            e.through_kg_co2e,
            e.share,
        )
        for e in found.emitters
    ]
    total = found.total_kg_co2e
    for name, value, count in (
        ("emissions and documents of the lines", found.lines_kg_co2e, 0),
        ("remainder below the cut-off", found.remainder_kg_co2e, found.remainder_count),
    ):
        if value or count:
            label = word(name, language) + (f" ({count})" if count else "")
            share = value / total if total else 0.0
            rows.append(("", label, None, "", value, None, share))
    return made("upstream", header, rows, language)


def sources_table(footprint: Footprint, language: Language) -> AnalysisTable:
    """Every source that the result rests on, with its licence."""
    rows: list[tuple[Cell, ...]] = [(s.id, s.citation, s.licence) for s in footprint.sources]
    return made("sources", "id | citation | licence", rows, language)


def warnings_table(footprint: Footprint, language: Language) -> AnalysisTable:
    """Every warning with its place."""
    header = "code | message | hint | file | row | column"
    rows: list[tuple[Cell, ...]] = [
        (w.code, w.message, w.hint, w.where.file, w.where.row, w.where.column or "")
        for w in footprint.warnings
    ]
    return made("warnings", header, rows, language)


def result_tables(
    footprint: Footprint, found: Upstream, rows: Sequence[RowShare], language: Language
) -> tuple[AnalysisTable, ...]:
    """The sheets of an exported result, in reading order."""
    tree = tree_table(rows, language)
    return (
        summary_table(footprint, language),
        lines_table(footprint, language),
        AnalysisTable(word("tree", language), tree.header, tree.rows),
        upstream_table(found, language),
        sources_table(footprint, language),
        warnings_table(footprint, language),
    )

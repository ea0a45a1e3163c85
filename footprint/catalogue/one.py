"""One product of a catalogue as the engine calculates any other: what the fast way leaves to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from footprint import units
from footprint.bom import faults as bom_faults
from footprint.bom.cells import LineCells
from footprint.bom.hashing import bom_hash
from footprint.bom.lines_read import zero_quantities
from footprint.bom.supplier_files import read_suppliers
from footprint.bom.tree import check_tree
from footprint.catalogue.columns import WORST
from footprint.catalogue.decisions import decision_columns
from footprint.catalogue.facts import LineContext, catalogue_product
from footprint.catalogue.intervals import one_interval
from footprint.catalogue.keys import Keys
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.model import ReadLine
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import Footprint

#: Columns of a catalogue that a line's cells have under another name.
_RENAMED = {"line": "id"}


def bom_of(
    name: str, rows: Sequence[Mapping[str, Any]], documents: Mapping[str, bytes] | None = None
) -> Bom:
    """The bill of materials of one product, from its rows as mappings of columns; `row` is where.

    Raises `InputRefused` with every problem of its lines (BOM and SUP codes).
    """
    problems: list[Problem] = []
    facts = LineContext(rows[0].get("country") or "", rows[0].get("reference_period") or "")
    known = catalogue_product(facts)[1]
    problems += [one._replace(where=Where("", rows[0]["row"], one.where.column)) for one in known]
    lines = [line for row in rows if (line := _line(row, problems)) is not None]
    if not problems:
        problems = list(check_tree(lines, ""))
    suppliers, unread = read_suppliers(lines, "", documents)
    problems += unread
    if problems:
        raise InputRefused(problems)
    bom = facts.bom(rows[0].get("product_name") or name, rows[0].get("product_mass"), tuple(lines))
    hashed = bom_hash(bom.product, lines, suppliers)
    return Bom(bom.product, bom.lines, "", hashed, tuple(zero_quantities(lines, "")), suppliers)


def _line(row: Mapping[str, Any], problems: list[Problem]) -> Line | None:
    texts = {_RENAMED.get(key, key): value for key, value in row.items() if isinstance(value, str)}
    try:
        unit = units.normal_unit(row.get("unit") or "")
    except units.UnitError as error:
        where = Where("", row["row"], "unit")
        problems.append(bom_faults.UNKNOWN_UNIT.at(where, str(error)))
        return None
    cells = LineCells("", row["row"], texts, ".", True, problems)
    read = ReadLine(row["row"], row.get("name") or "", 1.0, unit, loss=row.get("loss"))
    return cells.line(read, row["quantity"], unit, row.get("unit_mass"))


def one_product(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    keys: Keys,
    documents: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """The results of one product, by the columns of `Keys.schema`. Raises `InputRefused`."""
    bom = bom_of(name, rows, documents)
    made = calculate(
        bom,
        keys.inventory,
        keys.gwp_set,
        allow_gaps=keys.gaps.allow_gaps,
        screening=keys.gaps.screening,
    )
    found = {**result_row(made), "product": name, "row": rows[0]["row"]}
    return (
        found | one_interval(made, keys.inventory, keys.draws) | decision_columns(made, keys.asked)
    )


def result_row(made: Footprint) -> dict[str, Any]:
    """A footprint by the columns of `RESULTS`; `row` is that of its first contribution."""
    stages = made.stages
    # Packaging and distribution are parts of the split too, so they have one column each.
    by_stage = {
        name: stages.get(name, 0.0)
        for name in ("material", "production", "inbound_transport", "waste", "direct_emission")
    }
    quality = made.quality
    by_row: dict[int, tuple[str, str, float]] = {}
    for item in made.contributions:
        *_, before = by_row.get(item.row, ("", "", 0.0))
        by_row[item.row] = (item.line, item.name, before + item.kg_co2e)
    worst = sorted(by_row.values(), key=lambda line: -line[2])[:WORST]
    ranked: dict[str, str | float | None] = {}
    for at in range(WORST):
        found = worst[at] if at < len(worst) else (None, None, None)
        ranked |= zip(
            (f"worst_{at + 1}", f"worst_{at + 1}_name", f"worst_{at + 1}_kg_co2e"),
            found,
            strict=True,
        )
    return {
        "product": made.product.name,
        "file": "",
        "row": made.contributions[0].row if made.contributions else 0,
        "lines": len({item.row for item in made.contributions}),
        "excluding_biogenic_uptake_kg_co2e": made.split.excluding_biogenic_uptake,
        "including_biogenic_uptake_kg_co2e": made.split.including_biogenic_uptake,
        **made.split.as_dict(),
        **by_stage,
        "use": stages.get("use", 0.0),
        "end_of_life": stages.get("end_of_life", 0.0),
        "coverage_mass": made.coverage.mass,
        "coverage_lines": made.coverage.lines,
        "primary_data_share": quality.primary_data_share,
        "technological": quality.technological,
        "geographical": quality.geographical,
        "temporal": quality.temporal,
        "boundary": made.boundary,
        "gwp_sets": " ".join(made.gwp_sets_used),
        "completeness": made.completeness.word,
        "warnings": " ".join(sorted({problem.code for problem in made.warnings})),
        **ranked,
    }

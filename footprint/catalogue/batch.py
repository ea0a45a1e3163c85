"""Many bills of materials at once, for programs: the same results as a table of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from footprint.catalogue.columns import REFUSED, RESULTS
from footprint.catalogue.keys import Keys
from footprint.catalogue.one import result_row
from footprint.catalogue.part import PartResults, run_part
from footprint.catalogue.refusals import Refusals
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.values.bom import Bom
from footprint.values.line import Line

#: What a line may say beside the columns of a table; whoever says it is calculated alone.
_MORE = (
    *("recycled_content", "recycled_dataset", "supplier_pcf", "contract", "uncertainty", "file"),
    *("material", "specification", "category", "chosen_by", "note"),
)


def calculate_many(
    boms: Sequence[Bom], inventory: CompiledInventory, gwp_set: str = DEFAULT_GWP_SET
) -> PartResults:
    """The results of many bills of materials, in the columns of `RESULTS`, in their order.

    `product` is the position in `boms`, as text, and `file` the file of the bill. What is refused
    is in `Part.refused` and stops no other. Equal to `calculate` to 1e-12; where a bill has no more
    than a table of a catalogue can say, one sparse product for all.
    """
    keys = Keys(inventory, gwp_set)
    plain = [at for at, bom in enumerate(boms) if _is_plain(bom)]
    rows = [row for at in plain for row in _rows(str(at), boms[at])]
    made = run_part(_table(rows), 0, keys)
    refused = [*_named(made.refused, boms, rows)]
    results = _in_order(made.results, boms)
    for at in sorted({*range(len(boms))} - {*plain}):
        alone = Refusals(np.zeros(0, dtype=np.int64), boms[at].file)
        try:
            results.append(
                result_row(calculate(boms[at], inventory, gwp_set)) | _named_as(at, boms)
            )
        except InputRefused as error:
            for problem in error.problems:
                alone.add_of_row(str(at), problem.where.row or 0, problem)
        refused += alone.found
    results.sort(key=lambda row: int(row["product"]))
    refused.sort(key=lambda row: (int(row["product"]), row["row"]))
    return PartResults(
        pa.Table.from_pylist(results, RESULTS), pa.Table.from_pylist(refused, REFUSED)
    )


def _is_plain(bom: Bom) -> bool:
    """Whether the columns of a catalogue hold all that a bill of materials says."""
    if bom.warnings or bom.allocation is not None or bom.suppliers:
        return False
    start, end = bom.product.period_start, bom.product.period_end
    if (start is None) != (end is None):
        return False
    return not any(
        getattr(line, name) not in ("", (), None) for line in bom.lines for name in _MORE
    ) and all(line.name.strip() == line.name and line.quantity > 0 for line in bom.lines)


def _rows(name: str, bom: Bom) -> list[dict[str, Any]]:
    product = bom.product
    period = f"{product.period_start}/{product.period_end}" if product.period_end else ""
    facts = {"product": name, "country": product.country, "reference_period": period}
    facts["product_mass"] = product.mass_kg  # type: ignore[assignment]
    return [facts | _row(line) for line in bom.lines]


def _row(line: Line) -> dict[str, Any]:
    legs = "; ".join(f"{leg.mode}: {leg.distance_km:f} km" for leg in line.transport)
    return {
        "line": line.id,
        "parent": line.parent,
        "name": line.name,
        "dataset": line.dataset,
        "quantity": line.quantity,
        "unit": line.unit,
        "stage": "" if line.stage_open else line.stage,
        "location": line.location,
        "loss": line.loss,
        "unit_mass": line.unit_mass_kg,
        "data_type": line.data_type,
        "transport": legs,
    }


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    numbers = {"quantity", "loss", "unit_mass", "product_mass"}
    names = [*rows[0]] if rows else ["product"]
    return pa.table(
        {
            name: pa.array(
                [row[name] for row in rows], pa.float64() if name in numbers else pa.string()
            )
            for name in names
        }
    )


def _named_as(at: int, boms: Sequence[Bom]) -> dict[str, Any]:
    lines = boms[at].lines
    return {"product": str(at), "file": boms[at].file, "row": lines[0].row if lines else 0}


def _in_order(results: pa.Table, boms: Sequence[Bom]) -> list[dict[str, Any]]:
    return [row | _named_as(int(row["product"]), boms) for row in results.to_pylist()]


def _named(
    refused: pa.Table, boms: Sequence[Bom], rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Refusals with the file and the row of the bill instead of those of the table."""
    firsts: dict[str, int] = {}
    for at, row in enumerate(rows):
        firsts.setdefault(row["product"], at)
    found = []
    for one in refused.to_pylist():
        bom = boms[int(one["product"])]
        line = bom.lines[one["row"] - firsts[one["product"]]]
        found.append(one | {"file": bom.file, "row": line.row})
    return found

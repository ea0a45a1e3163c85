"""Two tables of results, product by product: what changed, at which stage, and why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Flags, Floats
from footprint.catalogue.summary import STAGES, TOTAL

#: So many products are named that rose or fell most.
NAMED = 10


def difference(old: pa.Table, new: pa.Table, between: pa.Table | None = None) -> pa.Table:
    """The products of two tables of results with what changed, kg CO2e per product.

    `between` are the results of the old lines under the new data. Then each change is split:
    `from_data` is what the data alone would have changed, `from_lines` the rest, so that both add
    up to the change. Products that only one table holds are `added` or `removed`.
    """
    names = pa.concat_arrays([_names(old), _names(new)]).unique()
    before, was = _column(old, names, TOTAL)
    after, is_there = _column(new, names, TOTAL)
    both = was & is_there
    status = np.where(both, "both", np.where(is_there, "added", "removed"))
    middle, known = (np.zeros(len(names)), np.zeros(len(names), dtype=bool))
    if between is not None:
        middle, known = _column(between, names, TOTAL)
    told = both & known
    stages = {}
    for stage in STAGES:
        first, second = _column(old, names, stage)[0], _column(new, names, stage)[0]
        stages[stage] = second - first
    largest = np.abs(np.stack([*stages.values()])).argmax(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(both & (before != 0.0), (after - before) / before, np.nan)
    columns = {
        "product": names,
        "status": pa.array(status),
        "old_kg_co2e": pa.array(before, mask=~was),
        "new_kg_co2e": pa.array(after, mask=~is_there),
        "change_kg_co2e": pa.array(after - before, mask=~both),
        "change_share": pa.array(share, mask=np.isnan(share)),
        "from_data_kg_co2e": pa.array(middle - before, mask=~told),
        "from_lines_kg_co2e": pa.array(after - middle, mask=~told),
        "largest_stage": pa.array(np.array(STAGES)[largest], mask=~both),
    }
    columns |= {f"{name}_change": pa.array(values, mask=~both) for name, values in stages.items()}
    return pa.table(columns)


def told_difference(table: pa.Table) -> dict[str, Any]:
    """A difference as a whole: counts, sums over one of each product that both tables hold, and
    the products that rose and fell most."""
    both = table.filter(pc.equal(table.column("status"), "both"))
    change = both.column("change_kg_co2e")
    ranked = both.sort_by([("change_kg_co2e", "descending"), ("product", "ascending")])
    named = ranked.select(["product", "change_kg_co2e", "change_share", "largest_stage"])
    rose = [row for row in named.slice(0, NAMED).to_pylist() if row["change_kg_co2e"] > 0]
    fell = named.slice(max(0, named.num_rows - NAMED)).to_pylist()[::-1]
    return {
        "products": {
            name: pc.sum(pc.equal(table.column("status"), name)).as_py() or 0
            for name in ("both", "added", "removed")
        },
        "old_kg_co2e": _sum(both, "old_kg_co2e"),
        "new_kg_co2e": _sum(both, "new_kg_co2e"),
        "from_data_kg_co2e": _sum(both, "from_data_kg_co2e"),
        "from_lines_kg_co2e": _sum(both, "from_lines_kg_co2e"),
        "unchanged": pc.sum(pc.equal(change, 0.0)).as_py() or 0,
        "stages_kg_co2e": {name: _sum(both, f"{name}_change") for name in STAGES},
        "rose_most": rose,
        "fell_most": [row for row in fell if row["change_kg_co2e"] < 0],
    }


def _names(table: pa.Table) -> pa.Array:
    column = table.column("product").cast(pa.string())
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], pa.string())


def _column(table: pa.Table, names: pa.Array, name: str) -> tuple[Floats, Flags]:
    """A column of results by product, 0 where the table does not hold one, and whether it does."""
    place = pc.index_in(names, value_set=_names(table))
    there = place.is_valid().to_numpy(zero_copy_only=False)
    taken = table.column(name).combine_chunks().take(place).fill_null(0.0)
    values: Floats = np.asarray(taken.to_numpy(zero_copy_only=False), dtype=np.float64)
    return values, there


def _sum(table: pa.Table, name: str) -> float | None:
    """The sum of a column; None where nothing is known."""
    found: float | None = pc.sum(table.column(name)).as_py()
    return found

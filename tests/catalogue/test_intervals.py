"""Intervals of a catalogue are those of its products one by one, with quantities held fixed."""

from __future__ import annotations

import math

from catalogue_tables import rows_of, table_of
from evidence import some

from footprint.catalogue.columns import INTERVALS
from footprint.catalogue.keys import Keys
from footprint.catalogue.one import bom_of
from footprint.catalogue.part import run_part
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import SimulationSettings, uncertain

HOW = SimulationSettings(draws=200, seed=3)


def test_each_is_what_a_single_product_has(inventory: CompiledInventory) -> None:
    rows = rows_of(inventory, 60, 31)
    table = run_part(table_of(rows), 2, Keys(inventory, "AR6", HOW)).results
    by_product: dict[str, list[dict[str, object]]] = {}
    for at, row in enumerate(rows):
        given = {name: value for name, value in row.items() if value not in (None, "")}
        by_product.setdefault(row["product"], []).append({"name": "", **given, "row": at + 2})
    fixed = SimulationSettings(HOW.draws, HOW.seed, quantity_gsd2=FIXED)
    for result in some(table.to_pylist()):
        try:
            bom = bom_of(result["product"], by_product[result["product"]])
        except InputRefused:  # pragma: no cover  # of an assembly with recycled content
            continue
        one = uncertain(bom, inventory, settings=fixed)
        for name, value in zip(INTERVALS, (one.low, one.median, one.high), strict=True):
            assert math.isclose(result[name], value, rel_tol=1e-11, abs_tol=1e-12), name


def test_without_draws_there_are_no_intervals(inventory: CompiledInventory) -> None:
    rows = rows_of(inventory, 5, 31)
    plain = run_part(table_of(rows), 2, Keys(inventory, "AR6")).results
    drawn = run_part(table_of(rows), 2, Keys(inventory, "AR6", HOW)).results
    assert not set(INTERVALS) & set(plain.column_names)
    assert drawn.drop(list(INTERVALS)).equals(plain)

"""`calculate_many` says what `calculate` says, bill by bill."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from catalogue_tables import rows_of

from footprint.bom.read import read_bom
from footprint.catalogue.batch import calculate_many
from footprint.catalogue.one import bom_of
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom

ROOT = Path(__file__).parents[2]


def boms_of(inventory: CompiledInventory) -> list[Bom]:
    products: dict[str, list[dict[str, object]]] = {}
    for at, row in enumerate(rows_of(inventory, 60, 3)):
        given = {name: value for name, value in row.items() if value not in (None, "")}
        products.setdefault(row["product"], []).append({**given, "row": at + 7})
    examples = [read_bom(ROOT / "examples" / name) for name in ("biscuits.csv", "power-bank.csv")]
    found = []
    for name, rows in products.items():
        with contextlib.suppress(InputRefused):  # an assembly that states a recycled content
            found.append(bom_of(name, rows))
    return [*found, *examples]


def test_each_is_what_calculate_says(inventory: CompiledInventory) -> None:
    boms = boms_of(inventory)
    boms[3] = replace(
        boms[3], lines=(replace(boms[3].lines[0], dataset="none"), *boms[3].lines[1:])
    )
    made = calculate_many(boms, inventory)
    results = {int(row["product"]): row for row in made.results.to_pylist()}
    refused = {int(row["product"]) for row in made.refused.to_pylist()}
    assert len(results) > 40
    for at, bom in enumerate(boms):
        try:
            expected = calculate(bom, inventory)
        except InputRefused:
            assert at in refused
            continue
        row = results[at]
        assert row["excluding_biogenic_uptake_kg_co2e"] == pytest.approx(expected.total, rel=1e-12)
        assert row["coverage_mass"] == pytest.approx(expected.coverage.mass, rel=1e-12)
        assert row["warnings"].split() == sorted({one.code for one in expected.warnings})
    assert list(results) == sorted(results)


def test_none_are_none(inventory: CompiledInventory) -> None:
    assert calculate_many([], inventory).results.num_rows == 0

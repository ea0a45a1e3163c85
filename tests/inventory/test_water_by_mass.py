"""Recipes and process sheets weigh their water; the figure is published by volume."""

from __future__ import annotations

import pytest

from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory

TABLE = "# name: Cream\n# declared unit: 1 kilogram\nname,quantity,unit\n{name},{amount},{unit}\n"


def _kg_co2e(inventory: CompiledInventory, name: str, amount: str, unit: str) -> float:
    table = TABLE.format(name=name, amount=amount, unit=unit).encode()
    found = calculate(read_bom_bytes(table, "cream.csv"), inventory)
    assert found.contributions[0].dataset == "water-supply-gb"
    return found.total


@pytest.mark.parametrize("name", ["Water", "tap water", "水"])
def test_water_by_mass_is_the_volume_that_it_fills(name: str, inventory: CompiledInventory) -> None:
    cubic_metre = _kg_co2e(inventory, name, "1", "m3")
    assert cubic_metre > 0.1
    assert _kg_co2e(inventory, name, "998.2", "kg") == pytest.approx(cubic_metre, rel=1e-12)
    assert _kg_co2e(inventory, name, "998200", "g") == pytest.approx(cubic_metre, rel=1e-12)

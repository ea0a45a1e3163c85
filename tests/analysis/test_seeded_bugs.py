"""Cases that seeded bugs once survived (see bench/mutations.py) and that no vector can state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_samples import bom_of

from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory


def test_one_name_in_two_places_finds_two_datasets(chained: CompiledInventory) -> None:
    datasets = {
        name: replace(entry, name_en="Power") if name.startswith("power") else entry
        for name, entry in chained.datasets.items()
    }
    inventory = CompiledInventory(
        chained.folder,
        chained.hash,
        datasets,
        chained.substances,
        chained.sources,
        chained.tables,
    )
    header = "id,name,quantity,unit,location,stage"
    bom = bom_of("a,Power,1,kWh,CN,production", "b,Power,1,kWh,VN,production", header=header)
    found = [item.dataset for item in calculate(bom, inventory).contributions]
    assert found == ["power-cn", "power-vn"]
    vietnam = calculate(bom, inventory).contributions[1]
    assert vietnam.kg_co2e == pytest.approx(0.4)

"""Cases that seeded bugs once survived (see bench/mutations.py) and that no vector can state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from analysis_samples import bom_of

from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory

ROOT = Path(__file__).parents[2]


def test_each_seeded_bug_fits_one_place_of_the_code() -> None:
    groups = yaml.safe_load((ROOT / "bench" / "mutants.yaml").read_text("utf-8"))
    places = {
        f"{group['file']}: {bug['bug']}": (ROOT / group["file"])
        .read_text("utf-8")
        .count(bug["find"])
        for group in groups
        for bug in group["bugs"]
    }
    assert len(places) >= 100
    assert {name for name, count in places.items() if count != 1} == set()


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

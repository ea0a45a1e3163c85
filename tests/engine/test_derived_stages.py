"""Stages that a list does not state and its lines tell: packaging, energy, processes, transport."""

from __future__ import annotations

import pytest

from footprint.analysis.contributions import by_line
from footprint.bom.read import read_bom_bytes
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.query import Query
from footprint.matching.stages import stage_told
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.result import Footprint

BAR = """\
# name: Oat bar
# country: FR
name,quantity,unit,dataset
Rolled oats,40,g,oat-flakes-fr
Oven,0.05,kWh,electricity-grid-fr
Flow wrap,1.2,g,pp-resin-rer
"""
STATED = """\
# name: Oat bar
# country: FR
name,quantity,unit,dataset,stage
Rolled oats,40,g,oat-flakes-fr,material
Oven,0.05,kWh,electricity-grid-fr,material
Flow wrap,1.2,g,pp-resin-rer,material
"""


def read(text: str) -> Bom:
    return read_bom_bytes(text.encode(), "bar.csv")


def stages(result: Footprint) -> list[str]:
    return [one.stage for one in result.contributions]


def test_energy_and_packaging_of_a_list_without_stages_are_no_material(
    inventory: CompiledInventory,
) -> None:
    result = calculate(read(BAR), inventory)
    assert stages(result) == ["material", "production", "packaging"]
    assert [(one.name, one.stage, one.by) for one in result.derived_stages] == [
        ("Oven", "production", "unit"),
        ("Flow wrap", "packaging", "name"),
    ]
    said = [w for w in result.warnings if w.code == "ENG-032"]
    assert [w.message for w in said] == [
        "no stage is stated; assumed production, by what they are: 'Oven' (row 5)",
        "no stage is stated; assumed packaging, by what they are: 'Flow wrap' (row 6)",
    ]
    assert "ENG-012" not in {w.code for w in result.warnings}
    document = footprint_document(result)
    assert [one["stage"] for one in document["derived_stages"]] == ["production", "packaging"]
    assert result.split.packaging == result.contributions[2].kg_co2e > 0
    # The oats alone weigh in the product: electricity has no mass, a wrap is no part of it.
    assert result.completeness.unknown_mass_share == 0.0


def test_the_total_is_the_same_wherever_a_line_stands(inventory: CompiledInventory) -> None:
    derived, stated = calculate(read(BAR), inventory), calculate(read(STATED), inventory)
    assert derived.total == stated.total
    assert stated.split.packaging == 0.0


def test_a_stage_that_the_file_states_stands(inventory: CompiledInventory) -> None:
    result = calculate(read(STATED), inventory)
    assert stages(result) == ["material", "material", "material"]
    assert result.derived_stages == ()
    assert "derived_stages" not in footprint_document(result)


def test_an_empty_cell_states_no_stage_and_has_the_hash_of_no_column(
    inventory: CompiledInventory,
) -> None:
    empty = read(STATED.replace(",material\n", ",\n"))
    assert empty.hash == read(BAR).hash != read(STATED).hash
    assert stages(calculate(empty, inventory)) == ["material", "production", "packaging"]


def test_the_rows_of_an_analysis_stand_under_the_same_stages(inventory: CompiledInventory) -> None:
    bom = read(BAR)
    rows = by_line(calculate(bom, inventory), bom)
    assert {row.name: row.stage for row in rows} == {
        "Rolled oats": "material",
        "Oven": "production",
        "Flow wrap": "packaging",
    }


def test_energy_without_a_dataset_is_a_gap_without_a_mass(inventory: CompiledInventory) -> None:
    oats = Line(2, "1", "Rolled oats", 0.04, "kg", dataset="oat-flakes-fr")
    oven = Line(3, "2", "Xyzzy oven", 0.05, "kWh", stage_open=True)
    result = calculate(
        Bom(Product("Bar", country="FR"), (oats, oven), "bar.csv", ""), inventory, allow_gaps=True
    )
    assert result.completeness.lacks == ("gaps",)
    assert result.completeness.unknown_mass_share == 0.0  # it hides no mass of the product


@pytest.mark.parametrize(
    ("line", "dataset", "stage"),
    [
        (Query("外箱", unit="piece"), "part-carton-5-layer", "packaging"),
        (Query("Inner", category="Packaging material", unit="kg"), "pp-resin-cn", "packaging"),
        (Query("Umkarton 400x300", unit="piece"), None, "packaging"),
        (Query("缠绕膜", unit="kg"), None, "packaging"),
        (Query("Compressed air", unit="m3"), "compressed-air-cn", None),
        (Query("Diesel", unit="kg"), "diesel-burned-gb", "production"),
        (Query("Electricity", unit="度"), None, "production"),
        (Query("Steam", unit="MJ"), None, "production"),
        (Query("Truck", unit="tkm"), None, "inbound_transport"),
        (Query("Offcuts", unit="kg"), "waste-landfill-plastic-gb", "waste"),
        # What looks like it and is none.
        (Query("Label for carton", unit="piece"), "part-paper-printed", None),
        (Query("纸箱标签", unit="piece"), None, None),
        (Query("Battery pack", unit="kWh"), "battery-pack-lfp-cn", None),
        (Query("18650 cell", unit="Wh"), None, None),
        (Query("Hex nut M3", specification="Package_TO_SOT_SMD", unit="piece"), None, None),
        (Query("Gland packing", unit="piece"), None, None),
        (Query("Bracket", unit="piece"), "steel-cold-rolled-cn", None),
        (Query("Kraft paper", unit="kg"), "kraft-paper-us", None),
    ],
)
def test_what_a_line_is_tells_its_stage(
    inventory: CompiledInventory, line: Query, dataset: str | None, stage: str | None
) -> None:
    entry = inventory.datasets[dataset] if dataset else None
    told = stage_told(line, entry)
    assert (told.stage if told else None) == stage

"""What is said of a maker's own site whose lines have no dataset."""

from __future__ import annotations

from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.words.language import in_chinese

STEEL = Line(2, "L2", "Steel", 1.0, "kg", dataset="steel-cold-rolled-cn")
POWER = Line(3, "L3", "装配用电", 1.0, "kWh", stage="production")


def said(inventory: CompiledInventory, *lines: Line) -> list[str]:
    bom = Bom(Product("Lamp", country="CN"), lines, "lamp.csv", "sha256:0")
    found = calculate(bom, inventory, allow_gaps=True).warnings
    return [one.message for one in found if one.code == "ENG-012"]


def test_lines_that_were_left_out_are_not_told_to_be_missing(inventory: CompiledInventory) -> None:
    assert said(inventory, STEEL) == ["no line has the stage production or direct_emission"]
    (message,) = said(inventory, STEEL, POWER)
    assert message == "no line of the stage production or direct_emission is counted"


def test_a_source_that_does_not_state_its_set_is_told_in_chinese() -> None:
    begin = "some sources published CO2e without its gases, under: "
    for sets in ("unstated", "AR5, unstated"):
        assert "unstated" not in in_chinese(begin + sets)

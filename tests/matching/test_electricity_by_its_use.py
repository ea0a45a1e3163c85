"""Electricity that is named by its use is offered with the grid of its country, never taken."""

from __future__ import annotations

import pytest

from footprint.engine.resolve import Unresolved, dataset_of, match_line
from footprint.inventory.compiled import CompiledInventory
from footprint.values.line import Line

NAMES = ["装配用电", "Montagestrom", "Stromverbrauch Montage", "组装耗电", "prąd montaż"]


def power(name: str, unit: str = "kWh") -> Line:
    return Line(2, "L2", name, 1.0, unit, stage="production")


@pytest.mark.parametrize("unit", ["kWh", "MJ"])
@pytest.mark.parametrize(("country", "place"), [("CN", "cn"), ("DE", "de"), ("CN-GD", "cn")])
@pytest.mark.parametrize("name", NAMES)
def test_the_grid_of_the_country_is_offered_first_and_not_taken(
    inventory: CompiledInventory, name: str, country: str, place: str, unit: str
) -> None:
    outcome = match_line(power(name, unit), inventory, country, any_unit=False)
    assert outcome.candidates[0].entry.id == f"electricity-grid-{place}"
    with pytest.raises(Unresolved) as refused:
        dataset_of(power(name, unit), inventory, country, "a.csv")
    assert f"electricity-grid-{place}" in refused.value.problem.hint


@pytest.mark.parametrize("name", NAMES)
def test_without_a_country_it_says_what_is_lacking(inventory: CompiledInventory, name: str) -> None:
    outcome = match_line(power(name), inventory, "", any_unit=False)
    assert outcome.accepted is None
    assert outcome.refusal == "it may be electricity of a grid, and no country is given"


@pytest.mark.parametrize("line", [power("Powerbank-Akku Strom"), power("Montagestrom", "kg")])
def test_what_holds_electricity_or_is_weighed_is_none(
    inventory: CompiledInventory, line: Line
) -> None:
    found = match_line(line, inventory, "CN", any_unit=False).candidates
    assert "electricity-grid-cn" not in {one.entry.id for one in found}

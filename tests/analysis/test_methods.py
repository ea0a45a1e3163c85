"""One product under several rule sets: each difference is explained, to the last digit."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from analysis_samples import FRAME, bom_of
from evidence import some

from footprint.analysis.methods import MethodResult, compare_methods
from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory

EXAMPLES = Path(__file__).parents[2] / "examples"


def methods(inventory: CompiledInventory, *lines: str) -> dict[tuple[str, bool], MethodResult]:
    found = compare_methods(bom_of(*lines), inventory)
    return {(method.gwp_set, method.biogenic_included): method for method in found.methods}


def test_the_difference_is_the_mass_of_a_gas_times_the_change_of_its_potential(
    chained: CompiledInventory,
) -> None:
    found = methods(chained, "s,,Steel,10,kg,steel,,,,,")["AR4", False]
    (gas,) = found.gases
    methane = 10 * (0.002 + 0.6 * 0.001) / (1 - 0.6 * 0.01)
    assert gas.gas == "ch4"
    assert gas.kg == pytest.approx(methane, rel=1e-12)
    assert found.difference_kg_co2e == pytest.approx(methane * (25 - 29.8), rel=1e-12)
    assert abs(found.unexplained_kg_co2e) < 1e-12


def test_direct_emissions_are_part_of_the_gases(chained: CompiledInventory) -> None:
    found = methods(chained, "l,,Leak,2,kg,ch4,direct_emission,,,,")["AR5", False]
    assert [(gas.gas, gas.kg) for gas in found.gases] == [("ch4", 2.0)]
    assert found.difference_kg_co2e == pytest.approx(2 * 0.2, rel=1e-12)
    assert found.datasets == ()
    assert [(row.name, row.label) for row in found.rows] == [("3", "Leak")]


def test_every_difference_is_explained_by_gas_by_dataset_and_by_row(
    chained: CompiledInventory,
) -> None:
    direct = 0.01
    for (gwp_set, biogenic), method in some(methods(chained, *FRAME).items()):
        assert method.difference_kg_co2e is not None
        parts = [gas.difference_kg_co2e for gas in method.gases]
        parts += [part.difference_kg_co2e for part in method.biogenic]
        assert math.isclose(math.fsum(parts), method.difference_kg_co2e, abs_tol=1e-12)
        rows = math.fsum(row.difference_kg_co2e for row in method.rows)
        assert math.isclose(rows, method.difference_kg_co2e, rel_tol=1e-9, abs_tol=1e-12)
        if gwp_set != "AR6" and not biogenic:
            leak = direct * {"AR5": 0.2, "AR4": -4.8, "AR5-CH4-28": -1.8}[gwp_set]
            datasets = math.fsum(dataset.difference_kg_co2e for dataset in method.datasets)
            assert math.isclose(datasets + leak, method.difference_kg_co2e, abs_tol=1e-12)


def test_co2e_without_gases_is_named_and_stays_as_it_is(chained: CompiledInventory) -> None:
    found = methods(chained, "c,,Chip,4,piece,chip,,,,,")
    for method in found.values():
        assert dict(method.unsplit_kg_co2e) == {"AR5": pytest.approx(12.0)}
        assert method.difference_kg_co2e == 0.0
        assert method.gases == ()
    assert found["AR6", False].gwp_sets_used == ("AR6", "AR5")
    assert found["AR5", False].gwp_sets_used == ("AR5",)
    assert found["AR5-CH4-28", False].gwp_sets_used == ("AR5-CH4-28",)


def test_biogenic_carbon_explains_the_other_basis(chained: CompiledInventory) -> None:
    found = methods(chained, "p,,Box,2,kg,board,,,,,")["AR6", True]
    assert found.difference_kg_co2e == pytest.approx(2 * 1.5)
    assert [part.difference_kg_co2e for part in found.biogenic] == [0.0, pytest.approx(3.0)]


@pytest.mark.parametrize("name", ["biscuits.csv", "t-shirt.xlsx", "power-bank.csv"])
def test_the_examples_are_explained_to_the_last_digit(
    name: str, inventory: CompiledInventory
) -> None:
    found = compare_methods(read_bom(EXAMPLES / name), inventory)
    for method in some(found.methods):
        other = calculate(read_bom(EXAMPLES / name), inventory, method.gwp_set)
        assert method.kg_co2e in {
            other.split.excluding_biogenic_uptake,
            other.split.including_biogenic_uptake,
        }
        assert abs(method.unexplained_kg_co2e) <= 1e-9 * found.reference.total


def test_a_set_that_does_not_know_a_gas_is_unknown_and_not_zero(
    inventory: CompiledInventory,
) -> None:
    unknown = [
        (name, gwp_set)
        for name, substance in inventory.substances.items()
        for gwp_set, value in substance.gwp.items()
        if value is None and substance.gwp["AR6"] is not None
    ]
    for name, gwp_set in some(unknown[:2]):
        line = f"l,,Leak,1,kg,{name},direct_emission,,,,"
        found = compare_methods(bom_of(line), inventory)
        (method,) = [m for m in found.methods if m.gwp_set == gwp_set]
        assert method.kg_co2e is None
        assert [problem.code for problem in method.refused] == ["ENG-015"]

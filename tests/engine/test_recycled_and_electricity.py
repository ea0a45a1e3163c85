"""Lines that several datasets stand for: recycled content, contracts, shared assemblies, sites."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_boms import bom, footprint, refused, row
from toy_inventory import toy_inventory

from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory

WIND = "power-de 75 %; power-cn 25 %"


def test_recycled_content_is_shared_between_two_datasets() -> None:
    result = footprint(
        row(quantity=10, dataset="steel", recycled_content="30 %", recycled_dataset="wood")
    )
    assert [(c.dataset, c.quantity) for c in result.contributions] == [
        ("wood", 3.0),
        ("steel", 7.0),
    ]
    assert result.split.fossil == pytest.approx(3 * 0.2 + 7 * 2.0, rel=1e-15)
    assert result.coverage.lines == 1.0
    assert result.recycled_content is not None
    assert (result.recycled_content.share, result.recycled_content.stated) == (0.3, 1.0)


def test_each_part_is_converted_to_the_unit_of_its_own_dataset() -> None:
    line = row(quantity=6, dataset="steel", recycled_content=0.5, recycled_dataset="panel")
    steel_and_panels = 3 * 2.0 + 3 / 3.0 * 6.0
    assert footprint(line).total == pytest.approx(steel_and_panels, rel=1e-15)


def test_a_wholly_recycled_line_needs_no_other_dataset() -> None:
    line = row("Unobtainium", recycled_content=1, recycled_dataset="steel")
    assert footprint(line).total == 2.0


def test_the_share_counts_what_is_not_stated_as_unknown() -> None:
    result = footprint(
        row(dataset="steel", recycled_content=0.5, recycled_dataset="old"),
        row(quantity=3, dataset="wood"),
        row(quantity=9, dataset="wood", stage="packaging"),
    )
    assert result.recycled_content is not None
    assert (result.recycled_content.share, result.recycled_content.stated) == (0.125, 0.25)
    assert footprint_document(result)["recycled_content"] == {"share": 0.125, "stated": 0.25}


def test_recycled_content_without_its_dataset_is_refused() -> None:
    line = row(dataset="steel", recycled_content=0.5)
    assert refused(line) == [("ENG-016", 3, "recycled_dataset")]
    line = row(dataset="steel", recycled_content=0.5, recycled_dataset="nowhere")
    assert refused(line) == [("ENG-001", 3, "recycled_dataset")]


def test_a_product_without_recycled_content_says_nothing_of_it() -> None:
    document = footprint_document(footprint(row(dataset="steel")))
    assert not {"recycled_content", "electricity", "allocation"} & set(document)
    assert set(document["provenance"]) == {"engine", "inventory", "bom"}


def test_both_totals_of_electricity_are_given_and_one_is_chosen() -> None:
    lines = (
        row(dataset="steel"),
        row("Power", quantity=10, unit="kWh", dataset="power-cn", stage="production",
            contract=WIND),
    )  # fmt: skip
    location, market = 2 + 10 * 0.6, 2 + 10 * (0.75 * 0.4 + 0.25 * 0.6)
    for basis, total in (("location", location), ("market", market)):
        result = footprint(*lines, electricity=basis)
        both = result.electricity
        assert both is not None
        assert result.total == pytest.approx(total, rel=1e-15)
        assert both.basis == basis
        assert both.location_based_kg_co2e == pytest.approx(location, rel=1e-15)
        assert both.market_based_kg_co2e == pytest.approx(market, rel=1e-15)
        assert result.total in (both.location_based_kg_co2e, both.market_based_kg_co2e)
    assert [c.dataset for c in footprint(*lines, electricity="market").contributions] == [
        "steel", "power-de", "power-cn",
    ]  # fmt: skip


def test_a_contract_for_what_is_no_energy_is_refused() -> None:
    assert refused(row(dataset="steel", contract="power-de")) == [("ENG-017", 3, "contract")]
    power = row("Power", unit="kWh", dataset="power-cn", contract="steel")
    assert refused(power) == [("ENG-017", 3, "contract")]
    stranger = row("Power", unit="kWh", dataset="power-cn", contract="nowhere")
    assert refused(stranger) == [("ENG-001", 3, "contract")]


@given(st.floats(0.01, 1e6), st.integers(1, 99), st.floats(0, 0.9))
def test_a_contract_with_the_grid_changes_nothing(amount: float, percent: int, loss: float) -> None:
    contract = f"power-cn {percent} %; power-cn {100 - percent} %"
    line = row(
        "Power", quantity=amount, unit="kWh", dataset="power-cn", loss=loss, contract=contract
    )
    both = footprint(line).electricity
    assert both is not None
    assert math.isclose(both.location_based_kg_co2e, both.market_based_kg_co2e, rel_tol=1e-12)


@given(st.floats(0, 1), st.floats(0.01, 1e6), st.floats(0, 0.9))
def test_recycling_lies_between_the_two_datasets(share: float, amount: float, loss: float) -> None:
    line = row(quantity=amount, dataset="old", loss=loss, recycled_content=f"{share:.12f}",
               recycled_dataset="steel")  # fmt: skip
    gross = amount / (1 - loss)
    total = footprint(line).total
    assert gross * 2.0 * (1 - 1e-12) <= total <= gross * 3.0 * (1 + 1e-12)
    assert math.isclose(total, gross * (3.0 - round(share, 12)), rel_tol=1e-9)


def test_a_shared_assembly_travels_from_each_of_its_uses() -> None:
    result = footprint(
        row("Wheel", id="W", quantity=2, unit="piece", transport="road 100"),
        row("Wheel", id="W", quantity=4, unit="piece", transport="rail 1000", loss="20 %"),
        row("Tyre", parent="W", quantity=3, dataset="steel"),
    )
    wheels = 2 + 4 / 0.8
    assert result.split.fossil == pytest.approx(
        wheels * 3 * 2.0 + 2 * 3 / 1000 * 100 * 0.1 + 5 * 3 / 1000 * 1000 * 0.03, rel=1e-14
    )


def test_an_assembly_in_kilograms_weighs_what_it_says() -> None:
    result = footprint(
        row("Dough", id="D", quantity=2, unit="kg", transport="road 1000"),
        row("Flour", parent="D", quantity=0.5, dataset="steel"),
    )
    assert result.stages["inbound_transport"] == pytest.approx(2 / 1000 * 1000 * 0.1)


def test_site_energy_is_part_of_the_footprint_with_its_allocation() -> None:
    site = {
        "year": 2025,
        "flows": [
            {"name": "Power", "quantity": 5, "unit": "MWh", "dataset": "power-cn",
             "contract": "power-de"},
            {"name": "Leak", "quantity": 2, "unit": "kg", "dataset": "ch4-fossil",
             "stage": "direct_emission", "only": "A"},
        ],
        "outputs": [
            {"product": "A", "amount": 100, "unit": "piece", "mass": "1 kg"},
            {"product": "B", "amount": 100, "unit": "piece", "mass": "3 kg"},
        ],
        "this_product": "A",
        "allocation": {"method": "physical", "reason": "one line, one process"},
    }  # fmt: skip
    result = footprint(row(dataset="steel"), site=site, electricity="market")
    assert result.total == pytest.approx(2 + 5000 * 0.25 / 100 * 0.4 + 2 / 100 * 29.8, rel=1e-14)
    assert "ENG-012" not in [w.code for w in result.warnings]
    allocation = footprint_document(result)["allocation"]
    assert (allocation["method"], allocation["share"]) == ("physical", 0.25)
    assert allocation["metered"] == ["Leak"]


def test_a_mistake_in_site_data_is_placed_there_and_not_in_a_row_of_the_table() -> None:
    site = {
        "year": 2025,
        "flows": [{"name": "Gas", "quantity": 1, "unit": "m3", "dataset": "nowhere"}],
        "outputs": [{"product": "A", "amount": 1, "unit": "piece", "mass": "1 kg"}],
        "this_product": "A",
        "allocation": {"method": "physical", "reason": "one product"},
    }
    assert refused(row(dataset="steel"), site=site) == [("ENG-001", None, "site-1")]


def test_a_footprint_with_everything_is_the_same_twice() -> None:
    read = bom(
        row(dataset="steel", recycled_content=0.5, recycled_dataset="old"),
        row("Power", unit="kWh", dataset="power-cn", stage="production", contract=WIND),
    )
    one, other = (calculate(read, toy_inventory()) for _ in range(2))
    assert footprint_document(one) == footprint_document(other)


def test_the_refusal_names_recycled_datasets_of_the_same_family(
    inventory: CompiledInventory,
) -> None:
    read = bom(row("Steel", dataset="steel-rebar-cn", recycled_content="40 %"))
    with pytest.raises(InputRefused) as caught:
        calculate(read, inventory)
    (problem,) = caught.value.problems
    assert "steel-cans-recycled-gb" in problem.hint

"""openEPD: written through its package with units checked, read without it."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openepd.model.epd import EpdV0
from openepd.model.validation.quantity import ExternalValidationConfig

from bench.exchange_samples import VARIATIONS, pact_sample, sample
from footprint.exchange.checks import check_exchanged
from footprint.exchange.open_epd_write import open_epd_document
from footprint.exchange.read import read_supplier_document
from footprint.faults import InputRefused, Where
from footprint.supplier.read import read_supplier
from footprint.values.supplier import SupplierPcf

WHERE = Where("bom.csv", 2, "supplier_pcf")
#: Land that takes up more than it emits has no indicator.
WRITTEN = [name for name in VARIATIONS if name != "land that takes up"]


def read(document: Any, accept: bool = False) -> SupplierPcf:
    return read_supplier_document(json.dumps(document).encode(), "e.json", WHERE, accept=accept)


def found(document: Any) -> list[str]:
    return [one.code for one in check_exchanged(json.dumps(document).encode(), "e.json")]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_goes_out_comes_in_again(name: str) -> None:
    source = sample(name)
    document = open_epd_document(source)
    assert found(document) == []
    again, plain = read(document), read_supplier(json.dumps(source).encode(), "p.json", WHERE)
    assert again.kind == "openepd"
    assert (again.id, again.unit, again.company) == (plain.id, plain.unit, plain.company)
    # PACT's validity ends three years after the period at the latest, which is a day earlier.
    assert again.valid_until
    assert plain.valid_until
    assert 0 <= (again.valid_until - plain.valid_until).days <= 1
    if "landUseChangeGhgEmissions" not in source["pcf"]:
        assert "land_use_change" in again.untold
    assert again.mass_kg == pytest.approx(plain.mass_kg)
    land = ("land_use_change", "land_management")
    for part in ("fossil", "biogenic_non_co2", "biogenic_uptake"):
        assert again.parts[part] == pytest.approx(plain.parts[part], rel=1e-9, abs=1e-12), part
    assert again.parts["land_use_change"] == pytest.approx(sum(plain.parts[one] for one in land))
    kept = document["ext"]["pact"]
    for key in ("pcfExcludingBiogenicUptake", "referencePeriodStart", "referencePeriodEnd"):
        assert kept[key] == source["pcf"][key]
    assert kept["productIds"] == source["productIds"]


def number(low: str, high: str) -> st.SearchStrategy[str]:
    return st.decimals(low, high, places=6).map(lambda value: f"{value:f}")


@given(
    fossil=number("0.01", "9999"),
    non_co2=number("0", "99"),
    uptake=number("-999", "0"),
    luc=number("0", "99"),
    amount=number("0.01", "5000"),
)
def test_totals_and_split_are_kept_as_far_as_floats_go(
    fossil: str, non_co2: str, uptake: str, luc: str, amount: str
) -> None:
    source = pact_sample(
        fossilGhgEmissions=fossil,
        biogenicNonCO2Emissions=non_co2,
        biogenicCO2Uptake=uptake,
        landUseChangeGhgEmissions=luc,
        declaredUnitAmount=amount,
        declaredUnitOfMeasurement="square meter",
        productMassPerDeclaredUnit="99999",  # that can hold the carbon of any uptake here
    )
    again = read(open_epd_document(source))
    scale = Decimal(amount)
    for part, text in (("fossil", fossil), ("biogenic_non_co2", non_co2),
                       ("biogenic_uptake", uptake), ("land_use_change", luc)):  # fmt: skip
        wanted = float(Decimal(text) / scale)
        assert again.parts[part] == pytest.approx(wanted, rel=1e-9, abs=1e-9), part


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"declaredUnitOfMeasurement": "hour"}, "declaredUnitOfMeasurement"),
        ({"ccsTechnologicalCO2Capture": "-1"}, "ccsTechnologicalCO2Capture"),
        ({"landManagementBiogenicCO2Removals": "-1"}, "landManagementBiogenicCO2Removals"),
    ],
    ids=["hour", "capture", "removal"],
)
def test_what_has_no_place_is_refused(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(InputRefused) as caught:
        open_epd_document(pact_sample(**changes))
    assert [(p.code, p.where.column) for p in caught.value.problems] == [("EXC-002", column)]


def spoilt(unit: str) -> dict[str, Any]:
    document = open_epd_document(sample("plain"))
    document["impacts"]["IPCC AR6"]["gwp"]["A1A2A3"]["unit"] = unit
    return document


def test_megajoules_are_no_kilograms_of_co2e() -> None:
    document = spoilt("MJ")
    EpdV0.model_validate(copy.deepcopy(document))  # the package alone takes it
    assert "EXC-101" in found(document)
    with pytest.raises(InputRefused, match=r"EXC-101.*'MJ', not kgCO2e"):
        read(document)
    assert found(spoilt("kgCO2e")) == []


def test_the_validator_of_units_is_there_only_while_it_is_needed() -> None:
    before = ExternalValidationConfig.QUANTITY_VALIDATOR
    open_epd_document(sample("plain"))
    assert ExternalValidationConfig.QUANTITY_VALIDATOR is before


def test_a_document_of_others_is_read() -> None:
    document = {
        "doctype": "openEPD",
        "id": "EC3AAAAA",
        "product_name": "Concrete 30 MPa",
        "manufacturer": {"name": "Mixers"},
        "declared_unit": {"qty": 1, "unit": "m3"},
        "kg_per_declared_unit": {"qty": 2.4, "unit": "t"},
        "valid_until": "2027-05-04T00:00:00Z",
        "impacts": {
            "TRACI 2.1": {"gwp": {"A1A2A3": {"mean": 320.5, "unit": "kg CO2e"}}},
            "EF 3.1": {"gwp": {"A1": {"mean": 300, "unit": "kgCO2e"},
                               "A2": {"mean": 10, "unit": "kgCO2e"},
                               "A3": {"mean": 12, "unit": "kgCO2e"}}},
        },
    }  # fmt: skip
    again = read(document)
    assert (again.unit, again.mass_kg, again.parts["fossil"]) == ("cubic meter", 2400, 322)
    assert again.valid_until == date(2027, 5, 4)
    assert again.gwp_sets == ("unstated",)
    del document["impacts"]["EF 3.1"]  # type: ignore[attr-defined]
    assert (read(document).parts["fossil"], read(document).gwp_sets) == (320.5, ("AR4",))
    document["impacts"] = {"My method": {}}
    with pytest.raises(InputRefused, match="EXC-003"):
        read(document)


@pytest.mark.parametrize(
    ("doctype", "share"),
    [("openIndustryEpd", 0.0), ("openGenericEstimate", 0.0), ("openEPD", None)],
)
def test_averages_and_estimates_are_secondary(doctype: str, share: float | None) -> None:
    document = open_epd_document(sample("plain")) | {"doctype": doctype}
    assert read(document).primary_data_share == share


UNKNOWN = {
    "uptake": ({"biogenicNonCO2Emissions": "0.5"}, {"biogenic_uptake"}, {"gwp-biogenic"}),
    "other gases": ({"biogenicCO2Uptake": "-0.5"}, {"biogenic_non_co2"}, {"GWP-GHG"}),
    "both": ({}, {"biogenic_uptake", "biogenic_non_co2"}, {"gwp-biogenic", "GWP-GHG"}),
    "none": ({"biogenicNonCO2Emissions": "0.5", "biogenicCO2Uptake": "-0.5"}, set(), set()),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_unknown_stays_unknown(name: str) -> None:
    """An uptake that nobody knew came back as one of zero."""
    changes, untold, absent = UNKNOWN[name]
    source = pact_sample(**changes, productMassPerDeclaredUnit="9")
    document = open_epd_document(source)
    indicators = document["impacts"]["IPCC AR6"].keys()
    assert {"gwp-biogenic", "GWP-GHG"} - indicators == absent
    again, plain = read(document), read_supplier(json.dumps(source).encode(), "p.json", WHERE)
    assert set(again.untold) & {"biogenic_uptake", "biogenic_non_co2"} == untold
    for part in ("fossil", "biogenic_non_co2", "biogenic_uptake"):
        assert again.parts[part] == pytest.approx(plain.parts[part], abs=1e-12), part


def test_ghg_that_contradicts_its_parts_is_refused() -> None:
    document = open_epd_document(sample("of wood"))
    document["impacts"]["IPCC AR6"]["GWP-GHG"]["A1A2A3"]["mean"] = 100
    assert found(document) == ["EXC-103"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027", date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-05-04", date(2027, 5, 4)),
    ],
)
def test_a_validity_that_is_a_year_or_a_month_lasts_to_its_last_day(text: str, day: date) -> None:
    assert read(open_epd_document(sample("plain")) | {"valid_until": text}).valid_until == day


@pytest.mark.parametrize("text", ["0000", "2027-13", "next year", "27"])
def test_a_validity_that_is_none_is_named(text: str) -> None:
    with pytest.raises(InputRefused, match=r"SUP-003.*valid_until"):
        read(open_epd_document(sample("plain")) | {"valid_until": text})


def test_a_mass_that_contradicts_the_declared_kilograms_is_refused() -> None:
    changes = {"declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": "4"}
    document = open_epd_document(pact_sample(**changes, productMassPerDeclaredUnit="4"))
    assert read(document).mass_kg == 1
    document["kg_per_declared_unit"]["qty"] = 9
    with pytest.raises(InputRefused, match=r"EXC-103.*9 kg.*declared unit is 4"):
        read(document)

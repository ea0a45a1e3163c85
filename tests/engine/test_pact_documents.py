"""PACT documents of the demo products and of many variations are true to a strict check."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from test_plausibility import SITE
from test_supplier_footprints import pact
from toy_boms import bom, footprint, row

from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused, Problem
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.check import check_pact, is_fault
from footprint.pact.document import pact_document

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
IDS = "company: Maker|company_ids: urn:a:b|product_ids: urn:gtin:06901234567892"
FACTS = f"mass: 1 kg|reference_period: 2025|country: CN|{IDS}"
STEEL, WOOD, OLD = row(dataset="steel"), row(dataset="wood"), row(dataset="old")
BOX = row("Box", quantity=0.1, dataset="wood", stage="packaging")
TRUCK = row(quantity=2, unit="tkm", dataset="freight-road-hgv-average-gb", stage="distribution")
GAS = row(quantity=0.5, dataset="co2-fossil", stage="direct_emission", data_type="primary")


def made(*rows: str, facts: str = FACTS, more: str = "", **others: Any) -> dict[str, Any]:
    facts = "|".join(part for part in (facts, more) if part)
    return pact_document(footprint(*rows, facts=facts, **others), NOW)


def faults(document: dict[str, Any]) -> list[str]:
    return [str(one) for one in check_pact(json.dumps(document).encode(), "x") if is_fault(one)]


def holds_by_hand(document: dict[str, Any]) -> None:
    """The same once more without our modules: decimals, sums, presence, sets, dates."""
    pcf = document["pcf"]
    numbers = {k: v for k, v in pcf.items() if isinstance(v, str) and re.match(r"[-+\d]", v)}
    for name in numbers:
        if not name.startswith("reference"):
            assert re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", pcf[name]), name
    terms = ("fossilGhgEmissions", "landUseChangeGhgEmissions", "biogenicNonCO2Emissions",
             "landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals")  # fmt: skip
    excluding = sum(Decimal(pcf.get(name, "0")) for name in terms)
    assert Decimal(pcf["pcfExcludingBiogenicUptake"]) == excluding
    including = excluding + Decimal(pcf.get("biogenicCO2Uptake", "0"))
    assert Decimal(pcf["pcfIncludingBiogenicUptake"]) == including
    assert ("packagingGhgEmissions" in pcf) == pcf["packagingEmissionsIncluded"]
    for name in ("companyIds", "productIds"):
        assert len(set(document[name])) == len(document[name])
    assert len(set(pcf["ipccCharacterizationFactors"])) == len(pcf["ipccCharacterizationFactors"])
    assert pcf["referencePeriodEnd"] == document["validityPeriodStart"]
    start, end = (datetime.fromisoformat(document[f"validityPeriod{k}"]) for k in ("Start", "End"))
    assert end.year == start.year + 3
    assert None not in [*document.values(), *pcf.values()]


@pytest.mark.parametrize("name", ["power-bank.csv", "biscuits.csv", "t-shirt.xlsx"])
def test_the_demo_documents(name: str, inventory: CompiledInventory) -> None:
    document = pact_document(calculate(read_bom(EXAMPLES / name), inventory), NOW)
    assert faults(document) == []
    holds_by_hand(document)
    for source in document["pcf"]["secondaryEmissionFactorSources"]:
        editions = {one["edition"] for one in inventory.sources.values()}
        assert source["version"] in editions


VARIATIONS: dict[str, dict[str, Any]] = {
    "one material": {"rows": [STEEL]},
    "wood with its uptake": {"rows": [WOOD]},
    "wood and its content": {
        "rows": [WOOD], "more": "biogenic_carbon_content: 0.4636363 kg",
    },
    "content alone": {"rows": [OLD], "more": "biogenic_carbon_content: 120 g"},
    "no biogenic carbon": {"rows": [STEEL], "more": "biogenic_carbon_content: 0"},
    "wooden box": {"rows": [STEEL, BOX]},
    "wood in a wooden box": {
        "rows": [WOOD, BOX], "more": "biogenic_carbon_content: 463.64 g",
    },
    "delivered": {"rows": [STEEL, TRUCK]},
    "by air": {"rows": [row(dataset="steel", transport="air 5000 km")]},
    "published as CO2e": {"rows": [OLD, WOOD]},
    "measured only": {
        "rows": [GAS], "facts": f"declared_unit: 1 kg|reference_period: 2025|country: CN|{IDS}",
    },
    "per kg": {"rows": [STEEL], "facts": f"declared_unit: 1 kg|reference_period: 2025|{IDS}"},
    "per 1,000 kg": {
        "rows": [row(quantity=1000, dataset="steel")],
        "facts": f"declared_unit: 1000 kg|reference_period: 2024|{IDS}",
    },
    "per litre": {
        "rows": [row(quantity=1.25, dataset="paint")],
        "facts": f"declared_unit: 1 liter|mass: 1.25 kg|reference_period: 2025|{IDS}",
    },
    "per m2": {
        "rows": [row(dataset="panel", unit="m2")],
        "facts": f"declared_unit: 1 m2|mass: 3 kg|reference_period: 2025|{IDS}",
    },
    "per kWh, without a mass": {
        "rows": [row(dataset="power-cn", unit="kWh")],
        "facts": f"declared_unit: 1 kWh|reference_period: 2025|country: CN|{IDS}",
    },
    "per tkm": {
        "rows": [row(unit="tkm", dataset="freight-rail-gb", stage="production")],
        "facts": f"declared_unit: 1 tkm|reference_period: 2025|{IDS}",
    },
    "exempted within the limit": {"rows": [STEEL], "more": "exempted_emissions_percent: 2.5|"
                                  "exempted_emissions_description: office supplies"},
    "exempted above the limit": {"rows": [STEEL], "more": "exempted_emissions_percent: 4.5|"
                                 "exempted_emissions_description: small parts"},
    "ids given twice": {
        "rows": [STEEL],
        "facts": FACTS.replace("urn:a:b", "urn:a:b; urn:a:b")
        .replace("urn:gtin:06901234567892", "urn:x:1;urn:gtin:06901234567892;urn:x:1"),
    },
    "classified": {"rows": [STEEL], "more": "classifications: CPC:41211;CAS:7439-89-6;CPC:41211"},
    "recycled throughout": {
        "rows": [row(dataset="steel", recycled_content="100 %", recycled_dataset="steel-gb")],
        "more": "fossil_carbon_content: 3 g|biogenic_carbon_content: 0",
    },
    "nothing recycled": {
        "rows": [row(dataset="steel", recycled_content="0 %", recycled_dataset="steel-gb")],
    },
    "leap day": {"rows": [STEEL], "facts": FACTS.replace("2025", "2023-03-01/2024-02-28")},
    "a part of a year": {"rows": [STEEL], "facts": FACTS.replace("2025", "2025-03-01/2025-06-30")},
    "green power": {
        "rows": [
            STEEL, row(unit="kWh", dataset="power-cn", stage="production", contract="power-de"),
        ],
    },
    "site data": {"rows": [STEEL], "site": SITE},
    "from a supplier": {
        "rows": [row("Coil", supplier_pcf="c.json")], "documents": {"c.json": pact()},
    },
    "from a supplier who leaves parts out": {
        "rows": [row("Coil", supplier_pcf="c.json")],
        "documents": {"c.json": pact(
            biogenicCO2Uptake=..., landUseChangeGhgEmissions=...,
            landManagementBiogenicCO2Emissions=..., biogenicNonCO2Emissions=...,
            fossilGhgEmissions="2000", pcfIncludingBiogenicUptake="2000")},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", VARIATIONS)
def test_variations(name: str) -> None:
    facts = {"facts": FACTS} | VARIATIONS[name]
    rows = facts.pop("rows")
    document = made(*rows, **facts)
    assert faults(document) == []
    if name != "leap day":
        holds_by_hand(document)


def test_twenty_variations_there_are() -> None:
    assert len(VARIATIONS) >= 20


def test_what_is_not_known_is_absent_and_said() -> None:
    document = made(OLD)
    pcf = document["pcf"]
    for name in ("biogenicCO2Uptake", "biogenicNonCO2Emissions", "landUseChangeGhgEmissions",
                 "landManagementBiogenicCO2Emissions", "aircraftGhgEmissions"):  # fmt: skip
        assert name not in pcf
        assert name in document["comment"]
    assert "outboundLogisticsGhgEmissions" not in pcf
    assert pcf["pcfIncludingBiogenicUptake"] == pcf["pcfExcludingBiogenicUptake"]


def test_zero_means_that_there_is_none() -> None:
    pcf = made(STEEL, more="biogenic_carbon_content: 0")["pcf"]
    assert pcf["biogenicCO2Uptake"] == pcf["landUseChangeGhgEmissions"] == "0"
    assert pcf["biogenicNonCO2Emissions"] == "0"
    assert made(STEEL, TRUCK)["pcf"]["outboundLogisticsGhgEmissions"] == "0.2"


def test_a_supplier_who_leaves_a_part_out_leaves_it_out_here() -> None:
    told = made(row("Coil", supplier_pcf="c"), documents={"c": pact()})["pcf"]
    assert told["landManagementBiogenicCO2Emissions"] == "0.15"
    silent = pact(landUseChangeGhgEmissions=..., fossilGhgEmissions="1800")
    pcf = made(row("Coil", supplier_pcf="c"), documents={"c": silent})["pcf"]
    assert "landUseChangeGhgEmissions" not in pcf
    assert "biogenicNonCO2Emissions" in pcf


def problem(*rows: str, **more: Any) -> Problem:
    with pytest.raises(InputRefused) as refused:
        made(*rows, **more)
    (found,) = refused.value.problems
    return found


def test_a_product_whose_mass_is_in_no_line_is_exchanged_only_by_the_word() -> None:
    """A fifth of a litre of 1.25 kg is in no line; the comment says so where the word is given."""
    facts = f"declared_unit: 1 liter|mass: 1.25 kg|reference_period: 2025|{IDS}"
    found = problem(row(dataset="paint"), facts=facts)
    assert found.code == "PAC-009"
    assert "20.0% of the product's mass is in no line" in found.hint
    result = footprint(row(dataset="paint"), facts=facts)
    told = pact_document(result, NOW, screening=True)["comment"]
    assert told.startswith("SCREENING RESULT: 20.0% of the product's mass is in no line.")


@pytest.mark.parametrize(
    ("unit", "dataset"),
    [("1 liter", "paint"), ("1 m3", "paint"), ("1 m2", "steel"), ("1 piece", "steel")],
)
def test_only_energy_transport_and_services_have_no_mass(unit: str, dataset: str) -> None:
    facts = f"declared_unit: {unit}|reference_period: 2025|{IDS}"
    found = problem(row(dataset=dataset), facts=facts)
    assert found.code == "PAC-001"
    assert "'mass' is missing" in found.message


def test_a_mass_that_is_not_the_declared_kilogram_is_refused() -> None:
    found = problem(STEEL, facts=f"declared_unit: 1 kg|mass: 200 g|reference_period: 2025|{IDS}")
    assert (found.code, found.where.column) == ("PAC-004", "productMassPerDeclaredUnit")


@pytest.mark.parametrize("content", ["0", "0.2 kg", "0.9 kg"])
def test_carbon_content_and_uptake_must_agree(content: str) -> None:
    found = problem(WOOD, more=f"biogenic_carbon_content: {content}")
    assert found.code == "PAC-006"
    assert "1.7 kg CO2" in found.message


def test_a_content_above_the_known_uptake_stands_where_not_all_is_known() -> None:
    document = made(OLD, row(quantity=0.1, dataset="wood"), more="biogenic_carbon_content: 300 g")
    assert document["pcf"]["biogenicCO2Uptake"] == "-1.1"
    assert problem(OLD, WOOD, more="biogenic_carbon_content: 300 g").code == "PAC-006"


@pytest.mark.parametrize(
    ("ids", "column"),
    [
        ("urn:gtin:06901234567893", "product_ids"),
        ("urn:gtin:6901234", "product_ids"),
        ("urn:my product:1", "product_ids"),
        ("product-1", "product_ids"),
        ("urn:公司:1", "product_ids"),
    ],
)
def test_ids_are_urns_with_right_check_digits(ids: str, column: str) -> None:
    found = problem(STEEL, facts=FACTS.replace("urn:gtin:06901234567892", ids))
    assert (found.code, found.where.column) == ("PAC-007", column)


@pytest.mark.parametrize("code", ["HS:8507", "CAS:7439-89-7", "urn:x: y"])
def test_a_class_that_has_no_urn_is_refused(code: str) -> None:
    assert problem(STEEL, more=f"classifications: {code}").code == "PAC-007"


def test_classes_are_written_as_urns() -> None:
    made_of = made(STEEL, more="classifications: CPC:41211;urn:own:list:a")
    assert made_of["productClassifications"] == [
        "urn:pact:productclassification:un-cpc:41211", "urn:own:list:a",
    ]  # fmt: skip


def test_the_limit_of_exempted_emissions_is_remarked() -> None:
    more = "exempted_emissions_percent: 3.5|exempted_emissions_description: small parts"
    assert "above the limit of 3 %" in made(STEEL, more=more)["comment"]
    assert "limit" not in made(STEEL, more=more.replace("3.5", "3"))["comment"]
    found = problem(STEEL, more="exempted_emissions_percent: 3.5")
    assert (found.code, "exempted_emissions_description" in found.message) == ("PAC-001", True)


@pytest.mark.parametrize(
    ("cells", "more", "expected"),
    [
        ({}, "", None),
        ({}, "recycled_carbon_content: 2 g", "0.002"),
        ({"recycled_content": "0 %", "recycled_dataset": "steel-gb"}, "", "0"),
        ({"recycled_content": "50 %", "recycled_dataset": "steel-gb"}, "", None),
        ({"recycled_content": "100 %", "recycled_dataset": "steel-gb"}, "", None),
        ({"recycled_content": "100 %", "recycled_dataset": "steel-gb"},
         "fossil_carbon_content: 3 g|biogenic_carbon_content: 0", "0.003"),
    ],
)  # fmt: skip
def test_recycled_carbon_where_it_is_known(
    cells: dict[str, str], more: str, expected: str | None
) -> None:
    pcf = made(row(dataset="steel", **cells), more=more)["pcf"]
    assert pcf.get("recycledCarbonContent") == expected


def test_more_recycled_carbon_than_carbon_is_refused() -> None:
    more = "recycled_carbon_content: 5 g|fossil_carbon_content: 3 g|biogenic_carbon_content: 0"
    assert problem(STEEL, more=more).code == "PAC-106"


def test_packaging_states_the_carbon_it_holds() -> None:
    pcf = made(STEEL, BOX)["pcf"]
    assert float(pcf["packagingBiogenicCarbonContent"]) == pytest.approx(0.17 * 12 / 44)
    assert float(pcf["biogenicCO2Uptake"]) == pytest.approx(-0.17)
    assert "packagingBiogenicCarbonContent" not in made(STEEL)["pcf"]


def test_validity_is_three_years_from_the_end_of_the_period() -> None:
    document = made(STEEL, facts=FACTS.replace("2025", "2023-03-01/2024-02-28"))
    assert document["validityPeriodStart"] == "2024-02-29T00:00:00Z"
    assert document["validityPeriodEnd"] == "2027-02-28T00:00:00Z"


def test_the_result_names_what_is_undetermined() -> None:
    assert footprint(OLD).undetermined == (
        "biogenic_uptake", "biogenic_non_co2", "land_use_change", "land_management", "aircraft",
    )  # fmt: skip
    assert footprint(GAS).undetermined == ()
    assert bom(GAS).product.classifications == ()

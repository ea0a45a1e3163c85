"""Product facts and site data in the PACT v3 document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_plausibility import SITE
from toy_boms import footprint, row

from footprint.faults import InputRefused, Where
from footprint.pact.document import pact_document
from footprint.pact.model import ProductFootprint
from footprint.supplier.read import read_supplier
from footprint.validity import three_years_after

FACTS = (
    "mass: 1 kg|reference_period: 2025|company: Maker|company_ids: urn:a:b|product_ids: urn:c:d|"
    "country: CN"
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def document(*rows: str, facts: str = "", **more: Any) -> dict[str, Any]:
    facts = "|".join(part for part in (FACTS, facts) if part)
    made = pact_document(footprint(*rows, facts=facts, **more), NOW)
    ProductFootprint.model_validate(made)
    return made


def test_what_was_not_stated_is_zero_and_the_comment_says_so() -> None:
    made = document(row(dataset="steel"))
    assert made["pcf"]["fossilCarbonContent"] == made["pcf"]["exemptedEmissionsPercent"] == "0"
    assert "fossilCarbonContent was not determined" in made["comment"]
    assert "exemptedEmissionsPercent was not stated" in made["comment"]
    assert "biogenicCarbonContent" not in made["pcf"]


def test_stated_facts_are_reported_and_the_comment_is_silent() -> None:
    made = document(
        row(dataset="steel"),
        facts="fossil_carbon_content: 0|biogenic_carbon_content: 12 g|"
        "exempted_emissions_percent: 1.5|exempted_emissions_description: office supplies",
    )
    pcf = made["pcf"]
    assert pcf["fossilCarbonContent"] == "0"
    assert pcf["biogenicCarbonContent"] == "0.012"
    assert pcf["biogenicCO2Uptake"] == "-0.044"
    assert pcf["pcfIncludingBiogenicUptake"] == "1.956"
    assert "follows from biogenicCarbonContent" in made["comment"]
    assert pcf["exemptedEmissionsPercent"] == "1.5"
    assert pcf["exemptedEmissionsDescription"] == "office supplies"
    assert "was not determined" not in made["comment"]


def test_packaging_is_declared_as_included_only_where_there_is_some() -> None:
    bare = document(row(dataset="steel"))["pcf"]
    assert bare["packagingEmissionsIncluded"] is False
    assert "packagingGhgEmissions" not in bare
    boxed = document(row(dataset="steel"), row(dataset="wood", stage="packaging"))["pcf"]
    assert boxed["packagingEmissionsIncluded"] is True
    assert float(boxed["packagingGhgEmissions"]) == pytest.approx(0.26)


def test_the_allocation_of_site_data_is_described() -> None:
    made = document(row(dataset="steel"), site=SITE)
    says = made["pcf"]["allocationRulesDescription"]
    for words in ("2025", "2 products", "mass", "50.00%", "one line"):
        assert words in says
    assert "allocationRulesDescription" not in document(row(dataset="steel"))["pcf"]


def test_the_basis_of_electricity_is_named() -> None:
    power = row("P", unit="kWh", dataset="power-cn", stage="production", contract="power-de")
    assert "market-based" in document(row(dataset="steel"), power, electricity="market")["comment"]


def test_the_end_of_the_reference_period_is_exclusive() -> None:
    year = document(row(dataset="steel"))["pcf"]
    assert year["referencePeriodStart"] == "2025-01-01T00:00:00Z"
    assert year["referencePeriodEnd"] == "2026-01-01T00:00:00Z"
    day = FACTS.replace("2025", "2025-02-28/2025-02-28")
    made = pact_document(footprint(row(dataset="steel"), facts=day), NOW)["pcf"]
    assert made["referencePeriodStart"] == "2025-02-28T00:00:00Z"
    assert made["referencePeriodEnd"] == "2025-03-01T00:00:00Z"


@pytest.mark.parametrize("period", ["2025", "2023-03-01/2024-02-29", "2025-05-07/2025-05-07"])
def test_our_own_document_is_read_as_valid_for_three_years_after_our_period(period: str) -> None:
    part = footprint(row(dataset="steel"), facts=FACTS.replace("2025", period))
    made = pact_document(part, NOW)
    read = read_supplier(json.dumps(made).encode(), "part.json", Where())
    assert part.product.period_end is not None
    assert read.valid_until == three_years_after(part.product.period_end)


def test_a_period_whose_end_has_no_next_day_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"PAC-004.*referencePeriodEnd"):
        pact_document(footprint(row(dataset="steel"), facts=FACTS.replace("2025", "9999")), NOW)


def test_the_boundary_text_leaves_out_the_stage_behind_the_gate() -> None:
    made = document(row(dataset="steel"), row(dataset="steel", stage="distribution"))["pcf"]
    assert made["boundaryProcessesDescription"] == ("Cradle to gate. Stages with data: material.")


def test_net_biogenic_emissions_have_no_property_and_are_refused_with_a_way_out() -> None:
    with pytest.raises(InputRefused) as refused:
        document(row(dataset="steel"), row(quantity=3, dataset="co2-biogenic",
                                           stage="direct_emission"))  # fmt: skip
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.column) == ("PAC-005", "biogenicCO2Uptake")
    assert "3 kg CO2 of biogenic origin" in problem.message
    assert "biomass" in problem.hint


@given(st.floats(1e-6, 1e6))
def test_uptake_and_an_equal_emission_cancel(kg: float) -> None:
    emitted = row(quantity=kg * 1.7, dataset="co2-biogenic", stage="direct_emission")
    made = document(row(quantity=kg, dataset="wood"), emitted, row(dataset="steel"))["pcf"]
    assert -1e-12 * kg <= float(made["biogenicCO2Uptake"]) <= 0
    including, excluding = (
        Decimal(made[f"pcf{name}BiogenicUptake"]) for name in ("Including", "Excluding")
    )
    assert including == excluding + Decimal(made["biogenicCO2Uptake"])


def test_net_land_management_is_an_emission_or_a_removal() -> None:
    made = footprint(row(dataset="steel"), facts=FACTS)
    for net, name, other in (
        (0.5, "landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals"),
        (-0.5, "landManagementBiogenicCO2Removals", "landManagementBiogenicCO2Emissions"),
    ):
        split = replace(made.split, land_management=net)
        shown = pact_document(replace(made, split=split), NOW)
        assert shown["pcf"][name] == str(net)
        assert other not in shown["pcf"]
        assert shown["pcf"]["pcfExcludingBiogenicUptake"] == str(2 + net)
        assert ("net of emissions" in shown["comment"]) == (net < 0)


def test_a_value_outside_the_data_model_is_named_with_its_value_and_a_hint() -> None:
    made = footprint(row(dataset="steel"), facts=FACTS)
    with pytest.raises(InputRefused) as refused:
        pact_document(replace(made, split=replace(made.split, fossil=-2.0)), NOW)
    (problem,) = refused.value.problems
    assert problem.code == "PAC-004"
    assert problem.message == "fossilGhgEmissions is '-2': must not be below zero"
    assert "JSON" in problem.hint


def test_a_document_with_a_gap_at_a_supplier_is_not_made() -> None:
    with pytest.raises(InputRefused, match="PAC-003"):
        document(row("Unobtainium"), row(dataset="steel"), gaps=True)

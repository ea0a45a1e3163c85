"""Product facts and site data in the PACT v3 document."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from test_plausibility import SITE
from toy_boms import footprint, row

from footprint.faults import InputRefused
from footprint.pact.document import pact_document
from footprint.pact.model import ProductFootprint

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
    assert pcf["exemptedEmissionsPercent"] == "1.5"
    assert pcf["exemptedEmissionsDescription"] == "office supplies"
    assert "was not" not in made["comment"]


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
    assert "market-based" in document(power, electricity="market")["comment"]


def test_a_document_with_a_gap_at_a_supplier_is_not_made() -> None:
    with pytest.raises(InputRefused, match="PAC-003"):
        document(row("Unobtainium"), row(dataset="steel"), gaps=True)

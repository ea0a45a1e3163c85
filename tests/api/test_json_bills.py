"""A bill of materials as JSON says all that a table can say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from served import Site, running, settings_for

from api.job_schemas import BomLine, BomProduct
from footprint.bom.columns import COLUMNS, PRODUCT_FACTS, column_of

STEEL = {"name": "Steel", "quantity": 1, "unit": "kg", "dataset": "steel-cold-rolled-cn"}
#: A total that its parts do not make.
ODD = {
    "specVersion": "3.0.3",
    "companyName": "Steelworks",
    "productNameCompany": "Coil",
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "referencePeriodEnd": "2026-01-01T00:00:00Z",
        "pcfExcludingBiogenicUptake": "3",
        "fossilGhgEmissions": "2",
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("bills"))) as served:
        yield served


def _sent(site: Site, product: dict[str, Any], *lines: dict[str, Any], **more: Any) -> Any:
    facts = {"name": "Bracket", "declared_unit": "1 piece", "reference_period": "2025"} | product
    order = {"product": facts, "lines": list(lines or (STEEL,))} | more
    answer = site.client.post("/v1/footprints", json=order)
    return answer.status_code, answer.json()


def test_members_are_the_columns_and_facts_of_a_table() -> None:
    assert set(BomProduct.model_fields) == set(PRODUCT_FACTS)
    assert {column_of(name) for name in BomLine.model_fields} == set(COLUMNS)


def test_carbon_is_stated_with_its_unit(site: Site) -> None:
    stated = {"fossil_carbon_content": "12 g", "recycled_carbon_content": "1 g"}
    status, made = _sent(site, {**stated, "biogenic_carbon_content": 0})
    assert status == 201, made
    found = made["footprint"]["product"]
    assert found["fossil_carbon_content"] == 0.012
    assert (found["recycled_carbon_content"], found["biogenic_carbon_content"]) == (0.001, 0)
    status, refused = _sent(site, {"fossil_carbon_content": 0.012})
    assert (status, refused["problems"][0]["code"]) == (422, "BOM-019")


def test_a_stated_total_is_accepted_as_the_refusal_advises(site: Site) -> None:
    line = {"name": "Coil", "quantity": 2, "unit": "kg", "supplier_pcf": "coil.json"}
    status, refused = _sent(site, {}, line, documents={"coil.json": ODD})
    assert (status, refused["problems"][0]["code"]) == (422, "SUP-004")
    accepted = {"accept_stated_totals": ["coil.json"], "classifications": ["CPC:46410"]}
    status, made = _sent(site, accepted, line, documents={"coil.json": ODD})
    assert status == 201, json.dumps(made)
    assert made["footprint"]["totals"]["excluding_biogenic_uptake_kg_co2e"] == 6
    assert any(one["code"] == "SUP-012" for one in made["footprint"]["warnings"])


def test_an_organisation_can_be_sent(site: Site) -> None:
    facts = {
        "subject": "organisation",
        "subject_boundary": "The works; not its suppliers.",
        "energy_certificates": "GEC-2025-1-120: 1 MWh",
        "declared_unit": None,
    }
    power = {"name": "Power", "quantity": 10, "unit": "MWh", "dataset": "electricity-grid-cn"}
    status, made = _sent(site, facts, {**power, "scope": "2"}, {**STEEL, "scope": "3.1"})
    assert status == 201, made
    groups = {one["group"]: one["kg_co2e"] for one in made["footprint"]["subject"]["groups"]}
    assert groups["scope-2"] > 0
    assert (groups["scope-1"], groups["scope-3.1"]) == (0, 2.6)

"""Organisations and events: the same engine, scopes that add up, power counted once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from toy_boms import INVENTORY

from footprint.bom.read import read_bom_bytes
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.values.groups import activity_of, scope_of, subject_of
from footprint.values.result import CleanPower, Footprint

FACTS = {
    "subject": "organisation",
    "name": "Works",
    "reference_period": "2025",
    "subject_boundary": "the works, operational control",
}
HEAD = "name,quantity,unit,dataset,scope,contract,stage"


def table(*rows: str, head: str = HEAD, **facts: str) -> bytes:
    said = [f"# {name}: {value}" for name, value in (FACTS | facts).items() if value]
    return "\n".join([*said, head, *rows]).encode()


def made(*rows: str, **facts: str) -> Footprint:
    return calculate(read_bom_bytes(table(*rows, **facts), "works.csv"), INVENTORY)


def refusal(*rows: str, **facts: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputRefused) as caught:
        made(*rows, **facts)
    return [(one.code, one.where.row, one.where.column) for one in caught.value.problems]


def groups(footprint: Footprint) -> dict[str, float]:
    assert footprint.subject is not None
    return {one.group: one.kg_co2e for one in footprint.subject.groups}


def test_the_scopes_of_an_organisation_add_up_to_its_total() -> None:
    result = made(
        "gas,10,kg,co2-fossil,1,,direct_emission",
        "power,100,kWh,power-cn,2,,production",
        "steel,50,kg,steel,3.1,,material",
        "flights,1,kg,co2-fossil,范围3.6,,direct_emission",
        "trains,1000,tkm,freight-rail-gb,3,,distribution",
    )
    assert result.boundary == "organisation"
    assert groups(result) == pytest.approx(
        {
            "scope-1": 10.0,
            "scope-2": 60.0,
            "scope-3": 131.0,
            "scope-3.1": 100.0,
            "scope-3.6": 1.0,
        }
    )
    # What leaves the gate is inside, as the organisation's boundary is no gate.
    assert result.total == pytest.approx(201.0)
    assert result.split.outbound_logistics == 0.0


def test_a_scope_without_lines_is_shown_as_nothing_entered() -> None:
    assert groups(made("steel,1,kg,steel,3.1,,material"))["scope-1"] == 0.0


def test_an_event_groups_its_activities_in_their_order() -> None:
    result = made(
        "paper,2,kg,wood,物料,,material",
        "flights,10,kg,co2-fossil,travel,,direct_emission",
        subject="event",
    )
    assert list(groups(result)) == ["travel", "materials"]
    assert result.boundary == "event"


def test_the_total_is_that_of_the_same_lines_as_a_product() -> None:
    rows = ("steel,5,kg,steel,3.1,,material", "power,7,kWh,power-cn,2,,production")
    as_product = made(*rows, subject="product", subject_boundary="")
    assert made(*rows).total == as_product.total
    assert as_product.subject is None
    assert [one.code for one in as_product.warnings if one.where.column == "group"] == ["BOM-020"]


@pytest.mark.parametrize(
    ("facts", "code", "column"),
    [
        ({"reference_period": ""}, "BOM-048", "reference_period"),
        ({"subject_boundary": ""}, "BOM-048", "subject_boundary"),
        ({"declared_unit": "1 kg"}, "BOM-048", "declared_unit"),
        ({"subject": "product"}, "BOM-048", "subject_boundary"),
        ({"subject": "village"}, "BOM-019", "subject"),
    ],
)
def test_a_subject_says_its_period_and_boundary(
    facts: dict[str, str], code: str, column: str
) -> None:
    found = refusal("steel,1,kg,steel,3.1,,material", **facts)
    assert (code, column) in [(one, where) for one, _, where in found]


@pytest.mark.parametrize("scope", ["", "4", "3.16", "1.2", "travel"])
def test_every_line_of_an_organisation_names_its_scope(scope: str) -> None:
    assert [one[0] for one in refusal(f"steel,1,kg,steel,{scope},,material")] == ["BOM-049"]


@given(st.sampled_from("123"), st.integers(1, 15))
def test_a_scope_is_read_in_any_usual_spelling(scope: str, category: int) -> None:
    for text in some((scope, f"scope {scope}", f"Scope {scope}", f"范围{scope}")):
        assert scope_of(text) == f"scope-{scope}"
    assert scope_of(f"3.{category}") == scope_of(f"scope 3.{category}") == f"scope-3.{category}"


def test_words_for_subjects_and_activities() -> None:
    assert (subject_of("组织"), subject_of("Event"), subject_of("x")) == (
        "organisation",
        "event",
        None,
    )
    assert (activity_of("住宿"), activity_of("Meals"), activity_of("x")) == (
        "nights",
        "meals",
        None,
    )


def power(contract: str, certificates: str, inventory: CompiledInventory) -> CleanPower:
    text = table(
        f"works,1000,kWh,electricity-grid-cn-2025,2,{contract},production",
        "office,500,kWh,electricity-grid-cn-2025,2,,production",
        energy_certificates=certificates,
    )
    result = calculate(read_bom_bytes(text, "works.csv"), inventory)
    assert result.subject is not None
    return result.subject.clean_power


@pytest.mark.parametrize(
    ("contract", "certificates", "share", "unused"),
    [
        ("", "", 0.0, 0.0),
        ("electricity-wind-cn 60 %; electricity-grid-cn-2025 40 %", "", 600 / 1500, 0.0),
        ("", "GEC-1: 300 kWh", 300 / 1500, 0.0),
        # A kWh that a contract covers is covered; certificates beyond the rest count nothing.
        ("electricity-wind-cn", "GEC-1: 0.8 MWh", 1.0, 300.0),
        ("electricity-nuclear-cn", "", 0.0, 0.0),
    ],
)
def test_clean_power_counts_once(
    contract: str, certificates: str, share: float, unused: float, inventory: CompiledInventory
) -> None:
    found = power(contract, certificates, inventory)
    assert found.kwh == 1500.0
    assert found.share == pytest.approx(share)
    assert found.unused_kwh == pytest.approx(unused)


def test_without_electricity_there_is_no_share() -> None:
    subject = made("steel,1,kg,steel,3.1,,material").subject
    assert subject is not None
    assert subject.clean_power.share is None


@pytest.mark.parametrize("text", ["GEC-1: 1 MWh; gec-1: 2 MWh", "GEC-1", "GEC-1: 3 kg", ": 1 MWh"])
def test_a_certificate_of_power_is_a_serial_once_and_an_amount(text: str) -> None:
    found = refusal("steel,1,kg,steel,3.1,,material", energy_certificates=text)
    assert [one[0] for one in found] == ["BOM-019"]


def test_the_document_has_the_account_and_a_product_has_none() -> None:
    document = footprint_document(made("steel,1,kg,steel,3.1,,material"))
    assert document["subject"]["kind"] == "organisation"
    assert document["subject"]["boundary"] == FACTS["subject_boundary"]
    assert "subject" not in document["product"]
    assert document["checks"] == []
    plain = footprint_document(
        made("steel,1,kg,steel,,,material", subject="product", subject_boundary="")
    )
    assert "subject" not in plain


def test_site_data_are_of_products() -> None:
    text = table("steel,1,kg,steel,3.1,,material")
    with pytest.raises(InputRefused) as caught:
        read_bom_bytes(text, "works.csv", site=b"year: 2025")
    assert [one.code for one in caught.value.problems] == ["BOM-048"]


def test_no_pact_document_is_made_of_an_organisation() -> None:
    with pytest.raises(InputRefused) as caught:
        pact_document(made("steel,1,kg,steel,3.1,,material"), datetime(2026, 1, 1, tzinfo=UTC))
    assert "PAC-002" in [one.code for one in caught.value.problems]

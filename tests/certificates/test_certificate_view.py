from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import certificate_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates import build_view, view_document, view_from_document
from footprint.certificates.view import view_bytes
from footprint.faults import InputRefused


def codes(caught: pytest.ExceptionInfo[InputRefused]) -> set[str]:
    return {problem.code for problem in caught.value.problems}


def test_the_certified_value_keeps_every_digit() -> None:
    view = samples.view()
    assert view.total_kg_co2e == "2.4681357902468"
    assert (view.shown_amount, view.shown_unit) == ("2.47", "kg")


def test_the_lines_of_the_bill_of_materials_stay_private() -> None:
    assert b"SECRET-ALLOY-SUPPLIER" not in view_bytes(samples.view())


def test_the_same_documents_give_the_same_bytes() -> None:
    assert view_bytes(samples.view()) == view_bytes(samples.view())


def test_a_document_reads_back_as_the_same_view() -> None:
    view = samples.view()
    document = json.loads(json.dumps(view_document(view)))
    assert view_from_document(document) == view


@pytest.mark.parametrize("verdict", ["fail", "unknown", None])
def test_only_a_passed_decision_can_be_certified(verdict: str | None) -> None:
    decision = samples.decision_document(verdict=verdict)
    with pytest.raises(InputRefused) as caught:
        build_view(samples.footprint_document(), decision, samples.issuance())
    assert codes(caught) == {"CER-001"}


@pytest.mark.parametrize(
    "field", ["product", "declared_unit", "totals", "stages", "coverage", "quality", "provenance"]
)
def test_a_footprint_without_a_field_is_refused_and_the_field_is_named(field: str) -> None:
    footprint = samples.footprint_document()
    del footprint[field]
    with pytest.raises(InputRefused, match=field) as caught:
        build_view(footprint, samples.decision_document(), samples.issuance())
    assert codes(caught) == {"CER-002"}


def test_a_total_that_is_not_finite_is_refused() -> None:
    footprint = samples.footprint_document()
    footprint["totals"]["excluding_biogenic_uptake_kg_co2e"] = float("nan")
    with pytest.raises(InputRefused, match="excluding_biogenic_uptake"):
        build_view(footprint, samples.decision_document(), samples.issuance())


def test_everything_wrong_is_said_at_once() -> None:
    footprint = samples.footprint_document(name="", company="evil\u202etxt")
    decision = samples.decision_document(rules_hash="md5:1")
    with pytest.raises(InputRefused) as caught:
        build_view(footprint, decision, samples.issuance(self_declared=False))
    assert codes(caught) == {"CER-002", "CER-003", "CER-005"}
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\u2066", "\ufeff", "\x07", "\ue000", "\u00ad"]
)
def test_characters_that_nobody_sees_are_refused_by_name(hidden: str) -> None:
    with pytest.raises(InputRefused, match=f"U\\+{ord(hidden):04X}") as caught:
        samples.view(product={"name": f"Bottle{hidden}gnp.exe"})
    assert codes(caught) == {"CER-003"}


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert samples.view(product={"name": "Cafe\u0301\n cup"}).product_name == "Caf\u00e9 cup"


def test_a_text_of_many_pages_is_refused() -> None:
    with pytest.raises(InputRefused) as caught:
        samples.view(product={"description": "x" * 5000})
    assert codes(caught) == {"CER-004"}


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_until": date(2026, 1, 1)},
        {"issued_at": datetime(2026, 11, 20)},  # noqa: DTZ001 - the missing zone is the point
        {"verifier": "Somebody"},
        {"self_declared": False},
        {"self_declared": False, "verifier": "  "},
        {"issuer_name": ""},
        {"issuer_did": "did:web:evil.example"},
        {"base_url": "https://labels.example.com/"},
        {"status_index": 131_072},
        {"status_list": 0},
    ],
)
def test_facts_of_issue_that_contradict_each_other_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(InputRefused) as caught:
        samples.view(**facts)
    assert codes(caught) == {"CER-005"}


@pytest.mark.parametrize("url", ["http://labels.example.com", "ftp://x", "labels.example.com"])
def test_the_code_leads_to_a_secure_address_only(url: str) -> None:
    with pytest.raises(InputRefused) as caught:
        samples.view(base_url=url)
    assert codes(caught) == {"CER-008"}


def test_a_verified_certificate_names_its_verifier() -> None:
    view = samples.view(self_declared=False, verifier="Verifier AG", verifier_statement="V-1")
    assert (view.self_declared, view.verifier) == (False, "Verifier AG")


@pytest.mark.parametrize(
    "change",
    [
        {"type": "footprint"},
        {"schema": "2"},
        {"colour": "red"},
        {"self_declared": "yes"},
        {"status_index": "4711"},
        {"stages": [{"name": "material"}]},
        {"markets": {}},
    ],
)
def test_another_form_of_document_is_refused(change: dict[str, Any]) -> None:
    document = {**view_document(samples.view()), **change}
    with pytest.raises(InputRefused) as caught:
        view_from_document(document)
    assert codes(caught) == {"CER-011"}


@given(st.text(max_size=80))
def test_any_name_is_shown_or_refused_with_a_code(name: str) -> None:
    try:
        view = samples.view(product={"name": name})
    except InputRefused as refusal:
        refused = {problem.code for problem in refusal.problems}
    else:
        refused = set()
        assert view_from_document(view_document(view)) == view
    assert refused <= {"CER-002", "CER-003"}


def test_times_are_written_in_utc() -> None:
    assert samples.view().issued_at == "2026-11-20T08:30:00Z"
    later = datetime.fromisoformat("2026-11-20T16:30:00+08:00")
    assert later == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert samples.view(issued_at=later).issued_at == "2026-11-20T08:30:00Z"

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import certificate_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates import build_view, view_document, view_from_document
from footprint.certificates.build import public_part
from footprint.certificates.credential import credential_payload
from footprint.certificates.view import view_bytes
from footprint.faults import InputRefused
from label_templates.content.phrases import lead, verified_words
from label_templates.words import LANGUAGES, Language, words


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
        {"valid_until": date(2026, 11, 19)},
        {"issued_at": datetime(2026, 11, 20)},  # noqa: DTZ001 - the missing zone is the point
        {"verifier": "Somebody"},
        {"self_declared": False},
        {"self_declared": False, "verifier": "  "},
        {"self_declared": False, "verifier": "V", "stated_verifier": "V"},
        {"bom_commitment": ""},
        {"issuer_name": ""},
        {"issuer_did": "did:web:evil.example"},
        {"base_url": "https://labels.example.com/"},
        {"status_index": 131_072},
        {"status_index": -1},
        {"status_list": 0},
    ],
)
def test_facts_of_issue_that_contradict_each_other_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(InputRefused) as caught:
        samples.view(**facts)
    assert codes(caught) == {"CER-005"}


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_until": date(2026, 11, 20)},
        {"status_index": 131_071},
        {"status_index": 0},
        {"status_list": 1},
        {"self_declared": False, "verifier": "V"},
    ],
)
def test_facts_of_issue_at_their_edge_are_taken(facts: dict[str, Any]) -> None:
    """A term of one day, the first and the last place of a list."""
    assert samples.view(**facts).number == samples.view().number


@pytest.mark.parametrize("url", ["http://labels.example.com", "ftp://x", "labels.example.com"])
def test_the_code_leads_to_a_secure_address_only(url: str) -> None:
    with pytest.raises(InputRefused) as caught:
        samples.view(base_url=url)
    assert codes(caught) == {"CER-008"}


def test_a_verified_certificate_names_its_verifier() -> None:
    view = samples.view(self_declared=False, verifier="Verifier AG", verifier_statement="V-1")
    assert (view.self_declared, view.verifier) == (False, "Verifier AG")


def test_what_was_signed_under_the_old_name_of_the_commitment_is_read_and_written_as_it_was() -> (
    None
):
    """Schema 1 called it `bom_hash`: the digest of its documents must come out as it was signed."""
    document = {**view_document(samples.view()), "schema": "1"}
    document["bom_hash"] = document.pop("bom_commitment")
    view = view_from_document(document)
    assert view.bom_commitment == document["bom_hash"]
    assert view_document(view) == document


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verifier_that_nobody_confirmed_is_told_as_such_and_nobody_is_said_to_be_alone(
    language: Language,
) -> None:
    """The decision says whom the evidence names; the certificate must not say that nobody else
    checked, and must not say that somebody did."""
    alone, stated = samples.view(), samples.view(stated_verifier="Verifier AG")
    spoken = words(language)
    assert (
        verified_words(stated, spoken)
        == spoken.say("self_declared_stated")
        != verified_words(alone, spoken)
    )
    assert "Verifier AG" in lead(stated, spoken)
    company = spoken.pick(stated.company, stated.company_zh)
    assert spoken.say("lead_self", company=company) in lead(alone, spoken)
    assert spoken.say("lead_self", company=company) not in lead(stated, spoken)
    assert "Verifier AG" in json.dumps(credential_payload(stated))


def _condition(rule: str, verdict: str, says: str, *children: dict[str, Any]) -> dict[str, Any]:
    facts = {"rule": rule, "verdict": verdict, "says": says, "says_zh": f"{says}。"}
    return {**facts, "confidence": "H", "children": list(children)}


def test_a_condition_made_of_others_names_those_that_it_rests_on() -> None:
    less = _condition("reduction: less", "pass", "less than before")
    lowest = _condition("reduction: lowest", "fail", "lowest of its kind")
    renewed = _condition("renewal", "fail", "a first certificate")
    trace = _condition(
        "all",
        "pass",
        "",
        _condition("any", "pass", "One of these must hold", lowest, less),
        _condition("when", "pass", "If the first holds", renewed, lowest),
        _condition("all", "pass", "All of these must hold", less, less),
    )
    decision = samples.decision_document(trace=trace)
    view = build_view(samples.footprint_document(), decision, samples.issuance())
    assert [reason.says for reason in view.reasons] == [
        "One of these must hold: less than before",
        "If the first holds: a first certificate",
        "All of these must hold: less than before; less than before",
    ]
    assert view.reasons[0].says_zh == "One of these must hold。：less than before。"


@pytest.mark.parametrize(
    "change",
    [
        {"type": "footprint"},
        {"schema": "3"},
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


@pytest.mark.parametrize(
    ("boundary", "whole"),
    [
        ("cradle-to-gate", False),
        ("cradle-to-grave", False),
        ("organisation", True),
        ("event", True),
    ],
)
def test_what_is_of_a_whole_organisation_or_event_is_told_from_a_product(
    boundary: str, whole: bool
) -> None:
    assert replace(samples.view(), boundary=boundary).whole_subject is whole


def test_what_of_a_footprint_is_public_stands_here_a_second_time() -> None:
    """Whoever makes another member public decides it twice: it may tell of single lines."""
    public = (
        *("type", "schema", "product", "declared_unit", "boundary", "gwp_set", "gwp_sets_used"),
        *("totals", "split", "stages", "coverage", "quality", "sources", "subject"),
    )
    document = {name: name for name in (*public, "lines", "assumptions", "warnings")}
    provenance = {"engine": "e", "inventory": "i", "bom": "b"}
    assert public_part({**document, "provenance": provenance}) == {
        **{name: name for name in public},
        "provenance": {"engine": "e", "inventory": "i"},
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("draft", True),
        ("stated_verifier", "V"),
        ("scheme_short_name", "S"),
        ("scheme_short_name_zh", "简"),
        ("term_ends_with", "the year"),
        ("term_ends_with_zh", "本年"),
        ("subject_boundary", "all of it"),
        ("claim", None),
        ("limits", ()),
        ("documents", ()),
    ],
)
def test_what_there_is_nothing_to_say_of_is_left_out_of_the_signed_text(
    name: str, said: Any
) -> None:
    """Certificates of before these members have the same bytes as then."""
    nothing: dict[str, Any] = {name: type(said)() if said else said}
    bare = replace(samples.view(), **nothing)
    assert name not in view_document(bare)
    if said:
        something: dict[str, Any] = {name: said}
        full = replace(bare, **something)
        assert view_document(full)[name] == said
        assert view_from_document(view_document(full)) == full

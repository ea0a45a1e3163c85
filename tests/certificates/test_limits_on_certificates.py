"""Where a label must not be shown, and what rests on weak facts: on every form of a certificate."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import certificate_samples as samples
import pytest
from evidence import some
from page_reading import ISSUED
from pdf_reading import pdf_text, squeezed

from footprint.certificates import CertificateView, build_view, issue_credential, view_document
from footprint.certificates.credential import credential_payload
from footprint.proof.verify_results import view_differences
from label_templates.label.layout import SIZES, label_layout
from label_templates.render import LANGUAGES, Language, certificate_page, certificate_pdf
from label_templates.words import words

PROHIBITED: dict[str, Any] = {
    "market": "eu-2024-825",
    "audience": "consumer",
    "verdict": "prohibited",
    "says": "A self-declared certificate is no certification scheme.",
    "says_zh": "自我声明的证书不构成认证计划。",
    "permitted_wording": [],
    "confidence": "H",
    "citations": [],
}
CONDITIONAL = {
    **PROHIBITED,
    "verdict": "conditional",
    "says": "The label has to rest on a certification scheme.",
    "says_zh": "标签须以认证计划为基础。",
}
VERIFIED: dict[str, Any] = {"self_declared": False, "verifier": "Example Verification Ltd"}
KEY = samples.key()
ANNOUNCED = {
    **PROHIBITED,
    "verdict": "not_covered",
    "becomes": "prohibited",
    "changes_on": "2026-12-31",
}


def viewed(own: dict[str, Any], **facts: Any) -> CertificateView:
    decision = samples.decision_document(own_label=[own])
    return build_view(samples.footprint_document(), decision, samples.issuance(**facts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_is_described_in_sentences_of_its_language(language: Language) -> None:
    view, texts = viewed(PROHIBITED), words(language)
    described = label_layout(view, texts, "full").description
    limit = texts.say("not_for", places=texts.word("markets", "eu-2024-825"))
    assert f"{texts['stop']}{limit}" in described
    if language in {"zh", "zh-Hant", "ja"}:
        assert texts["stop"] == "。"
        assert ". " not in described


def on_label(view: CertificateView, language: Language, size: Any) -> str:
    drawn = label_layout(view, words(language), size)
    return squeezed("".join(text.content for text in drawn.texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_self_declared_label_says_on_every_form_where_it_must_not_be_shown(
    language: Language,
) -> None:
    view, texts = viewed(PROHIBITED), words(language)
    said = texts.say("not_for", places=texts.word("markets", "eu-2024-825"))
    for size in some(SIZES):
        assert squeezed(said) in on_label(view, language, size), size
    assert squeezed(said) in squeezed(certificate_page(view, language, ISSUED))
    token = issue_credential(view, samples.key())
    assert squeezed(said) in squeezed(pdf_text(certificate_pdf(view, language, token)))


def test_a_verified_certificate_has_no_limit_of_self_declared_ones() -> None:
    verified = viewed(PROHIBITED, **VERIFIED)
    assert (verified.limits, verified.showing_conditions) == ((), ())
    assert not {"limits", "showing_conditions"} & view_document(verified).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verified_label_says_on_every_form_what_showing_it_needs(language: Language) -> None:
    decision = samples.decision_document(own_label=[PROHIBITED], verified_label=[CONDITIONAL])
    view = build_view(samples.footprint_document(), decision, samples.issuance(**VERIFIED))
    assert view.limits == ()
    texts = words(language)
    said = texts.say("only_under", places=texts.word("markets", "eu-2024-825"))
    for size in some(SIZES):
        assert squeezed(said) in on_label(view, language, size), size
    page = squeezed(certificate_page(view, language, ISSUED))
    printed = squeezed(pdf_text(certificate_pdf(view, language, issue_credential(view, KEY))))
    for shown in (page, printed):
        assert squeezed(said) in shown
        assert squeezed(texts.say("showing_conditions")) in shown
        assert squeezed(texts.pick(CONDITIONAL["says"], CONDITIONAL["says_zh"])) in shown


def test_a_condition_of_showing_is_in_the_credential_and_not_said_of_a_self_declaration() -> None:
    decision = samples.decision_document(verified_label=[CONDITIONAL])
    verified = build_view(samples.footprint_document(), decision, samples.issuance(**VERIFIED))
    (assessment,) = credential_payload(verified)["credentialSubject"]["conformityAssessment"]
    said = f"To consumers only under conditions (eu-2024-825): {CONDITIONAL['says']}"
    assert said in assessment["specifiedCondition"]
    own = build_view(samples.footprint_document(), decision, samples.issuance())
    assert own.showing_conditions == ()


def test_what_is_prohibited_is_not_said_to_be_conditional_as_well() -> None:
    decision = samples.decision_document(verified_label=[CONDITIONAL])
    decision["markets"] = [deepcopy(PROHIBITED)]
    view = build_view(samples.footprint_document(), decision, samples.issuance(**VERIFIED))
    assert [one.market for one in view.limits] == ["eu-2024-825"]
    assert view.showing_conditions == ()


@pytest.mark.parametrize(
    ("end", "limited"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True)]
)
def test_a_change_within_the_term_is_on_the_label_with_its_day(end: date, limited: bool) -> None:
    view = viewed(ANNOUNCED, valid_until=end)
    assert bool(view.limits) == limited
    shown = on_label(view, "en", "mini")
    assert (squeezed("European Union from 2026-12-31") in shown) == limited


def test_a_prohibited_tier_is_limited_whoever_verified_it_and_members_are_told_with_the_union() -> (
    None
):
    document = samples.decision_document()
    member = {**PROHIBITED, "market": "fr-d229-106", "because_of": "eu-2024-825"}
    document["markets"] = [deepcopy(PROHIBITED), member]
    view = build_view(
        samples.footprint_document(),
        document,
        samples.issuance(self_declared=False, verifier="Example Verification Ltd"),
    )
    assert [one.market for one in view.limits] == ["eu-2024-825"]
    (assessment,) = credential_payload(view)["credentialSubject"]["conformityAssessment"]
    assert any(
        one.startswith("Not for consumers (eu-2024-825): ")
        for one in assessment["specifiedCondition"]
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_weak_facts_are_counted_on_every_size_and_marked_in_the_list_of_markets(
    language: Language,
) -> None:
    document = samples.decision_document()
    document["markets"][1]["confidence"] = "L"
    view = build_view(samples.footprint_document(), document, samples.issuance())
    # One fact of the scheme and one of a market.
    said = words(language).say("weak_on_label", count=2)
    for size in some(SIZES):
        assert squeezed(said) in on_label(view, language, size)
    page = certificate_page(view, language, ISSUED)
    assert page.count(f"<li>{words(language).say('weak_source')}</li>") == 2


def test_nothing_is_said_of_weak_facts_where_there_are_none() -> None:
    document = samples.decision_document(confirm_first=[])
    view = build_view(samples.footprint_document(), document, samples.issuance())
    assert "unconfirmed" not in on_label(view, "en", "full")


@pytest.mark.parametrize("signed_has", [True, False])
def test_a_limit_that_only_one_of_two_certificates_has_is_a_difference(signed_has: bool) -> None:
    with_limit, without = viewed(PROHIBITED), viewed({**PROHIBITED, "verdict": "not_covered"})
    signed, again = (with_limit, without) if signed_has else (without, with_limit)
    assert set(view_differences(signed, again)) == {"limits", "decision_hash"}
    assert view_differences(signed, signed) == []

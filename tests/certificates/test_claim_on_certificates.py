"""A stranger reads: by how much, since when, against what, how sure; or which credits."""

from __future__ import annotations

import json
from typing import Any

import certificate_samples as samples
import pytest
from evidence import some
from label_views import tiered
from page_reading import ISSUED
from pdf_reading import pdf_text, squeezed

from footprint.canonical_fast import canonical_bytes
from footprint.certificates import build_view, issue_credential, view_document, view_from_document
from footprint.certificates.credential import credential_payload
from footprint.certificates.view import CertificateView, view_bytes
from footprint.faults import InputRefused
from label_templates.label.layout import SIZES, Size, label_layout
from label_templates.render import LANGUAGES, Language, certificate_page, certificate_pdf
from label_templates.words import words

BOTH: tuple[Language, ...] = ("en", "zh")
#: What each form has to tell, by tier and language.
SAID: dict[tuple[str, str], tuple[str, ...]] = {
    ("reduction", "en"): ("12.23 % below the base year (2022: 2.81 kg CO2e); within uncertainty",),
    ("reduction", "zh"): ("比基准年低 12.23 %（2022 年：2.81 kg CO2e）；处于不确定度范围内",),
    ("neutral", "en"): (
        "30 t CO2e of credits retired (Gold Standard) for 12000 × 1 piece, 2025-01-01 to "
        "2025-12-31",
    ),
    ("neutral", "zh"): (
        "为 2025-01-01 至 2025-12-31 的 12000 × 1 件 注销碳信用 30 t CO2e（Gold Standard）",
    ),
}
#: And what page and PDF tell besides.
DETAILS = {
    "reduction": (
        "12.23 %",
        "2.81234 kg CO2e",
        "2022-12-31",
        "Certified footprint of 2022, statement EV-2023-17",
        "83 %",
    ),
    "neutral": (
        "Gold Standard Impact Registry",
        "GS1-1-CN-GS5612-16-2021-22114-1-30",
        "2021",
        "2026-03-31",
        "12000",
        "29.6176294829616 t CO2e",
        "30 t CO2e",
    ),
}
CASES = [(tier, language) for tier in DETAILS for language in BOTH]


def label_text(view: CertificateView, language: Language, size: Size) -> str:
    drawn = label_layout(view, words(language), size)
    return squeezed("".join(text.content for text in drawn.texts))


@pytest.mark.parametrize(("tier", "language"), CASES)
def test_every_size_of_the_label_has_the_claim(tier: str, language: Language) -> None:
    for size in some(SIZES):
        text = label_text(tiered(tier, language), language, size)
        for said in some(SAID[tier, language]):
            assert squeezed(said) in text, size


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["reduction", "neutral"])
def test_no_language_cuts_the_claim_off(tier: str, language: Language) -> None:
    view = tiered(tier, language)
    claim = view.claim
    assert claim is not None
    last = words(language).word("margins", "within-uncertainty") if tier == "reduction" else "30"
    for size in some(SIZES):
        assert squeezed(last) in label_text(view, language, size), size


@pytest.mark.parametrize(("tier", "language"), CASES)
def test_page_and_pdf_have_every_figure_of_the_claim(tier: str, language: Language) -> None:
    view = tiered(tier, language)
    token = issue_credential(view, samples.key())
    page = squeezed(certificate_page(view, language, ISSUED))
    printed = squeezed(pdf_text(certificate_pdf(view, language, token)))
    for said in some((*SAID[tier, language], *DETAILS[tier])):
        assert squeezed(said) in page
        assert squeezed(said) in printed


def test_the_credential_states_the_claim_and_each_block_of_credits() -> None:
    said = _conditions(tiered("reduction", "en"))
    assert f"Claim: {samples.COMPARED['says']}" in said
    said = _conditions(tiered("neutral", "en"))
    assert (
        "Retired credits: 30 t CO2e, Gold Standard, GS1-1-CN-GS5612-16-2021-22114-1-30, "
        "vintage 2021, retired on 2026-03-31" in said
    )
    assert not any("Claim" in one for one in _conditions(tiered("disclosure", "en")))


def _conditions(view: CertificateView) -> list[str]:
    (assessment,) = credential_payload(view)["credentialSubject"]["conformityAssessment"]
    found: list[str] = assessment["specifiedCondition"]
    return found


def test_a_certificate_without_a_claim_is_written_as_before_and_names_no_comparator() -> None:
    plain = build_view(
        samples.footprint_document(),
        samples.decision_document(tier="low-carbon"),
        samples.issuance(),
    )
    assert "claim" not in view_document(plain)
    for language in BOTH:
        text = label_text(plain, language, "full")
        assert squeezed(words(language).say("low_carbon_unnamed")) in text
        assert squeezed(words(language).word("tiers", "low-carbon")) not in text


@pytest.mark.parametrize("tier", ["reduction", "low-carbon", "neutral"])
def test_the_claim_goes_round_through_the_published_document(tier: str) -> None:
    view = tiered(tier, "en")
    again = view_from_document(json.loads(view_bytes(view)))
    assert again == view
    assert view_bytes(again) == canonical_bytes(view_document(view))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"margin": "certain"}, "margin"),
        ({"decided_by": "dice"}, "decided_by"),
        ({"strict": "yes"}, "strict"),
        ({"value": ""}, "value"),
    ],
)
def test_a_broken_claim_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    fields = samples.claimed("reduction")
    fields["claim"]["comparisons"][0].update(change)
    with pytest.raises(InputRefused, match=rf"claim\.comparisons\[0\]\.{named}"):
        build_view(
            samples.footprint_document(),
            samples.decision_document(**fields),
            samples.issuance(),
        )

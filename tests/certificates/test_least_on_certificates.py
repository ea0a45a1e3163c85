"""A total that lacks something is nowhere certified without the words "at least"."""

from __future__ import annotations

from typing import Any

import certificate_samples as samples
import pytest
from evidence import some
from page_reading import page
from pdf_reading import pdf_text, squeezed

from footprint.certificates import CertificateView, build_view, issue_credential
from footprint.certificates.credential import credential_payload
from footprint.certificates.view import view_document, view_from_document
from label_templates.label.layout import SIZES, label_layout
from label_templates.render import Language, certificate_pdf, label_svg
from label_templates.words import LANGUAGES, words

#: How each language says it, above the number and in the first sentence.
LEAST = {
    "en": ("Product carbon footprint, at least", "at least"),
    "zh": ("产品碳足迹，至少", "至少"),
    "zh-Hant": ("產品碳足跡，至少", "至少"),
    "ja": ("製品のカーボンフットプリント（少なくとも）", "少なくとも"),
    "ko": ("제품 탄소발자국, 최소", "최소"),
    "th": ("คาร์บอนฟุตพริ้นท์ของผลิตภัณฑ์ อย่างน้อย", "อย่างน้อย"),
    "de": ("CO2-Fußabdruck des Produkts, mindestens", "mindestens"),
    "fr": ("Empreinte carbone du produit, au moins", "au moins"),
}
#: What a person calls that which is lacking.
CALLED = {
    "gaps": "lines without data",
    "screening": "class of material",
    "part_steps": "steps in the making of parts",
    "making_of_parts": "the making of parts that count by their material",
    "cut_off": "inputs that imported datasets leave out",
    "supplier_coverage": "what suppliers' figures leave out",
    "unlisted_mass": "what the product weighs beyond its lines",
}


def lacking(*codes: str, **product: Any) -> CertificateView:
    document = samples.footprint_document(**product)
    document["coverage"] = {"mass": 1.0, "lines": 1.0}
    document["completeness"] = {"word": "at least" if codes else "complete", "lacks": list(codes)}
    return build_view(document, samples.decision_document(), samples.issuance())


def on_label(view: CertificateView, language: Language, size: Any) -> str:
    drawn = label_layout(view, words(language), size)
    return squeezed("".join(text.content for text in drawn.texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_at_least_beside_the_number(language: Language) -> None:
    view, (heading, least) = lacking("making_of_parts"), LEAST[language]
    for size in some(SIZES):
        assert squeezed(heading) in on_label(view, language, size), size
        assert squeezed(f"{least} {view.shown_amount}") in squeezed(
            label_svg(view, language, size=size)
        ), size
    printed = pdf_text(certificate_pdf(view, language, issue_credential(view, samples.key())))
    shown = squeezed("".join(page(view, language).parts))
    what = words(language).word("lacks", "making_of_parts")
    for text in some((printed, shown)):
        assert squeezed(heading) in text
        assert squeezed(f"{least} {view.shown_amount}") in text
        assert squeezed(what) in text
    assert squeezed(what) in on_label(view, language, "full")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_complete_does_not_say_at_least(language: Language) -> None:
    view, (heading, least) = lacking(), LEAST[language]
    number = squeezed(f"{least} {view.shown_amount}")
    for size in some(SIZES):
        assert squeezed(least) not in on_label(view, language, size), size
    shown = squeezed("".join(page(view, language).parts))
    assert squeezed(heading) not in shown
    assert number not in shown
    assert "lacks" not in view_document(view)


@pytest.mark.parametrize("code", CALLED)
def test_each_thing_that_lacks_is_called_by_its_name(code: str) -> None:
    view = lacking(code)
    shown = "".join(page(view, "en").parts)
    assert "At least so much. Not in it: " in shown
    assert CALLED[code] in shown


def test_all_that_lacks_fits_the_full_label_in_every_language() -> None:
    view = lacking(*CALLED)
    for language in some(LANGUAGES):
        texts = words(language)
        for code in some(CALLED):
            assert squeezed(texts.word("lacks", code)) in on_label(view, language, "full"), code


def test_a_share_of_the_mass_that_no_line_is_makes_the_number_the_least_too() -> None:
    document = samples.footprint_document()
    document["coverage"]["mass"] = 0.9
    view = build_view(document, samples.decision_document(), samples.issuance())
    assert (view.lacks, view.complete) == ((), False)
    assert squeezed(LEAST["en"][0]) in on_label(view, "en", "mini")


def test_the_credential_says_that_the_value_is_a_lower_bound() -> None:
    (assessment,) = credential_payload(lacking("part_steps", "cut_off"))["credentialSubject"][
        "conformityAssessment"
    ]
    lacks = "steps that models of parts do not have, inputs that datasets were imported without"
    said = f"The value is a lower bound; it lacks: {lacks}"
    assert said in assessment["specifiedCondition"]


def test_the_codes_are_signed_and_read_back() -> None:
    view = lacking("making_of_parts")
    document = view_document(view)
    assert document["lacks"] == ["making_of_parts"]
    assert view_from_document(document).lacks == ("making_of_parts",)


def test_an_event_says_it_too() -> None:
    of_event = words("en").of_whole()
    said = of_event.say("footprint_least", footprint=of_event.say("product_footprint"))
    assert said == "Carbon footprint, at least"

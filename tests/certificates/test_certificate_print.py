from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any

import certificate_samples as samples
import pytest
from evidence import some
from page_reading import ISSUED, page
from pdf_reading import pdf_text, squeezed
from pypdf import PdfReader

from footprint.certificates import (
    RegisterStatus,
    build_view,
    issue_credential,
    verify_credential,
    view_document,
)
from footprint.certificates.report import VerificationCheck, VerificationReport
from footprint.faults import InputRefused
from label_templates import render
from label_templates.content.sections import Row
from label_templates.content.sheet import CertificateSheet, SheetFinding, make_sheet
from label_templates.label.layout import label_layout
from label_templates.render import (
    LANGUAGES,
    Language,
    certificate_page,
    certificate_pdf,
    renderer_id,
)
from label_templates.type import typesetting
from label_templates.type.fonts import printable
from label_templates.words import words

TOKEN = issue_credential(samples.view(), samples.key())
HOSTILE = [
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{words}",
    '" onload="x',
    "*_`$#@~\\u{41}",
    "Çelik łaz CO₂",
]


def sheet_texts(sheet: CertificateSheet) -> set[str]:
    """Every text that a sheet holds, whatever its shape."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        elif isinstance(value, SheetFinding):
            walk((value.label, value.verdict, value.says, value.extra))
        elif isinstance(value, Row):
            walk((value.label, value.value))
        elif hasattr(value, "__dataclass_fields__"):
            walk(tuple(getattr(value, name) for name in value.__dataclass_fields__))

    walk(sheet)
    return found - {sheet.colour, ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_the_sheet_is_on_the_page_and_in_the_pdf(language: Language) -> None:
    view = samples.view(renderer="renderer 1")
    wanted = sheet_texts(make_sheet(view, words(language)))
    on_page = squeezed("".join(page(view, language).parts))
    in_pdf = pdf_text(certificate_pdf(view, language, TOKEN))
    assert len(wanted) > 80
    assert {text for text in wanted if squeezed(text) not in on_page} == set()
    assert {text for text in wanted if squeezed(printable(text)) not in in_pdf} == set()


#: Fields that a reader is shown in another form, or that stand in the credential only.
SHOWN_AS_WORDS = {"tier", "boundary", "scheme", "declared_unit", "self_declared", "status_list"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_view_reaches_the_reader(language: Language) -> None:
    view = samples.view(renderer="renderer 1", status_index=98765)
    text = squeezed("".join(page(view, language).parts))
    for name, value in some(view_document(view).items()):
        if isinstance(value, str) and name not in {*SHOWN_AS_WORDS, "type", "schema", "base_url"}:
            percent = {"coverage_mass": "98.5", "coverage_lines": "100"}
            if name != "verify_url":
                assert squeezed(percent.get(name, value)) in text, name
        elif isinstance(value, int) and name not in SHOWN_AS_WORDS:
            assert str(value) in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_view_gives_the_same_bytes(language: Language) -> None:
    view = samples.view()
    made = certificate_pdf(view, language, TOKEN)
    assert certificate_pdf(view, language, TOKEN) == made
    typesetting._certificate.cache_clear()
    assert certificate_pdf(view, language, TOKEN) == made, "set anew, it is not the same"
    assert certificate_page(view, language, ISSUED) == certificate_page(view, language, ISSUED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_an_accessible_archive_with_both_attachments(language: Language) -> None:
    reader = PdfReader(BytesIO(certificate_pdf(samples.view(), language, TOKEN)))
    metadata = reader.xmp_metadata
    assert metadata is not None
    raw = metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")3", raw)
    assert re.search(r"pdfaid:conformance(>|=\")A", raw)
    assert re.search(r"pdfuaid:part(>|=\")1", raw)
    assert reader.attachments["credential.vc.jwt"] == [TOKEN.encode()]
    assert json.loads(reader.attachments["certificate.json"][0]) == view_document(samples.view())


@pytest.mark.parametrize(("name", "language"), [*product(HOSTILE, LANGUAGES)])
def test_a_hostile_name_is_text_on_the_page_and_in_the_pdf(name: str, language: Language) -> None:
    view = samples.view(
        product={"name": name, "name_zh": "", "company": name, "company_zh": ""},
        issuer_name=name,
        issuer_name_zh="",
    )
    shown = page(view, language)
    assert name in "".join(shown.parts)
    assert "script" not in shown.tags
    assert not any(attribute.startswith("on") for attribute, _ in shown.attributes)
    pdf = certificate_pdf(view, language, TOKEN)
    assert squeezed(printable(name)) in pdf_text(pdf)
    assert "root:" not in pdf_text(pdf)


def test_a_page_that_was_kept_is_that_of_its_text_time_and_state() -> None:
    """Whatever differs, another page; and after many others the same again."""
    view = samples.view()
    first = certificate_pdf(view, "en", TOKEN)
    others = [
        certificate_pdf(samples.view(product={"name": "Another"}), "en", TOKEN),
        certificate_pdf(view, "de", TOKEN),
        certificate_pdf(view, "en", TOKEN + "x"),
        certificate_pdf(view, "en", TOKEN, "revoked"),
    ]
    assert len({first, *others}) == 5
    for place in range(typesetting._KEPT):
        certificate_pdf(samples.view(product={"name": f"Bottle {place}"}), "en", TOKEN)
    assert certificate_pdf(view, "en", TOKEN) == first


def test_threads_share_the_compiler_without_mixing_their_pages() -> None:
    views = [samples.view(product={"name": f"Bottle {place}"}) for place in range(8)]
    alone = [certificate_pdf(view, "en", TOKEN) for view in views]
    typesetting._certificate.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda view: certificate_pdf(view, "en", TOKEN), views)) == alone


def test_a_text_that_no_font_shows_is_refused_before_anything_is_printed() -> None:
    view = samples.view(product={"description": "குடுவை 😀"})
    with pytest.raises(InputRefused, match="CER-010"):
        certificate_pdf(view, "en", TOKEN)


def test_words_too_long_for_a_line_are_broken_but_hashes_stay_whole() -> None:
    view = samples.view(product={"description": "W" * 300})
    reader = PdfReader(BytesIO(certificate_pdf(view, "en", TOKEN)))
    text = "".join(p.extract_text() for p in reader.pages)
    assert "W" * 300 in squeezed(text)
    assert "W" * 60 not in text.replace("\u200b", "")
    assert view.rules_hash in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_no_script_and_nothing_from_elsewhere(language: Language) -> None:
    shown = page(samples.view(), language)
    assert shown.tags.isdisjoint({"script", "iframe", "img", "form", "object"})
    links = [value or "" for name, value in shown.attributes if name in ("href", "src")]
    assert links.pop(0) == "data:,"  # no mark of a page is asked for beside it
    assert all(link.startswith(("?lang=", "../")) for link in links)
    assert not any(name == "style" for name, _ in shown.attributes)


@pytest.mark.parametrize(
    "state", ["not_yet_valid", "suspended", "revoked", "expired", "superseded", "draft", "invalid"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_what_is_not_in_force_says_so_first(state: Any, language: Language) -> None:
    status = RegisterStatus(
        state,
        samples.AS_OF,
        since=samples.ISSUED_AT,
        reason="Data <error>",
        superseded_by="FP-0000-0000-0",
    )
    text = "".join(page(samples.view(), language, status).parts)
    word = words(language).word("states", state)
    assert word != state
    assert text.index(word) < text.index("2.47")
    assert text.index(words(language).word("state_says", state)) < text.index("2.47")
    assert "Data <error>" in text
    assert "FP-0000-0000-0" in text
    assert "2027-01-15 12:00 UTC" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_begins_with_one_sentence_for_everyone(language: Language) -> None:
    view = samples.view()
    text = "".join(page(view, language).parts)
    sentence = make_sheet(view, words(language)).lead
    name = view.product_name_zh if language.startswith("zh") else view.product_name
    for part in (name, view.shown_amount, view.valid_until, view.declared_amount):
        assert part in sentence
    assert words(language).word("lead_limits", view.tier) in sentence
    assert text.index(sentence) < text.index(words(language).word("states", "issued"))


@pytest.mark.parametrize("tier", ["disclosure", "reduction", "low-carbon", "neutral"])
def test_every_tier_says_what_it_does_not_mean(tier: str) -> None:
    view = replace(samples.view(), tier=tier)
    sentences = {make_sheet(view, words(language)).lead for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert all(tier not in sentence for sentence in sentences)


def test_of_what_failed_a_check_the_page_shows_the_failure_and_no_details() -> None:
    report = verify_credential(TOKEN, samples.jwks(), samples.AS_OF)
    failing = VerificationReport(
        "invalid", (*report.checks, VerificationCheck("key", "failed", "VER-005", "k", "k"))
    )
    text = certificate_page(samples.view(), "en", RegisterStatus("invalid", samples.AS_OF), failing)
    assert "1 of 12 checks failed" in text
    assert "VER-005" in text.split("<figure")[0]
    assert "download" not in text.lower()
    assert samples.view().total_kg_co2e not in text


def test_the_page_shows_the_checks_of_a_report() -> None:
    report = verify_credential(TOKEN, samples.jwks(), samples.AS_OF)
    text = certificate_page(samples.view(), "en", ISSUED, report)
    assert "The signature matches the content." in text


def test_the_policy_source_is_the_hash_of_the_style_block() -> None:
    import base64
    import hashlib

    html = certificate_page(samples.view(), "en", ISSUED)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert render.page_style_source() == f"'sha256-{digest}'"


@pytest.mark.parametrize("language", LANGUAGES)
def test_incomplete_data_are_said_on_every_form(language: Language) -> None:
    sentence = make_sheet(samples.view(), words(language)).coverage
    assert "98.5" in sentence
    drawn = label_layout(samples.view(), words(language)).texts
    assert squeezed(sentence) in squeezed("".join(text.content for text in drawn))
    # A number and its sign stay on one line of a page.
    assert sentence.replace(" %", "\u00a0%") in "".join(page(samples.view(), language).parts)


@pytest.mark.parametrize(
    ("covered", "unlisted", "shown"),
    [
        (1.0, 0.2277227722, "0.772"),
        (0.985, 0.1, "0.886"),
        (1.0, 1e-9, "0.999"),
        (0.985, None, "0.985"),
    ],
)
def test_what_a_product_weighs_beyond_its_lines_is_not_covered(
    covered: float, unlisted: float | None, shown: str
) -> None:
    document = samples.footprint_document()
    document["coverage"]["mass"] = covered
    document["completeness"] = {} if unlisted is None else {"unlisted_mass_share": unlisted}
    view = build_view(document, samples.decision_document(), samples.issuance())
    assert view.coverage_mass == shown
    assert not make_sheet(view, words("en")).covered_in_full


def test_a_coverage_just_below_one_does_not_read_as_complete() -> None:
    footprint = samples.footprint_document()
    footprint["coverage"] = {"mass": 0.99999, "lines": 1.0}
    view = build_view(footprint, samples.decision_document(), samples.issuance())
    sheet = make_sheet(view, words("en"))
    assert not sheet.covered_in_full
    assert "99.999 %" in sheet.coverage


def test_the_renderer_of_certificates_does_not_depend_on_the_report() -> None:
    assert renderer_id() != renderer_id(with_reports=True)
    assert (
        renderer_id().partition(", templates ")[0]
        == (renderer_id(with_reports=True).partition(", templates ")[0])
    )

"""Render a certificate: label (SVG, PNG, PDF), certificate (PDF/A-3 with attachments), public page.

Every function is pure: the same view gives the same bytes. Nothing is fetched, no clock is read,
and no text of a user is ever treated as a template.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from io import BytesIO
from typing import Any, cast, get_args

from markupsafe import Markup
from pypdf import PdfReader

from footprint.certificates.register import RegisterStatus, State
from footprint.certificates.report import VerificationReport
from footprint.certificates.view import CertificateView, view_bytes, view_from_document
from footprint.version import __version__
from label_templates import typesetting
from label_templates.artwork import draw_svg, label_pdf, label_png, label_svg
from label_templates.environment import LANGUAGE_TAGS, environment
from label_templates.fit import breakable
from label_templates.fonts import FONT_ID, families, printable
from label_templates.label import SIZES, Size
from label_templates.printable import check_printable
from label_templates.qr import qr_svg
from label_templates.sheet import make_sheet
from label_templates.words import LANGUAGES, Language, Words, own_names, words

__all__ = [
    "LANGUAGES",
    "SIZES",
    "Language",
    "Size",
    "broken_page",
    "certificate_page",
    "certificate_pdf",
    "check_printable",
    "label_pdf",
    "label_png",
    "label_svg",
    "page_style_source",
    "pdf_candidates",
    "renderer_id",
    "unknown_page",
]

#: Words that the PDF's template uses by name.
_PDF_WORDS = (
    "attachments",
    "by_stage",
    "certificate",
    "check_online",
    "conditions",
    "confirm_first",
    "confirm_first_says",
    "download_credential",
    "markets",
    "prevails",
    "product_footprint",
    "rounding",
    "scan",
    "sources",
    "valid_only",
)


def certificate_pdf(
    view: CertificateView, language: Language, credential_jwt: str, state: State = "issued"
) -> bytes:
    """The certificate as PDF/A-3a and PDF/UA-1, the credential and certificate.json attached.

    `state`: what the register says; one that is not in force stands on every page, and so does that
    of a draft. Dated with the time of issue. Raises InputRefused (CER-010) as `label_svg` does.
    """
    check_printable(view)
    texts = words(language)
    issued = datetime.strptime(view.issued_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    tag, region = LANGUAGE_TAGS[language]
    state = "draft" if view.draft and state == "issued" else state
    data = {
        "state": state,
        "state_word": "" if state == "issued" else texts.word("states", state),
        "state_says": "" if state == "issued" else texts.word("state_says", state),
        "sheet": _typeset(asdict(make_sheet(view, texts)), language),
        "words": {
            **{name: texts.say(name) for name in _PDF_WORDS},
            "title": texts.say("certificate"),
            "page_of": texts.say("page_of", page="#p", pages="#n"),
            "qr_alt": texts.say("qr_alt", url=view.verify_url),
        },
        "fonts": families(language),
        "lang": tag,
        "region": region,
        "rule_lang": texts.rule_language.partition("-")[0],
        "rule_region": "cn" if texts.rule_language == "zh-Hans" else "gb",
        "number": view.number,
        "issuer": printable(texts.pick(view.issuer_name, view.issuer_name_zh)),
        "url": view.verify_url,
    }
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "qr": qr_svg(view.verify_url),
        "credential": credential_jwt,
        "certificate": view_bytes(view).decode("utf-8"),
    }
    return typesetting.certificate(inputs, int(issued.timestamp()))


def pdf_candidates(
    view_document: Mapping[str, Any], credential_jwt: str, pdf: bytes = b""
) -> Iterator[bytes]:
    """The PDF in each language: what `verify_file` compares a file with.

    `pdf`: the file itself, if it is at hand. Then only the language that it names is typeset, or
    nothing if it names none of ours: no page of ours would be the same bytes.
    Raises InputRefused (CER-010, CER-011).
    """
    view = view_from_document(view_document)
    languages, state = _said_by(pdf) if pdf else (LANGUAGES, "issued")
    for language in languages:
        yield certificate_pdf(view, language, credential_jwt, cast("State", state))


def _said_by(pdf: bytes) -> tuple[tuple[Language, ...], str]:
    """The language of ours that the catalog of a PDF names, none for any other file; and the state
    that is named in its keywords."""
    try:
        reader = PdfReader(BytesIO(pdf))
        said = str(reader.root_object.get("/Lang", "")).lower()
        keywords = "" if reader.metadata is None else str(reader.metadata.get("/Keywords", ""))
    except Exception:  # noqa: BLE001 - a hostile file may fail in any way, and is none of ours
        return (), "issued"
    state = keywords if keywords in get_args(State) else "issued"
    return tuple(name for name, tag in LANGUAGE_TAGS.items() if said == "-".join(tag)), state


def certificate_page(
    view: CertificateView,
    language: Language,
    status: RegisterStatus,
    report: VerificationReport | None = None,
) -> str:
    """The public page for /verify/{number}: one sentence for everyone, label, checks, and folded
    behind them all fields and how to check without this site. Of a certificate that failed a check
    nothing is shown as a fact. Needs no script; links are relative to the page's own address.

    `report`: the checks of the signed credential, shown when given.
    """
    texts = words(language)
    label = draw_svg(view, language, "full", status.state)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            words=texts,
            sheet=make_sheet(view, texts),
            status=status,
            report=report,
            tally=_tally(report, texts),
            style=Markup(_style()),  # noqa: S704 - our own file
            label=Markup(label),  # noqa: S704 - escaped by its own template already
            language=language,
            languages=own_names(),
            files=f"../v1/certificates/{view.number}",
        )
    )


def _tally(report: VerificationReport | None, texts: Words) -> str:
    """How many checks there were and how they went, in words."""
    outcomes = [check.outcome for check in report.checks] if report else []
    count, failed = len(outcomes), outcomes.count("failed")
    if failed:
        return texts.say("some_failed", failed=failed, count=count)
    passed = outcomes.count("passed")
    sentence = "all_passed" if passed == count else "some_passed"
    return texts.say(sentence, passed=passed, count=count)


def broken_page(number: str, language: Language, report: VerificationReport) -> str:
    """The page of a certificate of which the register keeps nothing that can be shown."""
    texts = words(language)
    return (
        environment()
        .get_template("broken.html.j2")
        .render(
            number=number,
            words=texts,
            report=report,
            tally=_tally(report, texts),
            style=Markup(_style()),  # noqa: S704 - our own file
            language=language,
            languages=own_names(),
        )
    )


def unknown_page(number: str, language: Language, code: str) -> str:
    """The page for a number that the register does not have; `code` is that of the error."""
    texts = words(language)
    return (
        environment()
        .get_template("unknown.html.j2")
        .render(
            number=number,
            words=texts,
            code=code,
            style=Markup(_style()),  # noqa: S704 - our own file
            language=language,
            languages=own_names(),
        )
    )


def page_style_source() -> str:
    """What a Content-Security-Policy has to allow as `style-src` for the page's style block."""
    return f"'sha256-{b64encode(hashlib.sha256(_style().encode()).digest()).decode()}'"


@cache
def renderer_id(*, with_reports: bool = False) -> str:
    """Names all that decides how a page looks: our files, the fonts, typst and its version.

    Goes into `Issuance.renderer`, so that a verifier knows whether it can make the page again.
    Files of the footprint report count only `with_reports`: no certificate is made of them.
    """
    digest = hashlib.sha256()
    folder = typesetting.TEMPLATES.parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in _RENDERING_FILES)
    for path in files:
        if path.name.startswith("report") and not with_reports:
            continue
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    engines = f"footprint {__version__}, typst {version('typst')}, {FONT_ID}"
    return f"{engines}, templates {digest.hexdigest()[:16]}"


_RENDERING_FILES = (".py", ".typ", ".j2", ".css", ".yaml")


def _typeset(value: Any, language: Language) -> Any:
    """Every text in a JSON value as typst should set it."""
    if isinstance(value, str):
        return breakable(printable(value), language)
    if isinstance(value, dict):
        return {name: _typeset(item, language) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item, language) for item in value]
    return value


@cache
def _style() -> str:
    return (typesetting.TEMPLATES / "page.css").read_text(encoding="utf-8")

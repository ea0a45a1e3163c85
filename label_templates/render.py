"""Render a certificate: label (SVG, PNG), certificate (PDF/A-3 with attachments), public page.

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
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from footprint.certificates.faults import NO_GLYPH
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport
from footprint.certificates.view import (
    CertificateView,
    view_bytes,
    view_document,
    view_from_document,
)
from footprint.version import __version__
from label_templates import typesetting
from label_templates.fit import breakable
from label_templates.fonts import FALLBACK_FAMILY, FAMILY, FONT_ID, missing_characters, printable
from label_templates.label import WIDTH, label_layout
from label_templates.qr import qr_svg
from label_templates.sheet import make_sheet
from label_templates.words import LANGUAGES, Language, words

__all__ = [
    "LANGUAGES",
    "Language",
    "certificate_page",
    "certificate_pdf",
    "check_printable",
    "label_png",
    "label_svg",
    "page_style_source",
    "pdf_candidates",
    "renderer_id",
]

#: Fonts that viewers have; the first is the one that PNG and PDF embed.
_SVG_FAMILIES = f"{FAMILY}, Noto Sans SC, PingFang SC, Microsoft YaHei, Arial, sans-serif"
_LANGUAGE_TAGS = {"en": ("en", "gb"), "zh": ("zh", "cn")}
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
    "product_footprint",
    "rounding",
    "scan",
    "sources",
    "valid_only",
)
_POINTS_PER_INCH = 72


def label_svg(view: CertificateView, language: Language) -> str:
    """The label as one self-contained SVG document with live text.

    Raises InputRefused (CER-010) for characters that the fonts cannot show.
    """
    check_printable(view)
    return _label(view, language)


def label_png(view: CertificateView, language: Language, width_px: int = 800) -> bytes:
    """The label as a PNG, `width_px` pixels wide (200 to 4000).

    Raises ValueError for another width, InputRefused (CER-010) as `label_svg` does.
    """
    if not 200 <= width_px <= 4000:
        raise ValueError(f"a label is 200 to 4000 pixels wide, not {width_px}")
    svg = label_svg(view, language)
    ppi = width_px * _POINTS_PER_INCH / WIDTH
    return typesetting.png("label.typ", {"svg": svg, "width": f"{WIDTH:g}"}, ppi)


def certificate_pdf(view: CertificateView, language: Language, credential_jwt: str) -> bytes:
    """The certificate as PDF/A-3a and PDF/UA-1, the credential and certificate.json attached.

    Dated with the time of issue. Raises InputRefused (CER-010) as `label_svg` does.
    """
    check_printable(view)
    texts = words(language)
    issued = datetime.strptime(view.issued_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    tag, region = _LANGUAGE_TAGS[language]
    data = {
        "sheet": _typeset(asdict(make_sheet(view, texts))),
        "words": {
            **{name: texts.say(name) for name in _PDF_WORDS},
            "title": texts.say("certificate"),
            "page_of": texts.say("page_of", page="#p", pages="#n"),
            "qr_alt": texts.say("qr_alt", url=view.verify_url),
        },
        "fonts": [FAMILY, FALLBACK_FAMILY],
        "lang": tag,
        "region": region,
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
    return typesetting.pdf("certificate.typ", inputs, int(issued.timestamp()))


def pdf_candidates(view_document: Mapping[str, Any], credential_jwt: str) -> Iterator[bytes]:
    """The PDF in each language: what `verify_file` compares a file with.

    Raises InputRefused (CER-010, CER-011).
    """
    view = view_from_document(view_document)
    for language in LANGUAGES:
        yield certificate_pdf(view, language, credential_jwt)


def certificate_page(
    view: CertificateView,
    language: Language,
    status: RegisterStatus,
    report: VerificationReport | None = None,
) -> str:
    """The public page for /verify/{number}: status first, then label, all fields, and how to
    check without this site. Needs no script; links are relative to the page's own address.

    `report`: the checks of the signed credential, shown when given.
    """
    texts = words(language)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            words=texts,
            sheet=make_sheet(view, texts),
            status=status,
            report=report,
            style=Markup(_style()),  # noqa: S704 - our own file
            label=_page_label(view, language),
            language=language,
            other="zh" if language == "en" else "en",
            files=f"../v1/certificates/{view.number}",
        )
    )


def page_style_source() -> str:
    """What a Content-Security-Policy has to allow as `style-src` for the page's style block."""
    return f"'sha256-{b64encode(hashlib.sha256(_style().encode()).digest()).decode()}'"


@cache
def renderer_id() -> str:
    """Names all that decides how a page looks: our files, the font, typst and its version.

    Goes into `Issuance.renderer`, so that a verifier knows whether it can make the page again.
    """
    digest = hashlib.sha256()
    folder = typesetting.TEMPLATES.parent
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _RENDERING_FILES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    engines = f"footprint {__version__}, typst {version('typst')}, {FONT_ID}"
    return f"{engines}, templates {digest.hexdigest()[:16]}"


_RENDERING_FILES = (".py", ".typ", ".j2", ".css", ".yaml")


def check_printable(view: CertificateView) -> None:
    """Raise InputRefused (CER-010), naming the characters, unless every text can be printed.

    Call it before issuing: a certificate that cannot be printed must not be signed.
    """
    lacking = _lacking(json.dumps(view_document(view), ensure_ascii=False))
    if lacking:
        listed = ", ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:10])
        raise NO_GLYPH.refuse(
            f"The fonts cannot show {listed}.",
            hint="Write the text in Latin, Greek, Cyrillic, Chinese, Japanese or Korean letters.",
        )


def _lacking(text: str) -> str:
    """The characters that neither the embedded font nor typst's own can show."""
    return "".join(c for c in missing_characters([text]) if not _shown_by_fallback(c))


@cache
def _shown_by_fallback(character: str) -> bool:
    try:
        typesetting.pdf("glyph.typ", {"text": character}, 0)
    except typesetting.CannotSetError:
        return False
    return True


def _typeset(value: Any) -> Any:
    """Every text in a JSON value as typst should set it."""
    if isinstance(value, str):
        return breakable(printable(value))
    if isinstance(value, dict):
        return {name: _typeset(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item) for item in value]
    return value


def _label(view: CertificateView, language: Language) -> str:
    texts = words(language)
    return (
        _environment()
        .get_template("label.svg.j2")
        .render(
            layout=label_layout(view, texts),
            width=WIDTH,
            lang=texts["html_lang"],
            family=_SVG_FAMILIES,
        )
    )


def _page_label(view: CertificateView, language: Language) -> Markup:
    """The label for use inside HTML: escaped by its own template already."""
    return Markup(_label(view, language))  # noqa: S704


@cache
def _style() -> str:
    return (typesetting.TEMPLATES / "page.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(typesetting.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["utc"] = _utc
    return environment


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")

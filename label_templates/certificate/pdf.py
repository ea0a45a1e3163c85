"""The certificate as PDF/A-3a and PDF/UA-1 with its attachments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any, cast, get_args

from pypdf import PdfReader

from footprint.certificates.register import State
from footprint.certificates.view import CertificateView, view_bytes, view_from_document
from label_templates.content.phrases import view_words
from label_templates.content.printable import check_printable
from label_templates.content.sheet import make_sheet
from label_templates.drawing.qr import qr_code
from label_templates.drawing.shapes import Code
from label_templates.environment import LANGUAGE_TAGS
from label_templates.type import typesetting
from label_templates.type.breaks import breakable
from label_templates.type.fonts import families, printable
from label_templates.words import LANGUAGES, Language, Words

#: Words that the PDF's template uses by name.
_PDF_WORDS = (
    "attachments",
    "by_stage",
    "certificate",
    "conditions",
    "confirm_first",
    "confirm_first_says",
    "download_credential",
    "markets",
    "prevails",
    "rounding",
    "scan",
    "limits",
    "showing_conditions",
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
    texts = view_words(view, language)
    issued = datetime.strptime(view.issued_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    tag, region = LANGUAGE_TAGS[language]
    state = "draft" if view.draft and state == "issued" else state
    data = {
        "state": state,
        "state_line": "" if state == "issued" else _state_line(texts, state),
        "sheet": _typeset(make_sheet(view, texts), language),
        "words": {
            **{name: texts.say(name) for name in _PDF_WORDS},
            "title": texts.say("certificate"),
            "qr_alt": texts.say("qr_alt", url=view.verify_url),
        },
        "fonts": families(language),
        "lang": tag,
        "region": region,
        "rule_lang": texts.rule_language.partition("-")[0],
        "rule_region": "cn" if texts.rule_language == "zh-Hans" else "gb",
        "number": view.number,
        "issuer": printable(texts.pick(view.issuer_name, view.issuer_name_zh)),
    }
    foot = {
        "number": view.number,
        "url": view.verify_url,
        "check_online": texts.say("check_online"),
        "page_of": texts.say("page_of", page="#p", pages="#n"),
    }
    inputs = {
        "data.json": json.dumps(data, ensure_ascii=False),
        "foot.json": json.dumps(foot, ensure_ascii=False),
        "code.json": json.dumps(_plain(qr_code(view.verify_url))),
        "credential.vc.jwt": credential_jwt,
        "certificate.json": view_bytes(view).decode("utf-8"),
    }
    return typesetting.certificate(inputs, int(issued.timestamp()))


def _state_line(texts: Words, state: State) -> str:
    """The state with what it means; once, where the sentence begins with the word."""
    word, says = texts.word("states", state), texts.word("state_says", state)
    return says if says.startswith(word) else f"{word}{texts['colon']}{says}"


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


def _plain(code: Code) -> dict[str, Any]:
    return {name: getattr(code, name) for name in ("runs", "x", "y", "scale", "modules")}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _typeset(value: Any, language: Language) -> Any:
    """A sheet, or a value in one, as JSON with every text as typst should set it."""
    if isinstance(value, str):
        return breakable(printable(value), language)
    if is_dataclass(value) and not isinstance(value, type):
        names = _names(type(value))
        return {name: _typeset(getattr(value, name), language) for name in names}
    if isinstance(value, dict):
        return {name: _typeset(item, language) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item, language) for item in value]
    return value

"""The report as PDF: PDF/A-3a and PDF/UA-1, the font embedded, the JSON result attached."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from footprint.report.faults import NO_GLYPH
from footprint.report.model import FootprintReport
from label_templates import typesetting
from label_templates.fonts import families, missing_characters, printable
from label_templates.report_blocks import Block, Cell, Front, Section
from label_templates.report_drawing import CJK, Drawing, text_width, wrapped
from label_templates.report_html import drawing_svg
from label_templates.report_sheet import report_sheet
from label_templates.report_words import ReportLanguage, report_words

_PORTRAIT_MM, _LANDSCAPE_MM = 174.0, 261.0
_POINTS_PER_MM = 72.0 / 25.4
_TABLE_SIZE = 8.0
_WIDE_TABLE_SIZE = 7.4
#: What the padding of a cell takes, in points.
_PADDING = 2.8 * _POINTS_PER_MM
_FOOTER_POINTS = 400.0
_NOTHING = "\u200b"


def report_pdf(
    report: FootprintReport, language: ReportLanguage, document: Mapping[str, Any]
) -> bytes:
    """The report as PDF, dated with the report's own date; `document` (the result as JSON) is
    attached as `footprint.json`.

    Raises InputRefused (RPT-001) for characters that the fonts cannot show.
    """
    data = _data(report, language)
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "document": json.dumps(document, ensure_ascii=False, indent=2),
    }
    moment = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    try:
        return typesetting.pdf("report.typ", inputs, int(moment.timestamp()))
    except typesetting.CannotSetError as error:
        raise _refused(inputs["data"], error) from error


def _refused(text: str, error: typesetting.CannotSetError) -> Exception:
    """RPT-001 with the characters that no font shows, or the error itself if there are none."""
    lacking = [char for char in missing_characters([text]) if _blank(char)]
    if not lacking:
        return error
    listed = ", ".join(f"{char} (U+{ord(char):04X})" for char in lacking[:10])
    return NO_GLYPH.refuse(
        f"The fonts of the PDF cannot show {listed}.",
        hint="Take the format html or xlsx, or write the text in Latin, Greek, Cyrillic, Thai, "
        "Chinese, Japanese or Korean letters.",
    )


def _blank(char: str) -> bool:
    try:
        inputs = {"text": char, "fonts": json.dumps(families("en"))}
        typesetting.pdf("glyph.typ", inputs, 0)
    except typesetting.CannotSetError:
        return True
    return False


def _data(report: FootprintReport, language: ReportLanguage) -> dict[str, Any]:
    words = report_words(language)
    sheet = report_sheet(report, words)
    front = sheet.front
    head = wrapped(front.product, _FOOTER_POINTS * 0.6, 7.5, 1)[0]
    return {
        "front": _front(front, language),
        "sections": [_section(section, language) for section in sheet.sections],
        "fonts": families(language),
        "lang": words["pdf_lang"],
        "region": words["pdf_region"],
        "title_size": _title_size(front.product),
        "amount_size": 40 if len(front.amount) <= 7 else 24,
        "footer": _set(f"{front.title} · {head} · {report.date}"),
        "page_of": words.say("page_of", page="#p", pages="#n"),
        "attached": words.say("attached"),
    }


def _title_size(name: str) -> int:
    """Points: long names step back, so that the number keeps its place on the first page."""
    width = text_width(name, 1.0)
    if width < 24:
        return 19
    return 14 if width < 60 else 10


def _front(front: Front, language: ReportLanguage) -> dict[str, Any]:
    texts = ("title", "product", "product_other", "company", "dated", "amount", "of", "interval")
    shown: dict[str, Any] = {name: _set(getattr(front, name)) for name in texts}
    shown["status"], shown["warning"] = front.status, front.warning
    shown["facts"] = [_fact(fact.label, fact.value, fact.code) for fact in front.facts]
    for name in ("top", "chart", "not_covered"):
        shown[name] = _block(getattr(front, name), language)
    return shown


def _section(section: Section, language: ReportLanguage) -> dict[str, Any]:
    blocks = [_block(block, language, section.wide) for block in section.blocks]
    return {
        "number": section.number,
        "title": section.title,
        "wide": section.wide,
        "blocks": blocks,
    }


def _block(block: Block, language: ReportLanguage, wide: bool = False) -> dict[str, Any]:
    size = _WIDE_TABLE_SIZE if wide else _TABLE_SIZE
    page = (_LANDSCAPE_MM if wide else _PORTRAIT_MM) * _POINTS_PER_MM
    shares = sum(column.width for column in block.columns)
    rooms = [page * column.width / shares - _PADDING for column in block.columns]
    return {
        "kind": block.kind,
        "title": block.title,
        "texts": [_set(text) for text in block.texts],
        "facts": [_fact(fact.label, fact.value, fact.code) for fact in block.facts],
        "size": size,
        "columns": [
            {
                "label": _set(column.label, room, size),
                "numbers": column.numbers,
                "width": column.width,
            }
            for column, room in zip(block.columns, rooms, strict=True)
        ],
        "rows": [
            [_cell(cell, room, size) for cell, room in zip(row, rooms, strict=True)]
            for row in block.rows
        ],
        **(_picture(block.drawing, language) if block.drawing else {}),
    }


def _picture(drawing: Drawing, language: ReportLanguage) -> dict[str, str]:
    return {
        "svg": printable(drawing_svg(drawing, language)),
        "alt": printable(f"{drawing.title}. {drawing.description}"),
    }


def _fact(label: str, value: str, code: bool) -> dict[str, Any]:
    return {"label": label, "value": _set(value), "code": code}


def _cell(cell: Cell, room: float, size: float) -> dict[str, Any]:
    return {
        "text": _set(cell.text, room, size),
        "small": _set(cell.small, room, size * 0.85),
        "strong": cell.strong,
    }


#: The narrowest place for text outside of tables: beside the number on the first page.
_LEAST_ROOM = 150.0
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
#: Words of letters that break nowhere by themselves, and where one may break first.
_WORD = re.compile(rf"[^\s{CJK}]+")
_JOINTS = re.compile(r"(?<=[-/._:,;=&?@])")


def _set(text: str, room: float = _LEAST_ROOM, size: float = 9.5) -> str:
    """`text` with invisible places to break in words that are wider than their column.

    Content hashes outside of tables stay whole: people copy them.
    """

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        if text_width(word, size) <= room or (room == _LEAST_ROOM and _HASH.fullmatch(word)):
            return word
        parts = [
            part if text_width(part, size) <= room else _NOTHING.join(part)
            for part in _JOINTS.split(word)
        ]
        return _NOTHING.join(parts)

    return _WORD.sub(broken, printable(text))

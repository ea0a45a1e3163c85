"""The report as PDF: PDF/A-3a and PDF/UA-1, the font embedded, the JSON result attached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from footprint.canonical_fast import plain_document
from footprint.report.faults import NO_GLYPH
from footprint.report.model import FootprintReport
from label_templates.drawing.shapes import Drawing
from label_templates.held_numbers import held_text
from label_templates.report.blocks import Cell, Fact, Front, ReportBlock, ReportSection, ReportSheet
from label_templates.report.sheet import bands, report_sheet
from label_templates.report.words import ReportLanguage, ReportWords, report_words
from label_templates.type import typesetting
from label_templates.type.breaks import breakable
from label_templates.type.direction import isolated
from label_templates.type.fit import ROOMY, roomy_width, shortened
from label_templates.type.fonts import families, printable
from label_templates.type.letters import named, texts_in, unprintable_letters

#: What `report.typ` leaves between the margins of A4, and between two columns.
_PAGE_MM, _GUTTER_MM = 182.0, 7.0
_POINTS_PER_MM = 72.0 / 25.4
_TABLE_SIZE = 6.6
#: What the padding of a cell takes, in points.
_PADDING = 1.8 * _POINTS_PER_MM
_FOOTER_POINTS = 400.0
#: The narrowest place for text outside of tables: beside the number on the first page.
_LEAST_ROOM = 150.0


def report_pdf(
    report: FootprintReport, language: ReportLanguage, document: Mapping[str, Any]
) -> bytes:
    """The report as PDF, dated with the report's own date; `document` (the result as JSON) is
    attached as `footprint.json`.

    Raises InputRefused (RPT-001) for characters that the fonts cannot show.
    """
    words = report_words(language)
    sheet = report_sheet(report, words)
    data, foot = _data(sheet, language, words), _foot(sheet.front, report.date, words)
    inputs = {
        "data.json": held_text(json.dumps(data, ensure_ascii=False)),
        "foot.json": json.dumps(foot, ensure_ascii=False),
        "footprint.json": json.dumps(document, ensure_ascii=False, indent=2),
    }
    moment = datetime.fromisoformat(report.date).replace(tzinfo=UTC)
    try:
        return typesetting.pdf("report.typ", inputs, int(moment.timestamp()))
    except typesetting.CannotSetError as error:
        lacking = unprintable_letters(texts_in({"data": data, "foot": foot}), language)
        if not lacking:
            raise
        raise NO_GLYPH.refuse(
            f"The fonts of the PDF cannot show {named(lacking)}.",
            hint="Take the format html or xlsx, or write the text in Latin, Greek, Cyrillic, Thai, "
            "Chinese, Japanese or Korean letters, each mark above or below a letter.",
        ) from error


def _data(sheet: ReportSheet, language: ReportLanguage, words: ReportWords) -> dict[str, Any]:
    front = sheet.front
    return {
        "front": _front(front, words),
        "bands": [
            [[_section(one, words, len(band)) for one in column] for column in band]
            for band in bands(sheet)
        ],
        "fonts": families(language),
        "lang": words["pdf_lang"],
        "region": words["pdf_region"],
        "title_size": _title_size(front.product),
        "amount_size": 40 if len(front.amount) <= 7 else 24,
        "attached": words.say("attached"),
    }


def _foot(front: Front, dated: str, words: ReportWords) -> dict[str, str]:
    """What stands below each page, in a file of its own (see `report.typ`)."""
    head = shortened(front.product, _FOOTER_POINTS * 0.6, 7.5)
    return {
        "footer": _set(f"{front.title} · {isolated(head)} · {dated}"),
        "page_of": words.say("page_of", page="#p", pages="#n"),
    }


def _title_size(name: str) -> int:
    """Points: long names step back, so that the number keeps its place on the first page."""
    width = roomy_width(name, 1.0)
    if width < 24:
        return 19
    return 14 if width < 60 else 10


def _front(front: Front, words: ReportWords) -> dict[str, Any]:
    texts = ("title", "product", "product_other", "company", "dated", "amount", "of", "interval")
    shown: dict[str, Any] = {name: _set(getattr(front, name)) for name in texts}
    shown["status"], shown["warning"] = front.status, front.warning
    shown["facts"] = [_fact(fact) for fact in front.facts]
    for name in ("top", "chart", "not_covered"):
        shown[name] = _block(getattr(front, name), words)
    return shown


def _section(section: ReportSection, words: ReportWords, columns: int) -> dict[str, Any]:
    blocks = [_block(block, words, 2 if block.half else columns) for block in section.blocks]
    return {"number": section.number, "title": section.title, "blocks": blocks}


def _block(block: ReportBlock, words: ReportWords, columns: int = 1) -> dict[str, Any]:
    size = _TABLE_SIZE
    texts = [words["semicolon"].join(block.texts)] if block.fine else block.texts
    page = ((_PAGE_MM + _GUTTER_MM) / columns - _GUTTER_MM) * _POINTS_PER_MM
    shares = sum(column.width for column in block.columns)
    rooms = [page * column.width / shares - _PADDING for column in block.columns]
    # In a column of half a page even a content hash is broken: it would run over the other one.
    beside = columns > 1
    label = _LABEL_MM[beside]
    value = page - label * _POINTS_PER_MM - _PADDING if beside else _LEAST_ROOM
    return {
        "kind": block.kind,
        "half": block.half,
        "fine": block.fine,
        "label": label,
        "title": block.title,
        "texts": [_set(text, page - _PADDING if beside else _LEAST_ROOM) for text in texts],
        "facts": [_fact(fact, value) for fact in block.facts],
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
        **(_picture(block.drawing, words["stop"]) if block.drawing else {}),
    }


def _picture(drawing: Drawing, stop: str) -> dict[str, Any]:
    """What `drawing.typ` draws of it, texts as they are printed, and what it shows in words."""
    texts = [plain_document(text) for text in drawing.texts]
    return {
        "drawing": {
            "width": drawing.width,
            "height": drawing.height,
            "mark": None,  # of labels only, as the code is
            "code": None,
            "boxes": [plain_document(box) for box in drawing.boxes],
            "shapes": [plain_document(shape) for shape in drawing.shapes],
            "texts": [text | {"content": printable(text["content"])} for text in texts],
        },
        "alt": printable(f"{drawing.title}{stop}{drawing.description}"),
    }


#: Millimetres for the names of facts: on the whole width, and in one of two columns.
_LABEL_MM = (52, 36)


def _fact(fact: Fact, room: float = _LEAST_ROOM) -> dict[str, Any]:
    return {"label": fact.label, "value": _set(fact.value, room), "code": fact.code}


def _cell(cell: Cell, room: float, size: float) -> dict[str, Any]:
    text = shortened(cell.text, room, size) if cell.brief else cell.text
    return {
        "text": _set(text, room, size),
        "small": _set(cell.small, room, size * 0.85),
        "strong": cell.strong,
    }


def _set(text: str, room: float = _LEAST_ROOM, size: float = 9.5) -> str:
    """`text` as it is set: with break marks in words that are wider than their column.

    Content hashes on the whole width of a page stay whole: people copy them.
    """
    ems = room / size / ROOMY
    in_table = room != _LEAST_ROOM
    return breakable(printable(text), "en", ems, at_joints=True, hashes=in_table)

"""A web page with a table, saved as .xls: many ERP systems export so, and Excel opens it."""

from __future__ import annotations

import re
from typing import Any

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.encoding import Decoded
from footprint.sheets.grid import check_size
from footprint.sheets.limits import MAX_SHEETS
from footprint.sheets.model import Book, Sheet, Value

_BEGINS = late_pattern(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|table|meta)\b"
)


def is_webpage(text: str) -> bool:
    """Whether the text is HTML."""
    return bool(_BEGINS.match(text[:4096].lower()))


def read_webpage(decoded: Decoded, where: Where) -> Book:
    """The tables of a web page. Raises `InputRefused` (BOM-001, 003, 024)."""
    sheets = tuple(page_sheets(decoded, where))
    if not sheets:
        raise faults.EMPTY.refuse("the web page has no table", where)
    return Book("xls", sheets, decoded.encoding, quirks=("html_table",))


def page_sheets(decoded: Decoded, where: Where) -> list[Sheet]:
    """Every filled table that holds no other table, as a sheet. Raises `InputRefused` (BOM-001,
    024). Links and pictures are not followed, scripts not run."""
    from lxml import etree, html  # noqa: PLC0415  tables are seldom web pages

    text = re.sub(r"^\s*<\?xml[^>]*>", "", decoded.text)
    try:
        root = html.fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError) as error:
        raise faults.UNREADABLE.refuse(f"this is no sound web page: {error}", where) from None
    for line_break in root.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    tables = [table for table in root.iter("table") if not table.findall(".//table")]
    sheets = [_sheet(table, where) for table in tables[:MAX_SHEETS]]
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(table: Any, where: Where) -> Sheet:
    rows: list[list[Value]] = []
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for number, record in enumerate(table.iter("tr"), start=1):
        cells: list[Value] = []
        for cell in record.iterchildren("td", "th"):
            while (number, len(cells) + 1) in taken:
                cells.append(None)
            first = len(cells) + 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            check_size(number + down - 1, first + across - 1, where)
            text = re.sub(r"[ \t\r\n]+", " ", "".join(cell.itertext())).strip()
            cells.extend([text or None, *[None] * (across - 1)])
            if down > 1 or across > 1:
                merged.append((number, first, number + down - 1, first + across - 1))
                taken.update(
                    (row, column)
                    for row in range(number + 1, number + down)
                    for column in range(first, first + across)
                )
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(None, [tuple(cells) for cells in rows], merged=tuple(merged))


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    # HTML Living Standard, 4.9.11: at most 1000 columns and 65534 rows.
    return max(1, min(int(text), 1000)) if text.isdecimal() else 1

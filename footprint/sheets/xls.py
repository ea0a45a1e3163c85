"""XLS (BIFF5 and BIFF8) through xlrd, which shows number formats and what is hidden too.

calamine reads XLS as well, but takes the sizes in a file's header on trust: memory for a damaged
one is asked for before anything is checked. What xlrd does not show is which cells are formulas;
that is read from the types of the records ([MS-XLS] 2.3).
"""

from __future__ import annotations

import io
import struct
from datetime import datetime
from typing import Any

import xlrd

from footprint.faults import InputRefused, Where
from footprint.sheets import faults
from footprint.sheets.formats import telling, zero_padded
from footprint.sheets.grid import check_size, is_count, shown_duration
from footprint.sheets.model import Book, CellTraits, Sheet, Value

#: What xlrd raises for files that are damaged: it trusts what it finds.
_BROKEN = (
    *(AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError),
    *(OverflowError, NotImplementedError, RecursionError, struct.error, MemoryError),
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError),
)
_BOUND_SHEET, _FORMULA, _BOF, _EOF = 0x85, 0x06, 0x809, 0x0A

#: What the styles of a book say: the mark of a cell and its format code, by style number.
_Styles = list[tuple[CellTraits, str]]


def read_xls(data: bytes, where: Where) -> Book:
    """The worksheets of an XLS. Raises `InputRefused` (BOM-001, 003, 024)."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        styles = [_style(book, xf) for xf in book.xf_list]
        formulas = _formulas(data, book.sheet_names())
        sheets = [
            _sheet(book, sheet, styles, formulas.get(sheet.name, set()), where)
            for sheet in book.sheets()
        ]
    except _BROKEN as error:
        if "encrypted" in str(error):
            raise protected(where) from None
        raise faults.UNREADABLE.refuse(f"this is not a sound XLS file: {error}", where) from None
    if not sheets:
        raise faults.EMPTY.refuse("the workbook has no sheet with cells", where)
    return Book("xls", tuple(sheets))


def protected(where: Where) -> InputRefused:
    """The refusal of a workbook that opens with a password only (BOM-001)."""
    message = "this workbook is protected by a password"
    return faults.UNREADABLE.refuse(message, where, "Save it without a password.")


def _style(book: Any, xf: Any) -> tuple[CellTraits, str]:
    known = book.format_map.get(xf.format_key)
    code = known.format_str if known else ""
    struck = bool(book.font_list[xf.font_index].struck_out)
    return CellTraits(telling(code), strike=struck, indent=xf.alignment.indent_level), code


def _sheet(
    book: Any, sheet: Any, styles: _Styles, formulas: set[tuple[int, int]], where: Where
) -> Sheet:
    check_size(sheet.nrows, 1, where)
    rows: list[tuple[Value, ...]] = []
    marks: dict[tuple[int, int], CellTraits] = {}
    for row in range(sheet.nrows):
        values: list[Value] = []
        for column, cell in enumerate(sheet.row(row)):
            mark, code = styles[cell.xf_index or 0]
            at = (row + 1, column + 1)
            values.append(_value(cell, code, book.datemode))
            error = xlrd.error_text_from_code.get(cell.value, "#ERROR!") if _wrong(cell) else ""
            formula = "?" if at in formulas else ""
            if error or formula or (values[-1] is not None and mark != CellTraits()):
                marks[at] = CellTraits(mark.number_format, formula, error, mark.strike, mark.indent)
        while values and values[-1] is None:
            values.pop()
        rows.append(tuple(values))
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(
        sheet.name,
        rows,
        marks,
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(at + 1 for at, about in sheet.rowinfo_map.items() if about.hidden),
        hidden_columns=frozenset(at + 1 for at, info in sheet.colinfo_map.items() if info.hidden),
        # xlrd's ranges end one behind the last row and column.
        merged=tuple((r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells),
    )


def _wrong(cell: Any) -> bool:
    return bool(cell.ctype == xlrd.XL_CELL_ERROR)


def _value(cell: Any, code: str, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = str(cell.value)
        return text if text and not text.isspace() else None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return zero_padded(cell.value, code) or is_count(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, datemode)
    return None


def _date(value: float, datemode: int) -> Value:
    if value < 1:
        return shown_duration(value * 86_400)
    moment: datetime = xlrd.xldate_as_datetime(value, datemode)
    return moment.date() if value == int(value) else moment


def _formulas(data: bytes, names: list[str]) -> dict[str, set[tuple[int, int]]]:
    """(row, column) of the formula cells of each worksheet, by its name."""
    document = xlrd.compdoc.CompDoc(data, logfile=io.StringIO())
    stream = document.get_named_stream("Workbook") or document.get_named_stream("Book")
    entries = (struct.unpack_from("<IBB", body) for body in _records(stream, 0, _BOUND_SHEET))
    starts = [start for start, _, kind in entries if kind == 0]  # 2 is a chart, 6 a module
    found = {}
    for name, start in zip(names, starts, strict=False):
        cells = (struct.unpack_from("<HH", body) for body in _records(stream, start, _FORMULA))
        found[name] = {(row + 1, column + 1) for row, column in cells}
    return found


def _records(stream: bytes, position: int, wanted: int) -> list[bytes]:
    """The bodies of the records of one type, from a BOF to its EOF."""
    bodies, depth = [], 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if kind == wanted and len(body) >= 6:
            bodies.append(body)
    return bodies

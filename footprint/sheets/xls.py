"""XLS (BIFF8): values by calamine, number formats and what is hidden by xlrd.

Neither tells which cells are formulas, so every book from here carries the quirk for it.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import xlrd
from python_calamine import SheetTypeEnum

from footprint.faults import InputRefused, Where
from footprint.sheets import faults
from footprint.sheets.formats import telling, zero_padded
from footprint.sheets.grid import Facts, check_size, open_values, sheet_of
from footprint.sheets.model import Book, Mark

#: What xlrd raises for files that it does not understand, sound or not: it trusts what it finds.
_NOT_UNDERSTOOD = (
    *(AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError),
    *(OverflowError, NotImplementedError, RecursionError, struct.error, MemoryError),
)


def read_xls(data: bytes, where: Where) -> Book:
    """The worksheets of an XLS. Raises `InputRefused` (BOM-001, 003, 024)."""
    quirks = ["formulas_unseen"]
    try:
        found = _facts(data, where)
    except (*_NOT_UNDERSTOOD, xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        if "encrypted" in str(error):
            raise protected(where) from None
        found, quirks = {}, ["formulas_unseen", "formats_unseen"]
    book = open_values(io.BytesIO(data), where)
    sheets = [
        sheet_of(book, index, found.get(about.name, Facts()), where)
        for index, about in enumerate(book.sheets_metadata)
        if about.typ == SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise faults.EMPTY.refuse("the workbook has no sheet with cells", where)
    return Book("xls", tuple(sheets), quirks=tuple(quirks))


def protected(where: Where) -> InputRefused:
    """The refusal of a workbook that opens with a password only (BOM-001)."""
    message = "this workbook is protected by a password"
    return faults.UNREADABLE.refuse(message, where, "Save it without a password.")


def _facts(data: bytes, where: Where) -> dict[str, Facts]:
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
    )
    marks = [_style_mark(book, xf) for xf in book.xf_list]
    return {sheet.name: _sheet_facts(sheet, marks, where) for sheet in book.sheets()}


def _sheet_facts(sheet: Any, marks: list[tuple[Mark, str]], where: Where) -> Facts:
    check_size(sheet.nrows, 1, where)
    facts = Facts()
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                continue
            mark, code = marks[cell.xf_index or 0]
            at = (row + 1, column + 1)
            if cell.ctype == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(cell.value, "#ERROR!")
                facts.marks[at] = Mark(mark.number_format, error=text, strike=mark.strike)
            elif mark != Mark():
                facts.marks[at] = mark
            if cell.ctype == xlrd.XL_CELL_NUMBER and zero_padded(0, code) is not None:
                facts.masks[at] = code
    facts.hidden_rows.update(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden)
    facts.hidden_columns.update(at + 1 for at, about in sheet.colinfo_map.items() if about.hidden)
    # xlrd's ranges end one behind the last row and column.
    facts.merged.extend((r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells)
    return facts


def _style_mark(book: Any, xf: Any) -> tuple[Mark, str]:
    known = book.format_map.get(xf.format_key)
    code = known.format_str if known else ""
    struck = bool(book.font_list[xf.font_index].struck_out)
    return Mark(telling(code), strike=struck, indent=xf.alignment.indent_level), code

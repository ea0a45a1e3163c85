"""Tables as CSV and XLSX that a spreadsheet may open safely, the same bytes each time.

A cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return is run as a formula by
spreadsheets (OWASP, "CSV Injection"). Such a text gets an apostrophe before it; numbers stay
numbers, also negative ones.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from footprint.analysis.tables import AnalysisTable, Cell
from footprint.late_pattern import late_pattern
from footprint.sheets.timeless import without_clock

#: What starts a formula, also in full width, which some spreadsheets fold.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Control characters that XML 1.0 cannot hold.
_CONTROL = late_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A sheet name may have 31 characters and none of these.
_NOT_IN_NAMES = late_pattern(r"[\[\]:*?/\\]")


def safe_text(text: str) -> str:
    """`text` as no spreadsheet can run it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def safe_cell(value: Cell) -> Cell:
    """A cell with its text neutralised; numbers and empty cells as they are."""
    return safe_text(value) if isinstance(value, str) else value


def csv_text(table: AnalysisTable) -> str:
    """A table as CSV (RFC 4180): comma, CRLF, numbers unrounded with a decimal point."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in (table.header, *table.rows):
        writer.writerow("" if cell is None else safe_cell(cell) for cell in row)
    return buffer.getvalue()


def xlsx_bytes(tables: Sequence[AnalysisTable]) -> bytes:
    """Tables as the sheets of a workbook; numbers with the 16 significant digits that it keeps.

    The same tables give the same bytes: no clock is read into the file.
    """
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", table.name)[:31])
        sheet.freeze_panes = "A2"
        sheet.append(_bold(sheet, table.header))
        for row in table.rows:
            sheet.append([xml_cell(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _bold(sheet: object, header: Sequence[str]) -> list[object]:
    cells = []
    for text in header:
        cell = WriteOnlyCell(sheet, value=safe_text(text))  # type: ignore[arg-type]
        cell.font = Font(bold=True)
        cells.append(cell)
    return list(cells)


def xml_cell(cell: Cell) -> Cell:
    """A cell as a workbook can hold it: neutralised, and without characters that XML forbids."""
    return safe_text(_CONTROL.sub("\ufffd", cell)) if isinstance(cell, str) else cell

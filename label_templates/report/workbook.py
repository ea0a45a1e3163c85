"""The report as a workbook: every table with its unrounded numbers, every sentence in the summary.

Texts are neutralised like those of every export (`footprint.analysis.export`); the same report
gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from footprint.analysis.export import xml_cell
from footprint.analysis.tables import AnalysisTable, Cell
from footprint.report.model import FootprintReport
from footprint.sheets.timeless import without_clock
from label_templates.report.tables import report_tables
from label_templates.report.words import ReportLanguage, report_words

_BAND = PatternFill("solid", fgColor="0B5563")
_TOP = Alignment(vertical="top", wrap_text=True)
#: Width of a column in characters, by the longest text in it.
_LEAST, _MOST = 9, 60


def report_xlsx(report: FootprintReport, language: ReportLanguage) -> bytes:
    """The workbook: summary, lines, stages, split, hot spots, datasets, sources, documents,
    checks, findings, provenance. Burdens are kg CO2e per declared unit."""
    book = Workbook(write_only=True)
    for table in report_tables(report, report_words(language)):
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for at, width in enumerate(_widths(table)):
            sheet.column_dimensions[_letter(at)].width = width
        sheet.append([_styled(sheet, text, head=True) for text in table.header])
        for row in table.rows:
            sheet.append([_styled(sheet, cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer.getvalue())


def _styled(sheet: object, value: Cell, head: bool = False) -> object:
    cell = WriteOnlyCell(sheet, value=xml_cell(value))  # type: ignore[arg-type]
    cell.alignment = _TOP
    if head:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _BAND
    return cell


def _widths(table: AnalysisTable) -> Sequence[int]:
    columns = zip(table.header, *table.rows, strict=True)
    return [min(_MOST, max(_LEAST, *(_length(cell) for cell in column)) + 2) for column in columns]


def _length(cell: Cell) -> int:
    """Characters that a cell takes; wide ones count as two, and a number shows few digits."""
    if not isinstance(cell, str):
        return _LEAST
    return sum(2 if ord(char) > 0x2E7F else 1 for char in cell)


def _letter(at: int) -> str:
    return chr(ord("A") + at)

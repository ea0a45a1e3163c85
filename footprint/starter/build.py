"""A starter workbook: the table with drop-downs and an example, the product's facts, and help."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from footprint.sheets.timeless import without_clock
from footprint.starter.model import (
    Example,
    Language,
    StarterColumn,
    StarterLine,
    StarterWords,
    example,
    starter_words,
)

#: Rows that have drop-downs and formats. Longer lists copy a row, which brings them along.
ROWS = 500
_WIDTHS = {"id": 12, "name": 42, "transport": 24, "dataset": 30, "note": 28}
#: How cells of a column are shown. A percent format makes Excel read a typed 5 as 5 %; part numbers
#: stay text (00123, 1-2), and so does a mass with its unit (4.2 g).
_FORMATS = {"id": "@", "name": "@", "loss": "0.0%", "unit_mass": "@", "dataset": "@"}
_HEAD = PatternFill("solid", fgColor="DDEBF7")


def starter_workbook(industry: str, language: Language = "en") -> bytes:
    """An XLSX to fill in for an industry. The same arguments give the same bytes.

    Raises KeyError for an industry that is not one of `model.INDUSTRIES`.
    """
    used, shown = starter_words(language), example(industry, language)
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill_lines(book.create_sheet(used.sheets["lines"]), used, shown)
    _fill_product(book.create_sheet(used.sheets["product"]), used, shown)
    _fill_help(book.create_sheet(used.sheets["help"]), used)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _fill_lines(sheet: Any, used: StarterWords, shown: Example) -> None:
    sheet.append([column.heading for column in used.columns])
    for line in shown.lines:
        sheet.append([_cell(column.key, line, used) for column in used.columns])
    sheet.freeze_panes = "C2"
    lists = {
        "unit": (tuple(used.units.values()), False),
        "stage": (tuple(used.stages.values()), True),
        "location": (used.locations, False),
        "data_type": (("primary", "secondary"), True),
    }
    for number, column in enumerate(used.columns, start=1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number)
        head.font, head.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.key, 13)
        if column.key in _FORMATS:
            for row in range(2, ROWS + 2):
                sheet.cell(row, number).number_format = _FORMATS[column.key]
        choices, strict = lists.get(column.key, ((), False))
        sheet.add_data_validation(_validation(column, letter, choices, strict))


def _cell(key: str, line: StarterLine, used: StarterWords) -> object:
    if key == "loss":
        return line.loss / 100 if line.loss else None
    if key == "note":
        return used.example_note
    return getattr(line, key, None) or None


def _validation(
    column: StarterColumn, letter: str, choices: tuple[str, ...], strict: bool
) -> DataValidation:
    """The drop-down of a column (none without choices), and what the column holds as a hint."""
    rule = DataValidation(
        type="list" if choices else None,
        formula1='"' + ",".join(choices) + '"' if choices else None,
        allow_blank=True,
        showErrorMessage=strict,
        showInputMessage=True,
        promptTitle=column.heading,
        prompt=column.holds,
    )
    rule.add(f"{letter}2:{letter}{ROWS + 1}")
    return rule


def _fill_product(sheet: Any, used: StarterWords, shown: Example) -> None:
    for key, word in used.facts.items():
        sheet.append([word, shown.facts.get(key)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.cell(sheet.max_row, 2).number_format = "@"
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 60


def _fill_help(sheet: Any, used: StarterWords) -> None:
    for text in used.help:
        sheet.append([text])
    sheet.append([])
    for column in used.columns:
        sheet.append([f"{column.heading}: {column.holds}"])
    sheet.column_dimensions["A"].width = 110

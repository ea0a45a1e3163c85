"""Lists without a row of headings: their columns are named by their places, `#1`, `#2`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import dropwhile

from footprint.reading.grid import cell_at, has_two, is_number, text_of, visible_rows
from footprint.reading.header import LEAST, FoundTable, choose_sheet
from footprint.reading.heading_means import Heading
from footprint.reading.model import Reading
from footprint.reading.naming import place_of
from footprint.reading.options import ReadingOptions
from footprint.sheets.model import Book, Sheet

#: The row of headings of a list that has none, as a person says it.
NO_ROW = 0
#: Meanings of which one says how much there is of a line.
_AMOUNTS = frozenset(("quantity", "unit_mass", "line_mass", "share", "total_quantity"))
#: A column of so many numbers may be the quantities.
_MOSTLY = 0.8


def table_to_read(
    book: Book, options: ReadingOptions
) -> tuple[FoundTable | None, list[FoundTable]]:
    """The table to read, with headings or without, and the other sheets that hold one.

    A list is taken to have no headings where a person says so (header row 0), or where all that he
    says names columns by their places and the first row has a number where an amount should be: it
    cannot be one of headings.
    """
    if options.header_row == NO_ROW:
        return _without_headings(book, options.sheet), []
    table, others = choose_sheet(book, options.sheet, options.header_row, options.columns)
    if table is None and options.header_row is None:
        table = _by_places(book, options)
    return table, others


def ask_columns_by_place(table: FoundTable, reading: Reading) -> None:
    """Say that there are no headings; which column holds names, and which amounts, is asked."""
    if table.header_row != NO_ROW:
        return
    means = {column.means for column in reading.columns}
    reading.say("columns_by_place", "columns_by_place", None, row=str(table.body[0]))
    if "name" not in means or (not means & _AMOUNTS and _untold_numbers(table, reading)):
        reading.ask("columns_by_place", "columns_by_place_open", None, blocking=True)


def likely_places(sheet: Sheet) -> tuple[int, int]:
    """The columns that an example names: the first of words, and the first of numbers behind it."""
    table = _whole(sheet)
    if table is None:
        return 1, 2
    numbers = {at: _numbers(table, at) for at, one in enumerate(table.headings, 1) if one.text}
    named = next((at for at, counted in numbers.items() if not counted), 1)
    return named, next((at for at, one in numbers.items() if one and at > named), named + 1)


def _untold_numbers(table: FoundTable, reading: Reading) -> bool:
    """Whether a column of which nobody said anything holds numbers."""
    return any(
        _numbers(table, column.index) for column in reading.columns if column.means == "unknown"
    )


def _numbers(table: FoundTable, column: int) -> bool:
    cells = [cell_at(table.sheet.rows[at - 1], column) for at in table.body]
    filled = [cell for cell in cells if text_of(cell)]
    return bool(filled) and sum(map(is_number, filled)) >= _MOSTLY * len(filled)


def _without_headings(book: Book, sheet: str | None) -> FoundTable | None:
    """The sheet of that name, or the visible one with the most rows."""
    tables = [
        table
        for one in book.sheets
        if (one.name == sheet or (sheet is None and not one.hidden)) and (table := _whole(one))
    ]
    return max(tables, key=lambda one: len(one.body), default=None)


def _by_places(book: Book, options: ReadingOptions) -> FoundTable | None:
    told: Mapping[int | None, str] = {
        place_of(heading): means for heading, (means, _) in options.columns.items()
    }
    amounts = [at for at, means in told.items() if at is not None and means in _AMOUNTS]
    table = None if None in told or not amounts else _without_headings(book, options.sheet)
    if table is None:
        return None
    first = table.sheet.rows[table.body[0] - 1]
    return table if any(is_number(cell_at(first, at)) for at in amounts) else None


def _whole(sheet: Sheet) -> FoundTable | None:
    """A sheet of which every row may be a line, but titles and facts above the first; None for one
    without rows of two cells."""
    rows = [at for at in visible_rows(sheet) if any(map(text_of, sheet.rows[at - 1]))]
    body = list(dropwhile(lambda at: _is_title(sheet, at), rows))
    if not body:
        return None
    width = max(len(sheet.rows[at - 1]) for at in body)
    filled = [
        any(text_of(cell_at(sheet.rows[at - 1], column)) for at in body)
        for column in range(1, width + 1)
    ]
    headings = tuple(Heading(f"#{at}" if one else "") for at, one in enumerate(filled, start=1))
    above = tuple(rows[: len(rows) - len(body)])
    return FoundTable(sheet, NO_ROW, headings, tuple(body), LEAST, above=above)


def _is_title(sheet: Sheet, at: int) -> bool:
    row = sheet.rows[at - 1]
    return not has_two(row) or text_of(row[0]).startswith("# ")

"""Why a file has no list of parts, and what its reader can be told so that it has."""

from __future__ import annotations

from footprint.faults import InputRefused, Where
from footprint.reading import faults
from footprint.reading.header import likeliest
from footprint.reading.no_headings import likely_places
from footprint.reading.options import ReadingOptions
from footprint.sheets.faults import EMPTY
from footprint.sheets.model import Book, Sheet


def no_table(book: Book, filename: str, options: ReadingOptions) -> InputRefused:
    """The refusal of a file in which no row looks like the headings of a list of parts."""
    if options.sheet is not None and all(sheet.name != options.sheet for sheet in book.sheets):
        names = ", ".join(str(sheet.name) for sheet in book.sheets)
        return faults.NO_SHEET.refuse(
            f"there is no sheet {options.sheet!r}", Where(filename), f"Sheets: {names}"
        )
    if all(not any(sheet.rows) for sheet in book.sheets):
        return EMPTY.refuse("the file has no table", Where(filename))
    sheets = [s for s in book.sheets if options.sheet in (None, s.name)]
    sheet = max(sheets, key=lambda one: (not one.hidden, len(one.rows)))
    if options.header_row is not None:
        message = f"there is no row {options.header_row} (the sheet has {len(sheet.rows)})"
        return faults.NO_TABLE.refuse(message, Where(filename), "Rows count from 1.")
    message = "no row looks like the headings of a list of parts"
    return faults.NO_TABLE.refuse(message, Where(filename), _what_to_say(sheet))


def _what_to_say(sheet: Sheet) -> str:
    at, texts, named, counted = likeliest(sheet)
    if not at:
        name_at, amount_at = likely_places(sheet)
        return (
            "Say in which row they stand: --header-row 5; or what one means: --map "
            "'Menge=quantity'. If the list has none, name its columns by their places: --map "
            f"'#{name_at}=name' --map '#{amount_at}=quantity'."
        )
    if not counted:
        return (
            f"The likeliest is row {at} ({', '.join(texts)}). If it is: --header-row {at}, and say "
            f"what the columns mean: --map '{named}=name'."
        )
    return (
        f"The likeliest is row {at} ({', '.join(texts)}). If it is: --header-row {at}, and say "
        f"what the columns mean: --map '{named}=name' --map '{counted}=quantity'."
    )

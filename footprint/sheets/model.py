"""What a file of cells holds, whatever its kind: books of sheets, sheets of rows, and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

#: What a cell holds. None is an empty cell; text of blanks only is empty too. Text is as stored:
#: leading blanks stay, since lists are indented with them.
Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class CellTraits:
    """What a cell has beside its value.

    `number_format` is the format as stored, only where it says something that the number does not:
    a unit, a percent sign, a currency, "this is text" (`@`). `formula` is the formula's text; the
    value is then the one that was stored with it, None if there was none. A cell that shares the
    formula of another one has the text of that other one; in an XLS the text is "?". `error` is an
    error value such as `#REF!` (the value is then None). `strike`: some or all of the text is
    struck through. `indent`: the steps by which the cell is indented.
    """

    number_format: str = ""
    formula: str = ""
    error: str = ""
    strike: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `rows[i]` is row i + 1 as a spreadsheet or an editor counts, `()` where it is blank.

    `marks` are by (row, column), both from 1, and only for cells that have something to say.
    `merged` are (first row, first column, last row, last column); the value is in the first cell.
    """

    name: str | None
    rows: list[tuple[Value, ...]]
    marks: dict[tuple[int, int], CellTraits] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file of cells.

    `kind` is csv (any text), xlsx, xlsm, xls or ods. `encoding` and `delimiter` (`,` `;` `|` or a
    tab) are those of text. `quirks` are what a reader should say aloud, as short codes:

    encoding_guessed  the text is in none of the Unicode encodings; the likeliest other one was used
    sep_line          the first line, `sep=;`, names the delimiter and is no row
    unclosed_quote    a quote is never closed, or closes somewhere in a later line: taken as text
    stray_quote       text goes on behind a closing quote, as in "3/4" pipe: taken as text
    html_table        a web page with a table, saved under the name of a spreadsheet

    `quirk_rows` names the rows of those that have some. `widths` are the cells, empty ones at the
    end included, of the first rows of a text.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""
    quirks: tuple[str, ...] = ()
    quirk_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    widths: Mapping[int, int] = field(default_factory=dict)

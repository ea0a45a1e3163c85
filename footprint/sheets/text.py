"""Text to rows: the delimiter by consistency, quotes as RFC 4180, and none swallows the file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.encoding import Decoded
from footprint.sheets.fixed_width import fixed_width
from footprint.sheets.limits import MAX_COLUMNS, MAX_ROWS
from footprint.sheets.model import Book, CellTraits, Sheet, Value

_DELIMITERS = ",;\t|"
#: Lines that are looked at to tell the delimiter; lines that one quoted cell may reach over.
_SAMPLE, _LONGEST_CELL = 400, 30
#: A delimiter that is less sure may only stand in texts: the columns may be held apart by blanks.
_LEAST_SURE = 0.35
_SEP_LINE = late_pattern(r'"?sep=(.)"?[,;\t|]*', re.IGNORECASE)
#: Excel's way to keep 00123 as text in a CSV.
_QUOTED_FORMULA = late_pattern(r'="((?:[^"]|"")*)"')


@dataclass(slots=True)
class _Lines:
    """The records found so far, by the line that each begins in, and what went wrong where."""

    records: dict[int, list[str]] = field(default_factory=dict)
    quirks: dict[str, list[int]] = field(default_factory=dict)


def read_text(decoded: Decoded, where: Where) -> Book:
    """The one sheet of a text file: `rows[i]` begins in line i + 1.

    Raises `InputRefused` (BOM-003, 024).
    """
    lines = re.split(r"\r\n|\n|\r", decoded.text.rstrip("\x1a\r\n"))
    if len(lines) > MAX_ROWS:
        message = f"the text has {len(lines):,} lines; the limit is {MAX_ROWS:,}"
        raise faults.TOO_LARGE.refuse(message, where)
    found = _Lines()
    if decoded.guessed:
        found.quirks["encoding_guessed"] = []
    named = _SEP_LINE.fullmatch(lines[0])
    if named:
        found.quirks["sep_line"] = [1]
        lines[0] = ""
    quote = "'" if _all_in_apostrophes(lines) else '"'
    delimiter, sureness = (named[1], 1.0) if named else _delimiter(lines, quote)
    printed = fixed_width(lines) if sureness < _LEAST_SURE else None
    if printed is not None:
        delimiter = " "
        found.records.update(enumerate(printed, start=1))
    else:
        _read_records(lines, delimiter, quote, found)
    sheet = _sheet(found.records, where, formulas="=" in decoded.text)
    if not sheet.rows:
        raise faults.EMPTY.refuse("the file is empty", where)
    return Book(
        "csv",
        (sheet,),
        decoded.encoding,
        delimiter,
        tuple(found.quirks),
        {quirk: tuple(rows) for quirk, rows in found.quirks.items() if rows},
        {} if printed else _widths(found.records),
    )


def separator_of(lines: list[str]) -> tuple[bool, str]:
    """Whether the first line names the separator of cells (`sep=;`), and the separator."""
    named = _SEP_LINE.fullmatch(lines[0])
    return (True, named[1]) if named else (False, _delimiter(lines, '"')[0])


def _widths(records: dict[int, list[str]]) -> dict[int, int]:
    return {at: len(cells) for at, cells in islice(records.items(), _SAMPLE)}


def _all_in_apostrophes(lines: list[str]) -> bool:
    """KiCad's preset with semicolons puts every cell into apostrophes."""
    written = filter(None, map(str.strip, lines[:_SAMPLE]))
    first = next(written, "")
    return "';'" in first and all(len(x) > 1 and x[0] == x[-1] == "'" for x in (first, *written))


def _delimiter(lines: list[str], quote: str) -> tuple[str, float]:
    """The one that cuts most lines into the same number of cells; of several, the most cells. And
    how sure that is, from 0 to 1."""
    written = [line for line in lines[:_SAMPLE] if line.strip()]
    if _is_framed(written):
        return "|", 1.0
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in _DELIMITERS:
        widths = Counter(_width(line, delimiter, quote) for line in written if delimiter in line)
        widths.pop(1, None)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        scores[delimiter] = (count / max(len(written), 1) * (1 - 1 / width), width)
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best, scores[best][0]


def _is_framed(written: list[str]) -> bool:
    """Whether a table is drawn with `|` at both ends of its lines, as SAP saves lists."""
    bare = map(str.strip, written)
    framed = [line.count("|") for line in bare if line[0] == line[-1] == "|"]
    most = max(framed, default=0)
    return most > 2 and framed.count(most) > 2 and framed.count(most) >= 0.8 * len(framed)


def _width(line: str, delimiter: str, quote: str) -> int:
    """The number of cells of one line."""
    return len(_cells(line, delimiter, quote)) if quote in line else line.count(delimiter) + 1


def _cells(line: str, delimiter: str, quote: str) -> list[str]:
    """The cells of one line; text with quotes that do not match is cut at every delimiter."""
    try:
        return next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=True), [])
    except csv.Error:
        return line.split(delimiter)


def _read_records(lines: list[str], delimiter: str, quote: str, found: _Lines) -> None:
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    try:
        records = list(reader)
    except csv.Error:
        records = []
    if len(records) == len(lines):  # no cell goes over several lines: nearly every file
        found.records.update(enumerate(records, start=1))
        return
    width = _usual_width(lines, delimiter, quote)
    at = 0
    while at < len(lines):
        at += _read_record(lines, at, (delimiter, quote, width), found)


def _usual_width(lines: list[str], delimiter: str, quote: str) -> int:
    widths = Counter(
        _width(line, delimiter, quote)
        for line in lines[:_SAMPLE]
        if delimiter in line and line.count(quote) % 2 == 0
    )
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _read_record(lines: list[str], at: int, form: tuple[str, str, int], found: _Lines) -> int:
    """Read the record that begins in a line; the number of lines that it takes."""
    delimiter, quote, width = form
    if not lines[at]:
        return 1
    for count in range(1, _LONGEST_CELL + 1):
        joined = lines[at : at + count]
        if len(joined) < count:
            break
        kept = [line + "\n" for line in joined[:-1]] + joined[-1:]
        try:
            records = list(csv.reader(kept, delimiter=delimiter, quotechar=quote, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue  # the quote is still open
            break
        if count > 1 and all(len(line.split(delimiter)) == width for line in joined):
            break  # each line is whole by itself: two stray quotes, not one cell
        found.records[at + 1] = records[0]
        return count
    stray = lines[at].count(quote) % 2 == 0
    found.quirks.setdefault("stray_quote" if stray else "unclosed_quote", []).append(at + 1)
    found.records[at + 1] = _literally(lines[at], delimiter, quote)
    return 1


def _literally(line: str, delimiter: str, quote: str) -> list[str]:
    """A line whose quotes do not match. Cells that are quoted by themselves still are."""
    return [
        cell[1:-1].replace(quote * 2, quote)
        if len(cell) > 1 and cell[0] == cell[-1] == quote and quote not in cell[1:-1]
        else cell
        for cell in line.split(delimiter)
    ]


def _sheet(records: dict[int, list[str]], where: Where, *, formulas: bool) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    marks: dict[tuple[int, int], CellTraits] = {}
    for number, record in records.items():
        if len(record) > MAX_COLUMNS:
            message = f"the line has {len(record):,} columns; the limit is {MAX_COLUMNS}"
            raise faults.TOO_LARGE.refuse(message, Where(where.file, number))
        values: list[Value] = [cell if cell and not cell.isspace() else None for cell in record]
        for column, cell in enumerate(record, start=1) if formulas else ():
            if cell[:1] == "=":
                quoted = _QUOTED_FORMULA.fullmatch(cell)
                values[column - 1] = quoted[1].replace('""', '"') or None if quoted else None
                if not quoted:
                    marks[number, column] = CellTraits(formula=cell[1:] or "?")
        while values and values[-1] is None:
            values.pop()
        rows.extend([()] * (number - 1 - len(rows)))
        rows.append(tuple(values))
    while rows and not rows[-1] and not any(row == len(rows) for row, _ in marks):
        rows.pop()
    return Sheet(None, rows, marks)

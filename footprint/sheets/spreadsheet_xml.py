"""XML Spreadsheet 2003: a workbook in one XML file, as many ERP systems write .xls and .xml."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from xml.parsers.expat import ExpatError

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.encoding import Decoded
from footprint.sheets.formats import telling, zero_padded
from footprint.sheets.grid import check_size, is_count, shown_duration
from footprint.sheets.limits import MAX_SHEETS
from footprint.sheets.model import Book, CellTraits, Sheet, Value
from footprint.sheets.xml import UnsafeXml, undeclared, walk_xml

_BEGINS = late_pattern(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?:<\?[^>]*>|<!--.*?-->)\s*)*<(?:\w+:)?Workbook\b[^>]{0,2000}"
    rb"urn:schemas-microsoft-com:office:spreadsheet",
    re.DOTALL,
)
_YES = frozenset(("1", "true"))
#: Formats have names, and only these say something that the number does not.
_NAMED = {"Percent": "0.00%"}
_NAME = late_pattern(r"[A-Za-z /]+")
_NUMBER = late_pattern(r"[-+]?\d{1,300}(?:\.\d*)?(?:[eE][-+]?\d{1,2})?")
#: Times of the day and durations are counted from here.
_EPOCH = datetime.fromisoformat("1899-12-31")


def is_spreadsheet_xml(head: bytes) -> bool:
    """Whether a file begins as an XML Spreadsheet 2003."""
    return bool(_BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")))


def read_spreadsheet_xml(decoded: Decoded, where: Where) -> Book:
    """The worksheets of an XML Spreadsheet 2003. Raises `InputRefused` (BOM-001, 003, 024)."""
    walker = _WorkbookWalk(where)
    try:
        walk_xml(undeclared(decoded.text), walker.start, walker.end, walker.text)
    except (ExpatError, UnsafeXml, ValueError) as error:
        message = f"this is not a sound XML Spreadsheet: {error}"
        raise faults.UNREADABLE.refuse(message, where) from None
    sheets = tuple(sheet for sheet in walker.sheets if sheet.rows)
    if not sheets:
        raise faults.EMPTY.refuse("the workbook has no sheet with cells", where)
    return Book("xls", sheets, decoded.encoding)


class _WorkbookWalk:
    """The state of the pass: the sheet and the cell that it is in, and what was found so far."""

    def __init__(self, where: Where) -> None:
        self.sheets: list[Sheet] = []
        self._where = where
        self._styles: dict[str, tuple[CellTraits, str]] = {}
        self._style = ""
        self._name = ""
        self._rows: dict[int, dict[int, Value]] = {}
        self._marks: dict[tuple[int, int], CellTraits] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._hidden = False
        self._row = self._column = self._last = 0
        self._cell: dict[str, str] = {}
        self._kind = ""
        self._text: list[str] = []
        self._aside = 0
        self._begin = {
            "Worksheet": self._begin_sheet,
            "Column": self._begin_column,
            "Row": self._begin_row,
            "Cell": self._begin_cell,
            "Data": self._begin_text,
            "Visible": self._begin_text,
            "Style": self._begin_style,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"Comment", "PhoneticText"} or self._aside:
            self._aside += 1  # a comment holds a text of its own
        elif tag in self._begin:
            self._begin[tag](attributes)
        elif self._style:
            self._say_of_style(tag, attributes)

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag == "Data":
            self._put("".join(self._text))
        elif tag == "Style":
            self._style = ""
        elif tag == "Visible":
            self._hidden = "".join(self._text).strip() in {"SheetHidden", "SheetVeryHidden"}
        elif tag == "Worksheet":
            self._end_sheet()

    def _say_of_style(self, tag: str, attributes: dict[str, str]) -> None:
        mark, code = self._styles[self._style]
        if tag == "NumberFormat":
            given = attributes.get("Format", "")
            code = _NAMED.get(given, "" if _NAME.fullmatch(given) else given)
            mark = replace(mark, number_format=telling(code))
        elif tag == "Font":
            mark = replace(mark, strike=attributes.get("StrikeThrough") in _YES)
        elif tag == "Alignment":
            mark = replace(mark, indent=int(attributes.get("Indent", "0")))
        self._styles[self._style] = mark, code

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("Name", "")
        self._rows, self._marks, self._merged = {}, {}, []
        self._hidden_rows, self._hidden_columns, self._hidden = set(), set(), False
        self._row = self._column = self._last = 0

    def _begin_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("ID", "")
        parent = self._styles.get(attributes.get("Parent", ""))
        self._styles[self._style] = parent or (CellTraits(), "")

    def _begin_text(self, attributes: dict[str, str]) -> None:
        self._kind, self._text = attributes.get("Type", "String"), []

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = _place(attributes, self._row + 1)
        self._column = 0
        if attributes.get("Hidden") in _YES:
            self._hidden_rows.add(self._row)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first = _place(attributes, self._column + 1)
        self._column = first + int(attributes.get("Span", "0"))
        check_size(1, self._column, self._where)
        if attributes.get("Hidden") in _YES:
            self._hidden_columns.update(range(first, self._column + 1))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        first = _place(attributes, self._column + 1)
        across = int(attributes.get("MergeAcross", "0"))
        down = int(attributes.get("MergeDown", "0"))
        self._column = first + across
        self._last = max(self._last, self._column)
        check_size(self._row + down, self._last, self._where)
        if across or down:
            self._merged.append((self._row, first, self._row + down, self._column))
        mark, _ = self._styles.get(attributes.get("StyleID", ""), (CellTraits(), ""))
        if formula := attributes.get("Formula", ""):
            mark = replace(mark, formula=formula.removeprefix("="))
        if mark != CellTraits():
            self._marks[self._row, first] = mark

    def _put(self, text: str) -> None:
        at = self._column - int(self._cell.get("MergeAcross", "0"))
        _, code = self._styles.get(self._cell.get("StyleID", ""), (CellTraits(), ""))
        if self._kind == "Error":
            mark = self._marks.get((self._row, at), CellTraits())
            self._marks[self._row, at] = replace(mark, error=text.strip() or "#ERROR!")
            return
        value = _value(self._kind, text)
        if value is not None:
            self._rows.setdefault(self._row, {})[at] = zero_padded(value, code) or value

    def _end_sheet(self) -> None:
        if len(self.sheets) == MAX_SHEETS:
            message = f"the workbook has more than {MAX_SHEETS} sheets"
            raise faults.TOO_LARGE.refuse(message, self._where)
        last = max(self._rows, default=0)
        check_size(last, self._last, self._where)
        rows = [_row(self._rows.get(at, {})) for at in range(1, last + 1)]
        self.sheets.append(
            Sheet(
                self._name, rows, self._marks, self._hidden, frozenset(self._hidden_rows),
                frozenset(self._hidden_columns), tuple(self._merged),
            )
        )  # fmt: skip


def _place(attributes: dict[str, str], follows: int) -> int:
    """The number of a row, a column or a cell, which is the next one where none is written."""
    number = int(attributes.get("Index", follows))
    if number < 1:
        raise ValueError(f"there is no place {number}")
    return number


def _row(cells: dict[int, Value]) -> tuple[Value, ...]:
    return tuple(cells.get(at) for at in range(1, max(cells, default=0) + 1))


def _value(kind: str, text: str) -> Value:
    if kind == "Number" and _NUMBER.fullmatch(text.strip()):
        return is_count(float(text))
    if kind == "Boolean":
        return text.strip() in _YES
    if kind == "DateTime":
        return _moment(text.strip())
    return text if text and not text.isspace() else None


def _moment(text: str) -> Value:
    """A day, a day with its time, or a time of the day as Excel shows it."""
    moment = datetime.fromisoformat(text)
    if moment.date() <= _EPOCH.date():
        return shown_duration((moment - _EPOCH).total_seconds())
    midnight = not (moment.hour or moment.minute or moment.second or moment.microsecond)
    return date(moment.year, moment.month, moment.day) if midnight else moment

"""ODS: values by calamine, all else from one pass over `content.xml` (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from dataclasses import replace
from xml.parsers.expat import ExpatError

from lxml import etree

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.archive import repack, unpack
from footprint.sheets.formats import zero_padded
from footprint.sheets.grid import SheetFacts, check_size, open_values, sheet_of
from footprint.sheets.model import Book, CellTraits
from footprint.sheets.ods_styles import OdsStyles, read_ods_styles
from footprint.sheets.ods_text import CellText
from footprint.sheets.xls import protected
from footprint.sheets.xml import UnsafeXml, walk_xml

_BROKEN = (KeyError, ValueError, IndexError, ExpatError, etree.LxmlError, UnsafeXml)
#: Rows and columns of the largest sheet that LibreOffice makes: what is repeated fills it.
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_CELLS = {"table-cell", "covered-table-cell"}
#: The error values of OpenFormula 1.3, 5.12, and those that LibreOffice numbers.
_ERROR = late_pattern(r"\s*(?:#(?:REF!|N/A|DIV/0!|VALUE!|NUM!|NULL!|NAME\?)|Err:\d{3})\s*")


def read_ods(data: bytes, where: Where) -> Book:
    """The sheets of an ODS. Raises `InputRefused` (BOM-001, 003, 024)."""
    members = unpack(data, where)
    if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
        raise protected(where)
    try:
        content = members["content.xml"]
        walker = _OdsWalker(read_ods_styles(members.get("styles.xml"), content), where)
        walk_xml(content, walker.start, walker.end, walker.text)
    except _BROKEN as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound ODS file: {error}", where) from None
    book = open_values(repack(members), where)
    if not book.sheet_names:
        raise faults.EMPTY.refuse("the workbook has no sheet with cells", where)
    pairs = zip(range(len(book.sheet_names)), walker.sheets, strict=True)
    return Book("ods", tuple(sheet_of(book, index, facts, where) for index, facts in pairs))


class _OdsWalker:
    """The state of the pass. Empty cells and rows are stored once with how often they repeat."""

    def __init__(self, styles: OdsStyles, where: Where) -> None:
        self.sheets: list[SheetFacts] = []
        self._styles, self._where = styles, where
        # Rows and columns before the present ones, and how often the present ones repeat.
        self._row = self._rows = self._column = self._columns = 0
        self._defaults: list[tuple[int, str]] = []
        self._row_style = ""
        self._cell: dict[str, str] = {}
        self._text = CellText()
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(SheetFacts())
                self._row = self._rows = self._column = self._columns = 0
                self._defaults = []
        elif self._depth != 1:
            return  # a table within a cell, or none
        elif tag == "table-column":
            self._begin_column(attributes)
        elif tag == "table-row":
            self._begin_row(attributes)
        elif tag in _CELLS:
            self._column += self._columns
            self._columns = self._repeat(attributes, "number-columns-repeated", _LAST_COLUMN)
            self._cell, self._text = attributes, CellText()
        else:
            self._text.start(tag, attributes)

    def text(self, text: str) -> None:
        self._text.add(text)

    def end(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif self._depth == 1 and tag in _CELLS:
            self._end_cell()
        elif self._depth == 1:
            self._text.end(tag)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        count = self._repeat(attributes, "number-columns-repeated", _LAST_COLUMN)
        if attributes.get("visibility", "visible") != "visible":
            columns = range(self._column + 1, self._column + count + 1)
            self.sheets[-1].hidden_columns.update(columns)
        self._column += count
        self._defaults.append((self._column, attributes.get("default-cell-style-name", "")))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows
        self._rows = self._repeat(attributes, "number-rows-repeated", _LAST_ROW)
        self._column = self._columns = 0
        self._row_style = attributes.get("default-cell-style-name", "")
        if attributes.get("visibility", "visible") != "visible":
            self.sheets[-1].hidden_rows.update(range(self._row + 1, self._row + self._rows + 1))

    def _repeat(self, attributes: dict[str, str], name: str, most: int) -> int:
        count = int(attributes.get(name, "1"))
        if not 0 <= count <= most:
            text = f"a sheet repeats something {count:,} times"
            raise faults.TOO_LARGE.refuse(text, self._where)
        return count

    def _end_cell(self) -> None:
        facts, cell = self.sheets[-1], self._cell
        kind, formula = cell.get("value-type", ""), cell.get("formula", "")
        if cell.get("number-rows-spanned", "1") != "1" or "number-columns-spanned" in cell:
            self._merge(cell)
        if not kind and not formula:
            return
        facts.last_row = max(facts.last_row, self._row + self._rows)
        facts.last_column = max(facts.last_column, self._column + self._columns)
        check_size(facts.last_row, facts.last_column, self._where)
        style = cell.get("style-name") or self._row_style or self._column_style()
        mark, shown = self._styles.mark(style), self._text.shown
        if formula:
            # "of:=SUM([.B2:.B5])": the prefix names the language of the formula.
            mark = replace(mark, formula=formula.partition("=")[2] or formula)
        if kind == "error" or (formula and _ERROR.fullmatch(shown)):
            mark = replace(mark, error=shown.strip() or "#ERROR!")
        code = self._styles.codes.get(style, "")
        pads = kind == "float" and zero_padded(0, code) is not None
        own = shown if kind == "time" or (kind == "string" and self._text.special) else ""
        if mark != CellTraits() or pads or own:
            self._note(mark, code if pads else "", own)

    def _note(self, mark: CellTraits, mask: str, text: str) -> None:
        facts = self.sheets[-1]
        for row in range(self._row + 1, self._row + self._rows + 1):
            for column in range(self._column + 1, self._column + self._columns + 1):
                if mark != CellTraits():
                    facts.marks[row, column] = mark
                if mask:
                    facts.masks[row, column] = mask
                if text:
                    facts.texts[row, column] = text

    def _merge(self, cell: dict[str, str]) -> None:
        rows = int(cell.get("number-rows-spanned", "1"))
        columns = int(cell.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            first = (self._row + 1, self._column + 1)
            last = (self._row + rows, self._column + columns)
            self.sheets[-1].merged.append((*first, *last))

    def _column_style(self) -> str:
        return next((name for last, name in self._defaults if self._column < last), "")

"""XLSX and XLSM: values by calamine, all else from one pass over the XML of each sheet."""

from __future__ import annotations

from dataclasses import replace
from xml.parsers.expat import ExpatError

from lxml import etree

from footprint.faults import Where
from footprint.sheets import faults
from footprint.sheets.archive import repack, unpack
from footprint.sheets.formats import zero_padded
from footprint.sheets.grid import SheetFacts, check_size, open_values, sheet_of
from footprint.sheets.model import Book, CellTraits, Sheet
from footprint.sheets.package import open_package
from footprint.sheets.strings import struck_strings
from footprint.sheets.styles import Style, read_styles
from footprint.sheets.xml import UnsafeXml, walk_xml

_BROKEN = (KeyError, ValueError, IndexError, ExpatError, etree.LxmlError, UnsafeXml)
_YES = {"1", "true"}
#: The last column of Excel, XFD: "this and all others" is written so.
_LAST_COLUMN = 16_384


def read_xlsx(data: bytes, where: Where) -> Book:
    """The worksheets of an XLSX or XLSM. Raises `InputRefused` (BOM-001, 003, 024)."""
    members = unpack(data, where)
    try:
        package = open_package(members)
        styles = read_styles(package.styles)
        struck = struck_strings(package.strings)
        found = {
            name: _facts(content, styles, struck, where) for name, content in package.sheets.items()
        }
    except _BROKEN as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound XLSX file: {error}", where) from None
    book = open_values(repack(members), where)
    sheets: list[Sheet] = [
        sheet_of(book, index, found[about.name], where)
        for index, about in enumerate(book.sheets_metadata)
        if about.name in found
    ]
    if not sheets:
        raise faults.EMPTY.refuse("the workbook has no sheet with cells", where)
    kind = "xlsm" if b"macroEnabled" in members.get("[Content_Types].xml", b"") else "xlsx"
    return Book(kind, tuple(sheets))


def _facts(data: bytes, styles: list[Style], struck: frozenset[int], where: Where) -> SheetFacts:
    walker = _Walker(styles, struck, where)
    walk_xml(data, walker.start, walker.end, walker.text)
    check_size(walker.facts.last_row, walker.facts.last_column, where)
    return walker.facts


class _Walker:
    """The state of the pass: the cell that it is in, and what was found so far."""

    def __init__(self, styles: list[Style], struck: frozenset[int], where: Where) -> None:
        self.facts = SheetFacts()
        self._styles, self._struck, self._where = styles, struck, where
        # Most styles say nothing; an index is the cheapest question that can be asked per cell.
        self._says = {at for at, style in enumerate(styles) if style.mark or _pads(style.code)}
        self._columns: dict[str, int] = {}
        self._shared: dict[str, str] = {}
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._share: str | None = None
        self._formula: str | None = None
        self._value: str | None = None
        self._inside = ""
        self._crossed = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v":
            self._inside, self._value = "v", ""
        elif tag == "f":
            self._inside, self._formula, self._share = "f", "", attributes.get("si")
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "is":
            self._value = "text"
        elif tag == "strike":  # in the text of an inline string
            self._crossed = attributes.get("val") not in {"0", "false"}
        elif tag == "col":
            self._hide_columns(attributes)
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.facts.merged.append((*self._place(first), *self._place(last or first)))

    def text(self, text: str) -> None:
        if self._inside == "v":
            self._value = (self._value or "") + text
        elif self._inside == "f":
            self._formula = (self._formula or "") + text

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "f"}:
            self._inside = ""

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        self._column = 0
        if attributes.get("hidden") in _YES or attributes.get("ht") == "0":
            self.facts.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference:
            letters = reference.rstrip("0123456789")
            self._column = self._columns.get(letters) or self._number_of(letters)
        else:
            self._column += 1
        self._cell, self._value, self._formula, self._share = attributes, None, None, None
        self._crossed = False

    def _end_cell(self) -> None:
        if self._value is None and self._formula is None:
            return
        facts = self.facts
        if self._value:
            facts.last_column = max(facts.last_column, self._column)
            if self._row > facts.last_row:
                facts.last_row = self._row
                check_size(facts.last_row, 1, self._where)
        style = int(self._cell.get("s", "0"))
        kind = self._cell.get("t", "n")
        if (
            style in self._says
            or self._formula is not None
            or kind == "e"
            or self._crossed
            or (self._struck and kind == "s")
        ):
            self._note(style, kind)

    def _note(self, style: int, kind: str) -> None:
        cell = (self._row, self._column)
        found = self._styles[style] if style < len(self._styles) else Style(None, "")
        if self._value and kind == "n" and _pads(found.code):
            self.facts.masks[cell] = found.code
        mark = found.mark
        if self._formula is not None and not (kind == "str" and self._value == ""):
            mark = replace(mark or CellTraits(), formula=self._formula_text() or "?")
        if kind == "e" and self._value:
            mark = replace(mark or CellTraits(), error=self._value.strip())
        if self._crossed or (kind == "s" and self._value and int(self._value) in self._struck):
            mark = replace(mark or CellTraits(), strike=True)
        if mark:
            self.facts.marks[cell] = mark

    def _formula_text(self) -> str:
        """The formula; of a cell that shares one, that of the first cell of the share."""
        if self._share is None:
            return self._formula or ""
        return self._shared.setdefault(self._share, self._formula or "")

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _YES or attributes.get("width") == "0":
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
            self.facts.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))

    def _number_of(self, letters: str) -> int:
        number = 0
        for letter in letters.replace("$", "").upper():
            number = number * 26 + ord(letter) - 64
        self._columns[letters] = number
        return number

    def _place(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip("0123456789")
        return int(reference[len(letters) :]), self._number_of(letters)


def _pads(code: str) -> bool:
    return zero_padded(0, code) is not None

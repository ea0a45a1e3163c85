"""A list of parts as plain XML: elements that repeat are rows, their attributes and leaves columns.

The names of the columns are row 1, so that the first element is row 2, as in a file of cells. What
elements above the list say stands in a sheet of its own, as facts of the product.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.late_pattern import late_pattern
from footprint.sheets import faults
from footprint.sheets.encoding import Decoded
from footprint.sheets.foreign import refusal
from footprint.sheets.grid import check_size
from footprint.sheets.limits import MAX_SHEETS
from footprint.sheets.model import Book, Sheet, Value
from footprint.sheets.xml import UnsafeXml, local, read_sheet_xml, undeclared

_BEGINS = late_pattern(r"\s*(?:<\?xml\b|<!--|<[a-z_][\w.-]*[\s/>:])", re.IGNORECASE)
#: Roots of documents that hold parts and no list of them: a drawing, a model, a structure by ids.
_NO_LISTS = frozenset(
    ("eagle", "svg", "collada", "plmxml", "x3d", "amf", "model", "ipc-2581", "rss", "feed", "kml")
)
_HINT = "Export the parts list as CSV or XLSX from the program that wrote it."
#: Elements that say so many of the same things are of one kind.
_ALIKE = 2


def is_xml(text: str) -> bool:
    """Whether the text begins as XML does."""
    return bool(_BEGINS.match(text))


def read_xml_list(decoded: Decoded, where: Where) -> Book:
    """The lists of an XML file as sheets. Raises `InputRefused`: BOM-001 for XML that is not sound,
    BOM-024, BOM-032 for a document in which no elements repeat, or lists lie inside of others."""
    from lxml import etree  # noqa: PLC0415  tables are seldom XML

    try:
        root = read_sheet_xml(undeclared(decoded.text))
    except (etree.XMLSyntaxError, UnsafeXml, ValueError) as error:
        raise faults.UNREADABLE.refuse(f"this is no sound XML: {error}", where) from None
    found = _Lists(root, where)
    if _name(root).lower() in _NO_LISTS or not found.rows:
        raise refusal("an XML file", where, _HINT)
    sheets = [_sheet(tag, rows, where) for tag, rows in list(found.rows.items())[:MAX_SHEETS]]
    facts: list[tuple[Value, ...]] = list(found.facts.items())
    if facts:
        sheets.append(Sheet("product", facts))
    return Book("xml", tuple(sheets), decoded.encoding)


@dataclass(slots=True)
class _Row:
    """An element of a list: its cells by column, and how deep it lies in elements of its kind."""

    cells: dict[str, str]
    level: int


@dataclass(slots=True)
class _Lists:
    """The rows of every list by the tag of its elements, and the facts above them."""

    root: Any
    where: Where
    rows: dict[str, list[_Row]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    _tags: frozenset[str] = field(init=False)
    _often: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        elements = [one for one in self.root.iter() if isinstance(one.tag, str)]
        self._often = Counter(map(_name, elements))
        again = {
            tag
            for one in elements
            for tag, often in Counter(map(_name, _children(one))).items()
            if often > 1
        }
        wide = {
            _name(one) for one in elements if _name(one) in again and len(_says(one, again)) > 1
        }
        self._tags = frozenset(wide)
        at_root = _name(self.root) in wide  # the product itself, as the row of level 0
        self._walk(self.root, None, "", -1 if at_root else 0)

    def _walk(self, element: Any, above: dict[str, str] | None, listed: str, level: int) -> None:
        """Gather the rows below an element; `above` is the row that it lies in, of the list
        `listed`, as deep as `level`."""
        tag = _name(element)
        cells = _says(element, self._tags)
        if tag in self._tags:
            if above is not None and len(cells.keys() & above.keys()) < _ALIKE:
                raise self._nested(tag)
            listed = listed or self._list_of(tag, cells)
            above, level = cells, level + 1
            self.rows.setdefault(listed, []).append(_Row(cells, level))
        elif above is None and (cells or element is self.root):
            if self._often[tag] > 1 and any(_name(one) in self._tags for one in element.iter()):
                raise self._nested(tag)
            for key, text in cells.items() if self._often[tag] == 1 else ():
                self.facts.setdefault(key, text)
        for child in _children(element):
            self._walk(child, above, listed, level)

    def _list_of(self, tag: str, cells: dict[str, str]) -> str:
        """The list that an element goes on: that of its tag, or one whose rows say the same."""
        if tag in self.rows:
            return tag
        for listed, rows in self.rows.items():
            if len(rows[0].cells.keys() & cells.keys()) >= _ALIKE:
                return listed
        return tag

    def _nested(self, tag: str) -> InputRefused:
        message = f"elements {tag!r} lie inside of others that say something else of their parts"
        hint = "How many of each one product has cannot be told. " + _HINT
        return faults.FOREIGN.refuse(message, self.where, hint)


def _children(element: Any) -> list[Any]:
    return [one for one in element if isinstance(one.tag, str)]


def _name(element: Any) -> str:
    return local(element.tag) or str(element.tag)


def _says(element: Any, lists: frozenset[str] | set[str], before: str = "") -> dict[str, str]:
    """What an element says of itself, by column: attributes, leaves, and what single elements
    within it say, but no elements of lists. Several leaves of one name stand in one cell."""
    found: dict[str, str] = {}
    for key, text in _own(element, lists, before):
        if text:
            found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _own(element: Any, lists: frozenset[str] | set[str], before: str) -> Iterator[tuple[str, str]]:
    for key, text in element.attrib.items():
        if "://" not in text or "schema" not in key.lower():
            yield f"{before}{local(key) or key}", text.strip()
    for child in _children(element):
        name = f"{before}{_name(child)}"
        if _children(child):
            if _name(child) not in lists:
                yield from _says(child, lists, f"{name} ").items()
            continue
        if text := (child.text or "").strip():
            yield name, text
        if text or _name(child) not in lists:
            for key, value in child.attrib.items():
                yield f"{name} {local(key) or key}", value.strip()


def _sheet(tag: str, rows: list[_Row], where: Where) -> Sheet:
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    check_size(len(rows) + 1, len(columns) + 1, where)
    deep = any(row.level != 1 for row in rows) and "level" not in map(str.lower, columns)
    head: tuple[Value, ...] = (*(("Level",) if deep else ()), *columns)
    cells = [
        (*((row.level,) if deep else ()), *(row.cells.get(name) for name in columns))
        for row in rows
    ]
    return Sheet(tag, [head, *cells])

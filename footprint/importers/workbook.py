"""Sheets of an XLSX workbook as rows of values, behind the checks that a zip of XML needs.

Formulas are not evaluated: the value that the spreadsheet stored beside them is read. A formula
without one is given as its text, `=A1*2`, so that whoever needs its value can say what is missing.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date

from openpyxl import load_workbook

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.archives import check_archive
from footprint.importers.member import ImportMember
from footprint.late_pattern import late_pattern

_DOCUMENT_TYPE = late_pattern(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = late_pattern(rb"<(?:\w+:)?f[ >/]")
MAX_ROWS = 2_000_000

Value = str | float | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number as the spreadsheet counts, and its cells from the left."""

    number: int
    cells: tuple[Value, ...]

    def text(self, position: int) -> str:
        """The cell at a position as text, without blanks around it; empty if there is none."""
        value = self.cells[position] if position < len(self.cells) else None
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value).strip()


Sheets = dict[str, tuple[SheetRow, ...]]


def read_workbook(member: ImportMember) -> Sheets:
    """The rows of each sheet. Raises `InputRefused` (IMP-001 to IMP-004)."""
    data = member.read()
    _check(data, member)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions that it drops; none of them holds a value.
            warnings.simplefilter("ignore")
            sheets = _sheets(data, values=True)
            return (
                _with_formulas(sheets, _sheets(data, values=False))
                if _has_formulas(data)
                else sheets
            )
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise faults.UNREADABLE.refuse(
            f"this is not a sound workbook: {error}", Where(member.name)
        ) from None


def _sheets(data: bytes, *, values: bool) -> Sheets:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    return {sheet.title: _rows(sheet) for sheet in book.worksheets}


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _FORMULA.search(archive.read(info))
            for info in archive.infolist()
            if info.filename.startswith("xl/worksheets/")
        )


def _with_formulas(values: Sheets, formulas: Sheets) -> Sheets:
    """The stored values, and the formulas of cells that have none."""
    whole = {}
    for title, rows in formulas.items():
        stored = {row.number: row.cells for row in values.get(title, ())}
        whole[title] = tuple(_merged(stored.get(row.number, ()), row) for row in rows)
    return whole


def _merged(stored: tuple[Value, ...], row: SheetRow) -> SheetRow:
    cells = (
        stored[at] if at < len(stored) and stored[at] not in {None, ""} else _only_formula(cell)
        for at, cell in enumerate(row.cells)
    )
    return SheetRow(row.number, tuple(cells))


def _only_formula(cell: Value) -> Value:
    return cell if isinstance(cell, str) and cell.startswith("=") else None


def _check(data: bytes, member: ImportMember) -> None:
    where = Where(member.name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive, len(data))
            for info in archive.infolist():
                if not info.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                part = archive.read(info)
                if b"\x00" in part or _DOCUMENT_TYPE.search(part):
                    message = f"{info.filename[:80]} declares a document type, or is not UTF-8"
                    raise faults.UNSAFE_XML.refuse(message, where)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise faults.UNREADABLE.refuse(f"this is not a workbook: {error}", where) from None


def _rows(sheet: object) -> tuple[SheetRow, ...]:
    rows = []
    given = sheet.iter_rows(max_row=MAX_ROWS, values_only=True)  # type: ignore[attr-defined]
    for number, cells in enumerate(given, start=1):
        values = tuple(_value(cell) for cell in cells)
        if any(value not in {None, ""} for value in values):
            rows.append(SheetRow(number, values))
    return tuple(rows)


def _value(cell: object) -> Value:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)

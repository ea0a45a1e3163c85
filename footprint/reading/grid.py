"""A sheet as texts: what a person sees in its cells."""

from __future__ import annotations

from datetime import date, datetime, time

from footprint.sheets.model import Sheet, Value

Row = tuple[Value, ...]


def text_of(cell: object) -> str:
    """A cell as text; a whole number without its `.0`, so that an id 4711 stays 4711."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def is_number(cell: object) -> bool:
    """Whether a cell is a number by type, or digits only."""
    if isinstance(cell, str):
        text = cell.strip()
        # Most texts end in a letter, and are told by it.
        if text[-1:].isalpha():
            return False
        return text.lstrip("+-").replace(".", "").replace(",", "").isdigit()
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def cell_at(row: Row, index: int) -> Value:
    """The cell in a column counted from 1, or None beyond the end of the row."""
    return row[index - 1] if 0 < index <= len(row) else None


def filled_cells(row: Row) -> list[tuple[int, object]]:
    """The cells that hold something, with their columns from 1."""
    return [
        (at, cell)
        for at, cell in enumerate(row, start=1)
        if (cell.strip() if isinstance(cell, str) else cell is not None)
    ]


def has_two(row: Row) -> bool:
    """Whether two cells or more hold something."""
    found = 0
    for cell in row:
        if cell.strip() if isinstance(cell, str) else cell is not None:
            found += 1
            if found == 2:
                return True
    return False


def visible_rows(sheet: Sheet) -> list[int]:
    """Row numbers from 1 that are not hidden."""
    return [at for at in range(1, len(sheet.rows) + 1) if at not in sheet.hidden_rows]

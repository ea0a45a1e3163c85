"""Tables below the first one whose columns stand in another order: their cells are put in order."""

from __future__ import annotations

from dataclasses import replace

from footprint.reading.grid import Row, filled_cells, is_number, text_of
from footprint.reading.header import FoundTable
from footprint.reading.headings import read_heading
from footprint.reading.vocabulary import fold
from footprint.sheets.model import Value


def in_one_order(table: FoundTable) -> FoundTable:
    """The table with the cells of rows below further headings in the columns of the first ones."""
    first = {fold(one.text): at for at, one in enumerate(table.headings, start=1) if one.text}
    rows, marks = list(table.sheet.rows), dict(table.sheet.marks)
    moves: dict[int, int] = {}
    changed = False
    for row in table.body:
        if (found := _moves(table, first, rows[row - 1])) is not None:
            moves = found
        if not moves:
            continue
        changed = True
        rows[row - 1] = _moved(rows[row - 1], moves)
        for at in range(1, max(*moves.values(), *moves) + 1):
            marks.pop((row, at), None)
        for source, target in moves.items():
            if (row, source) in table.sheet.marks:
                marks[row, target] = table.sheet.marks[row, source]
    return replace(table, sheet=replace(table.sheet, rows=rows, marks=marks)) if changed else table


def _moved(row: Row, moves: dict[int, int]) -> Row:
    cells: list[Value] = [None] * max(moves.values())
    for source, target in moves.items():
        if source <= len(row):
            cells[target - 1] = row[source - 1]
    return tuple(cells)


def _moves(table: FoundTable, first: dict[str, int], row: Row) -> dict[int, int] | None:
    """Column -> column of the first headings, where a row repeats most of them; {} where they stand
    in the same order; None for any other row. A heading in another unit goes nowhere."""
    if any(map(is_number, row)):  # as nearly all rows have one
        return None
    cells = [(at, text_of(cell)) for at, cell in filled_cells(row)]
    if len(cells) < 3:
        return None
    same = {at: first[fold(text)] for at, text in cells if fold(text) in first}
    if len(same) < 2 or len(same) < 0.6 * len(cells):
        return None
    for at, text in cells:
        heading = read_heading(text)
        alike = [
            place
            for place, one in enumerate(table.headings, start=1)
            if heading.means and one.means[:1] == heading.means[:1] and one.unit == heading.unit
        ]
        if at not in same and len(alike) == 1 and alike[0] not in same.values():
            same[at] = alike[0]
    alike_all = len(same) == len(cells) and all(at == place for at, place in same.items())
    return {} if alike_all else same

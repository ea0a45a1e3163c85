"""Small lists whose headings alone say too little: `Item, Qty, Unit`, `物料, 数量(KG)`.

There the cells below decide: a column of names, none of them a number, beside one of numbers whose
heading is a known word for an amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from footprint.reading.grid import cell_at, filled_cells, is_number, text_of
from footprint.reading.headings import read_heading
from footprint.reading.units import MASS, unit_of
from footprint.sheets.model import Sheet, Value

#: So many rows below are looked at.
_SAMPLE = 40
#: A heading is a word or two; what is longer is a sentence.
_LONGEST = 30
_AMOUNTS = frozenset(("quantity", "unit_mass", "line_mass", "share"))
_SCORE = 1.6


def plain_list(sheet: Sheet, rows: Sequence[int], at: int) -> float:
    """How much a row looks like the headings of a plain list: 0, or just enough to be taken."""
    head = filled_cells(sheet.rows[at - 1])
    if not 2 <= len(head) <= 6 or not all(map(_is_short_text, (cell for _, cell in head))):
        return 0.0
    below = islice((sheet.rows[row - 1] for row in rows if row > at), _SAMPLE)
    body = [row for row in below if len(filled_cells(row)) >= 2]
    amounts = [column for column, cell in head if _is_amount(text_of(cell))]
    numbers = [column for column in amounts if _are_numbers(body, column)]
    words = [column for column, _ in head if column not in amounts and _are_words(body, column)]
    known = len(amounts) + sum(bool(read_heading(text_of(cell)).means) for _, cell in head)
    if not body or not numbers or not words or known < 2:
        return 0.0
    return _SCORE + 0.1 * len(numbers)


def _is_short_text(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and not is_number(cell)


def _is_amount(text: str) -> bool:
    return read_heading(text).means[:1] in {(one,) for one in _AMOUNTS} or unit_of(text) in MASS


def _cells(body: Sequence[tuple[Value, ...]], column: int) -> list[Value]:
    return [cell for row in body if text_of(cell := cell_at(row, column))]


def _are_numbers(body: Sequence[tuple[Value, ...]], column: int) -> bool:
    cells = _cells(body, column)
    good = sum(is_number(cell) or text_of(cell)[:1].isdigit() for cell in cells)
    return len(cells) >= 0.5 * len(body) and good >= 0.8 * len(cells)


def _are_words(body: Sequence[tuple[Value, ...]], column: int) -> bool:
    """Names: words that differ from row to row."""
    texts = [text_of(cell) for cell in _cells(body, column)]
    worded = sum(any(map(str.isalpha, text)) for text in texts)
    return (
        len(texts) >= 0.7 * len(body)
        and worded >= 0.8 * len(texts)
        and (len(set(texts)) >= 0.7 * len(texts))
    )

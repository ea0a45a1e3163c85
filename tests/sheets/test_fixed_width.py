"""Printed lists, whose columns are held apart by blanks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.reading.read import read_table
from footprint.sheets.fixed_width import fixed_width
from footprint.sheets.open import open_book

PRINTED = """Bill of material   FAN-300     Plant 1000

Lv Item Component          Description                    Qty  Un
-- ---- ------------------ ---------------------- ----------- ---
1  0010 100-100            Base plate                       1 PC
2  0010 100-300            Cable, 2x0.5                   1.5 M
1  0020 100-200            Screw M4x10 zinc                 4 PC
"""


def test_a_printed_list_is_cut_where_all_lines_are_blank() -> None:
    book = open_book(PRINTED.encode(), "list.txt")
    rows = book.sheets[0].rows
    assert rows[4] == ("1", "0010", "100-100", "Base plate", "  1", "PC")
    assert rows[0] == ("Bill of material   FAN-300     Plant 1000",)
    lines = read_table(PRINTED.encode(), "list.txt").lines
    assert [(line.row, line.quantity, line.parent_row) for line in lines] == [
        (5, 1.0, None), (6, 1.5, 5), (7, 4.0, None),
    ]  # fmt: skip


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _printed(rows: list[list[str]], gap: int) -> list[str]:
    widths = [max(_wide(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "".join(
            cell + " " * (width - _wide(cell) + gap)
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


_CELL = st.text("abcXYZ019.,螺丝板", min_size=1, max_size=9)


@given(st.lists(st.lists(_CELL, min_size=4, max_size=4), min_size=3, max_size=9), st.integers(2, 5))
def test_what_is_printed_in_columns_comes_back(rows: list[list[str]], gap: int) -> None:
    found = fixed_width(_printed(rows, gap))
    assert found is not None
    assert [[cell.strip() for cell in row] for row in found] == rows


@pytest.mark.parametrize(
    "text",
    [
        "This is a letter. It has\nseveral lines  and some blanks\nbut no columns at all.\n",
        # The quantity and the unit of the second row cannot be told apart by their places.
        "Name      Qty  Unit  Note\nBolt     4    pc   zinc\nWire    12.50  m  red\nNut  4  pc\n",
        "a  b  c\n",
    ],
)
def test_text_whose_columns_do_not_agree_is_no_table(text: str) -> None:
    assert fixed_width(text.splitlines()) is None


def test_a_file_with_a_delimiter_is_read_by_it_though_it_is_padded() -> None:
    text = "Name      ; Qty ; Unit\nBase plate; 1   ; pc\nCable     ; 2,5 ; m\n"
    book = open_book(text.encode(), "a.csv")
    assert book.delimiter == ";"

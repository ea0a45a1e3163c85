"""Text files: delimiters, quotes, line numbers, and what spreadsheets write into CSV."""

from __future__ import annotations

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import InputRefused
from footprint.sheets.model import Book, CellTraits
from footprint.sheets.open import open_book


def read(text: str) -> Book:
    return open_book(text.encode(), "parts.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_the_lines_alike(delimiter: str) -> None:
    rows = [["part", "qty", "size"], ["Bolt; M4", "4", "1,5"], ["Tube, red", "2", "2,5"]]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    book = read("\n".join(delimiter.join(row) for row in quoted))
    assert book.delimiter == delimiter
    assert book.sheets[0].rows == [tuple(row) for row in rows]


def test_a_title_above_the_table_does_not_tell_the_delimiter() -> None:
    book = read(
        "List of parts, revision 2, released, final\n\nPos;Teil;Menge\n1;Rohr;1,5\n2;Gurt;2,5\n"
    )
    assert book.delimiter == ";"
    assert book.sheets[0].rows[1:] == [
        (),
        ("Pos", "Teil", "Menge"),
        ("1", "Rohr", "1,5"),
        ("2", "Gurt", "2,5"),
    ]


def test_excels_first_line_names_the_delimiter_and_is_no_row() -> None:
    book = read("sep=;\na,b;c\n1,2;3\n")
    assert (book.delimiter, book.quirks) == (";", ("sep_line",))
    assert book.sheets[0].rows == [(), ("a,b", "c"), ("1,2", "3")]


def test_rows_are_counted_as_lines_also_behind_cells_of_several_lines() -> None:
    book = read('part,size,qty\nBolt,"M4\nzinc plated",4\n\nNut,M4,2\n')
    assert book.sheets[0].rows == [
        *(("part", "size", "qty"), ("Bolt", "M4\nzinc plated", "4")),
        *((), (), ("Nut", "M4", "2")),
    ]
    assert book.quirks == ()


def test_a_quote_that_is_never_closed_swallows_no_line() -> None:
    book = read('part,size,qty\n"Pipe,2,1\nNut,M4,2\nBolt,M4,3\n')
    assert book.sheets[0].rows[1:] == [('"Pipe', "2", "1"), ("Nut", "M4", "2"), ("Bolt", "M4", "3")]
    assert book.quirk_rows == {"unclosed_quote": (2,)}


def test_two_stray_quotes_swallow_no_line_between_them() -> None:
    """The two quotes make a sound cell of RFC 4180, over two lines that are whole by themselves."""
    book = read('part,size,qty\nPipe,"2,1\nTube,5",2\nNut,M4,2\n')
    assert [row[0] for row in book.sheets[0].rows] == ["part", "Pipe", "Tube", "Nut"]
    assert "unclosed_quote" in book.quirks


def test_an_inch_behind_a_quote_is_kept() -> None:
    book = read('part,qty\n"3/4" pipe,2\n5" tube,1\n')
    assert book.sheets[0].rows[1:] == [('"3/4" pipe', "2"), ('5" tube', "1")]
    assert book.quirk_rows == {"stray_quote": (2,)}


def test_apostrophes_around_every_cell_are_the_text_mark() -> None:
    book = read("'Refs';'Value';'Qty'\n'C1';'100n; 50V';'1'\n'R1';'10k';''\n")
    assert book.sheets[0].rows == [
        ("Refs", "Value", "Qty"),
        ("C1", "100n; 50V", "1"),
        ("R1", "10k"),
    ]


def test_apostrophes_in_some_cells_are_text() -> None:
    assert read("part,size\nPipe,5'\n'Nut',M4\n").sheets[0].rows[2] == ("'Nut'", "M4")


def test_text_of_excel_in_a_formula_is_text_and_other_formulas_have_no_value() -> None:
    sheet = read('no,qty\n="00123",4\n"=""a""""b""",=2+2\n').sheets[0]
    assert sheet.rows[1:] == [("00123", "4"), ('a"b',)]
    assert sheet.marks == {(3, 2): CellTraits(formula="2+2")}


def test_part_numbers_stay_as_they_are_written() -> None:
    cells = ("00123", "1E3", "3/4", "1-2", "1.10", "#8-32 screw", " indented")
    assert read(",".join(cells) + "\n").sheets[0].rows == [cells]


def test_other_line_ends_than_those_of_a_file_are_no_lines() -> None:
    assert len(read("a,b\r\n1\u2028x,2\r\n3,4\r").sheets[0].rows) == 3


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
            min_size=3,
            max_size=3,
        ),
        min_size=3,
        max_size=8,
    )
)
def test_what_a_csv_writer_quotes_comes_back(rows: list[list[str]]) -> None:
    rows = [["part", "size", "qty"], *rows]
    text = "\r\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    found = read(text).sheets[0].rows
    for row, cells in some(zip(found, rows, strict=True)):
        if not any(cell.startswith("=") for cell in cells):
            assert row == tuple(cells)


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n \n", ",,,\n,,\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(text)
    assert refused.value.problems[0].code == "BOM-003"

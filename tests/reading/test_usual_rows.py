"""What is told by a few look-ups is what asking everything tells: rows, headings, pages, totals."""

from __future__ import annotations

import random
from typing import Any

import pytest
from evidence import some

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused
from footprint.reading import header
from footprint.reading.footers import may_begin
from footprint.reading.grid import is_number
from footprint.reading.header import choose_sheet
from footprint.reading.headings import read_heading
from footprint.reading.model import ReadLine
from footprint.reading.rows import is_page
from footprint.reading.usual import UsualRows
from footprint.reading.vocabulary import fold, headings, row_words
from footprint.sheets.open import open_book

NAMES = [
    "Bracket",
    "Bolt",
    "Total",
    "Cost of handling",
    "Spare",
    " indented",
    "Approved by: me",
    "",
]
CELLS = {
    "id": ["L1", "1", "-", "A.1", ""],
    "name": NAMES,
    "quantity": ["1", "0.25", "1.234", "1,5", "-1", "0", "12 pcs", " 3", "1e3", "", "x"],
    "unit": ["kg", "pcs", "%", "dozen", "box", "roll", "qty", "", "KG", "pair"],
    "dataset": ["steel-rebar-cn", "Total", ""],
    "stage": ["material", "production", "packaging", ""],
    "note": ["", "", "", "plus 1 spare"],
    "loss": ["", "5 %", "0.1", "2"],
    "unit_mass": ["", "0.2", "3 g"],
}


def table(seed: int) -> str:
    """A table in the documented form; most of its rows are usual, and some columns are missing."""
    draw = random.Random(seed)  # noqa: S311  a draw, no secret
    columns = [
        column
        for column in CELLS
        if column in {"name", "quantity", "unit", "dataset"} or draw.random() < 0.5
    ]
    rows = [
        [draw.choice(CELLS[one]) if draw.random() < 0.15 else CELLS[one][0] for one in columns]
        for _ in range(draw.randint(1, 9))
    ]
    return "\n".join(",".join(row) for row in [columns, *rows]) + "\n"


def read(text: str) -> str:
    """All that a table gives: the bill, or every reason why not."""
    try:
        return repr(read_bom_bytes(text.encode(), "a.csv"))
    except InputRefused as refused:
        return repr(refused.problems)


def test_a_usual_row_is_read_as_if_everything_had_been_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = [table(seed) for seed in range(400)]
    taken: list[bool] = []
    told = UsualRows.line

    def line(*of: Any) -> ReadLine | None:
        found = told(*of)
        taken.append(found is not None)
        return found

    with monkeypatch.context() as watched:
        watched.setattr(UsualRows, "line", line)
        quick = [read(text) for text in tables]
    assert 300 < sum(taken) < len(taken) - 300
    monkeypatch.setattr(UsualRows, "line", lambda *_: None)
    for text, found in some(list(zip(tables, quick, strict=True))):
        assert read(text) == found, text


def test_rows_that_are_not_scored_could_not_have_been_the_headings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = [table(seed) for seed in range(200)]
    wide = "item,name,qty,unit,width,Bolt,Name\n"
    tables += [f"a,b,c\n{wide}{text}" for text in tables[:50]]
    books = [open_book(text.encode(), "a.csv") for text in tables]
    found = [choose_sheet(book, None, None) for book in books]
    scored = header._scored
    monkeypatch.setattr(header, "_scored", lambda *of, every: scored(*of, every=True))
    assert [choose_sheet(book, None, None) for book in books] == found
    assert sum(one is not None for one, _ in found) > 200


def test_no_number_is_a_heading_so_lines_of_numbers_cannot_be_headings() -> None:
    assert not [word for word in headings() if is_number(word) or word.replace(" ", "").isdigit()]
    for number in some(("1", "12.5", "-3", "1,234", "+7", "\uff11\uff12", "1000", "0.5")):
        assert is_number(number)
        assert not read_heading(number).means


def test_pages_are_found_by_whatever_they_begin_with() -> None:
    pages = ("Page 2 of 3", "page:1", "Seite 2 von 4", "\u017feite 2", "PÁGINA 3", "blatt 1/2")
    for text in some((*pages, "第 2 页 共 3", "第2頁", "12 ページ", "Trang 4", "Strona 2 z 5")):
        assert is_page(text), text
    for text in some(("", "Part 1", "Page", "12", "ページ")):
        assert not is_page(text), text


def test_a_text_may_begin_with_every_word_that_it_begins_with() -> None:
    for kind in some(("total", "footer", "spare")):
        for word in some(sorted(row_words(kind))):
            for text in some((word, word.upper(), f"{word} 12", f"({word}", f"{word[:1]}\u0301")):
                begins = fold(text)[:1] == fold(word)[:1]
                assert may_begin(text[:2], kind) or not begins, (kind, text)

"""Where the table is: the sheet and the row of headings, scored by how many headings are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from footprint.late_pattern import late_pattern
from footprint.reading.grid import (
    Row,
    cell_at,
    filled_cells,
    has_two,
    is_number,
    text_of,
    visible_rows,
)
from footprint.reading.heading_means import TRIMMED, Heading
from footprint.reading.heading_pairs import headings_of, is_unit
from footprint.reading.heading_rows import are_steps, below_groups, sizes_in
from footprint.reading.headings import read_heading
from footprint.reading.naming import place_of
from footprint.reading.plain_lists import plain_list
from footprint.reading.vocabulary import fold
from footprint.sheets.model import Book, Sheet

#: Title blocks are short: of 44 lists looked at the longest had 14 rows above the headings.
MOST_ROWS_ABOVE = 120
#: A row that scores less is not taken for headings.
LEAST = 1.5
#: Meanings that say that a row is about parts.
_THING = frozenset(("name", "description", "material", "id", "spec", "designators", "footprint"))
_AMOUNT = frozenset(
    """
    quantity unit_mass line_mass length designators share total_quantity unit areal_mass
    linear_mass volume dimensions area
    """.split()
)

#: A column of a tree that is written as stairs.
STEP = late_pattern(
    r"(?:level|lvl|lv|l|ebene|stufe|niveau|niv|livello|nivel|poziom|cap|レベル|階層|레벨|层级|阶层|第)"
    r"\s*[-_.]?\s*(?P<depth>[0-9一二三四五])\s*(?:层|阶|级|階層)?"
    r"|[1-9一二三四五]\s*[级級层層阶階](?:物料|零件|部件|名称)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found in a sheet: the row of headings, what they are, and the rows of its body."""

    sheet: Sheet
    header_row: int
    headings: tuple[Heading, ...]
    body: tuple[int, ...]
    score: float
    second_row: int | None = None
    second_kind: str = ""
    above: tuple[int, ...] = ()


def find_table(
    sheet: Sheet, header_row: int | None = None, named: Collection[str] = ()
) -> FoundTable | None:
    """The best table of a sheet, or None. `header_row` is the row that the user names, `named` are
    headings that he names: the row that has all of them is that of the headings."""
    rows = visible_rows(sheet)
    places = list(_places(rows, sheet))
    wanted = {fold(text) for text in named if place_of(text) is None}
    scored = _scored(sheet, places, every=bool(wanted))
    if all(score < LEAST for score, _ in scored):  # few headings, few words: what is below them?
        scored = [(plain_list(sheet, rows, at), at) for at in places]
    if wanted and (told := [one for one in scored if wanted <= _folded(sheet.rows[one[1] - 1])]):
        scored = [(max(score, LEAST), at) for score, at in told]
    if header_row is not None:
        scored = [(99.0, header_row)] if header_row <= len(sheet.rows) else []
    best = max(scored, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
    if best[0] < LEAST:
        return None
    return _table(sheet, rows, best[1], best[0])


def _scored(sheet: Sheet, places: list[int], *, every: bool) -> list[tuple[float, int]]:
    """(score, row) of the rows that may be the best, or of `every` row. A cell of letters counts 1
    at most, the whole row a half: nearly all lines below good headings cannot win."""
    scored: list[tuple[float, int]] = []
    best = (0.0, 0)
    for at in places:
        row = sheet.rows[at - 1]
        if not every and at > best[1] and (len(row) + 0.5 <= best[0] or _most(row) <= best[0]):
            continue
        scored.append((_score(row), at))
        best = max(best, scored[-1], key=lambda one: (one[0], -one[1]))
    return scored


def _most(row: Row) -> float:
    """What a row scores if every text in it is a known heading; numbers are none."""
    return 0.5 + sum(isinstance(cell, str) and not is_number(cell) for cell in row)


def _folded(row: Row) -> set[str]:
    return {fold(text_of(cell)) for _, cell in filled_cells(row)}


def likeliest(sheet: Sheet) -> tuple[int, list[str], str, str]:
    """The row that looks most like headings though none does enough, its texts, which of them
    stands above words, and which above the most numbers that are no prices; 0 and "" for none."""
    rows = visible_rows(sheet)
    worded = [
        at for at in _places(rows, sheet)
        if not any(is_number(cell) for _, cell in filled_cells(sheet.rows[at - 1]))
    ]  # fmt: skip
    at = max(worded, key=lambda one: (_score(sheet.rows[one - 1]), -one), default=0)
    if not at:
        return 0, [], "", ""
    filled, below = list(filled_cells(sheet.rows[at - 1])), sheet.rows[at : at + 100]
    numbers = {one: sum(is_number(cell_at(row, one)) for row in below) for one, _ in filled}
    bought = [one for one in filled if read_heading(text_of(one[1])).means[:1] == ("price",)]
    named = next((one for one in filled if 2 * numbers[one[0]] < len(below)), filled[0])
    others = [one for one in filled if one not in (*bought, named) and numbers[one[0]]]
    numbering = [one for one in others if read_heading(text_of(one[1])).means[:1] == ("line_no",)]
    others = [one for one in others if one not in numbering]
    counted = max(others, key=lambda one: (numbers[one[0]], one[0]), default=(0, ""))
    texts = [text_of(cell) for _, cell in filled]
    return at, texts, text_of(named[1]), text_of(counted[1])


def _places(rows: list[int], sheet: Sheet) -> Iterable[int]:
    def full(numbers: Iterable[int], most: int) -> Iterable[int]:
        return islice((at for at in numbers if has_two(sheet.rows[at - 1])), most)

    return dict.fromkeys((*full(rows, MOST_ROWS_ABOVE), *full(reversed(rows), 5)))


def _score(row: Row) -> float:
    """How much a row looks like headings: known words count for it, numbers against."""
    score = 0.0
    means: set[str] = set()
    unknown = False
    for _, cell in filled_cells(row):
        text = text_of(cell)
        heading = read_heading(text) if isinstance(cell, str) else Heading(text)
        if text.endswith((":", "：")):
            score -= 0.6
        elif heading.means:
            score += heading.score if heading.means[0] not in means else 0.3
            means.add(heading.means[0])
            if heading.means[0] == "density" and heading.score < TRIMMED:
                means.add("quantity")  # `kg/m3` alone: of a cubic metre of concrete
        elif is_number(cell) or not isinstance(cell, str):
            score -= 1.5
        elif len(text) > 40:
            score -= 1.0
        else:
            score, unknown = score - 0.15, True
    if sizes := sizes_in([text_of(cell) for cell in row]):
        means |= {"name", "quantity"}
        score += 0.5 * len(sizes)
    if sum(bool(STEP.fullmatch(text_of(cell))) for _, cell in filled_cells(row)) > 1:
        means.add("name")
    things = means & _THING
    unnamed = (unknown or "line_no" in means) and score > 2.5 and len(means & _AMOUNT) > 1
    if not (things or unnamed) or not (means & _AMOUNT or len(things) > 1):
        return score * 0.3
    return score + 0.5 * bool(means & {"quantity", "designators"})


def _table(sheet: Sheet, rows: list[int], at: int, score: float) -> FoundTable:
    below = [row for row in rows if row > at]
    above = [row for row in rows if row < at]
    if above and not any(len(filled_cells(sheet.rows[row - 1])) >= 2 for row in below):
        return FoundTable(sheet, at, headings_of(sheet, at, None), tuple(above), score)
    second, kind = _second(sheet, at, below)
    if second is not None:
        below = below[1:]
    return FoundTable(
        sheet, at, headings_of(sheet, at, second), tuple(below), score, second, kind, tuple(above)
    )


def _second(sheet: Sheet, at: int, below: list[int]) -> tuple[int | None, str]:
    """A second row of headings, or a row of units, right below the first."""
    if not below or below[0] != at + 1:
        return None, ""
    cells = filled_cells(sheet.rows[at])
    texts = [text_of(cell) for _, cell in cells]
    if are_steps(sheet.rows[at - 1], [column for column, _ in cells], texts):
        return below[0], "second_heading"
    if not texts or any(is_number(cell) for _, cell in cells) or any(map(_is_amount, texts)):
        return None, ""
    units = sum(is_unit(text) for text in texts)
    if (
        units >= 1
        and units >= 0.6 * len(texts)
        and len(texts) >= 1
        and not _is_line(sheet.rows[at - 1], cells)
    ):
        return below[0], "units_row"
    if below_groups(sheet.rows[at - 1], dict(zip((one for one, _ in cells), texts, strict=True))):
        return below[0], "second_heading"
    known = [read_heading(text) for text in texts]
    sure = sum(one.score >= 0.95 for one in known)
    empty_above = sum(not text_of(cell_at(sheet.rows[at - 1], column)) for column, _ in cells)
    if (
        sure >= 2
        and sure >= 0.5 * len(texts)
        and (empty_above or len(texts) < len(filled_cells(sheet.rows[at - 1])))
    ):
        return below[0], "second_heading"
    return None, ""


def _is_amount(text: str) -> bool:
    """Digits without a letter are no unit: `1/24` of a carton, or a date that was one."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def _is_line(header: Row, cells: list[tuple[int, object]]) -> bool:
    """A row whose only texts are a name and a unit is a line, not a row of units."""
    means = {read_heading(text_of(cell_at(header, column))).means[:1] for column, _ in cells}
    return ("name",) in means or ("id",) in means


def choose_sheet(
    book: Book, name: str | None, header_row: int | None, named: Collection[str] = ()
) -> tuple[FoundTable | None, list[FoundTable]]:
    """The table to read and the other sheets that hold one. Hidden sheets are only looked at where
    no visible one has a table."""
    if name is not None:
        wanted = [sheet for sheet in book.sheets if sheet.name == name]
        return (find_table(wanted[0], header_row, named) if wanted else None), []
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    for group in (visible, [sheet for sheet in book.sheets if sheet.hidden]):
        tables = [table for sheet in group if (table := find_table(sheet, header_row, named))]
        if tables:
            best = max(tables, key=lambda one: (round(one.score, 1), len(one.body) > 1))
            return best, [one for one in tables if one is not best]
    return None, []

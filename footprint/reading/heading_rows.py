"""Second rows of headings: steps of a tree below `Level`, and parts of a heading that reaches over
several columns."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.grid import Row, cell_at, text_of
from footprint.reading.headings import read_heading

#: Sizes of garments.
_SIZE = late_pattern(r"(?:x{0,4}|[2-6]x)[sl]|m", re.I)


def sizes_in(texts: list[str]) -> list[int]:
    """The columns, from 1, whose headings are sizes of garments, of which there are three or more:
    a lone `M` or `L` is something else."""
    found = {at: text.casefold() for at, text in enumerate(texts, start=1) if _SIZE.fullmatch(text)}
    return list(found) if len(found) > 2 and len(set(found.values())) == len(found) else []


def are_steps(header: Row, columns: list[int], texts: list[str]) -> bool:
    """Whether `1 2 3` below `Level` are the steps of a tree, each in a column of its own."""
    first = columns[0] if columns else 0
    counted = [str(number) for number in range(int(texts[:1] != ["0"]), 10)][: len(texts)]
    return (
        len(texts) > 1
        and texts == counted
        and columns == list(range(first, first + len(texts)))
        and read_heading(text_of(cell_at(header, first))).means[:1] == ("level",)
        and not any(text_of(cell_at(header, column)) for column in columns[1:])
    )


def below_groups(header: Row, texts: dict[int, str]) -> bool:
    """Whether texts stand only below headings that reach over several columns, and below the empty
    cells right of these: `Weight (g) | ""` above `each | total`. Another one may end its heading:
    `Qty per` above `set`."""
    below_empty = [column for column in texts if not text_of(cell_at(header, column))]
    grouped = [column for column in texts if column in below_empty or column + 1 in below_empty]
    return (
        bool(below_empty)
        and len(grouped) > 1
        and all(_ends(header, column, texts[column]) for column in texts if column not in grouped)
    )


def _ends(header: Row, column: int, text: str) -> bool:
    """Whether a text below a heading is the rest of it: both together are a known one."""
    over = text_of(cell_at(header, column))
    both = read_heading(f"{over} {text}")
    return both.score == 1.0 or text.startswith(("(", "[", "/"))

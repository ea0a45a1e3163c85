"""Columns of depths that only their cells show: `..2`, and positions `A, A1, A2, B`."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.levels import are_lettered

#: A depth behind its dots, as SAP and Oracle print it: `..2`.
_DEPTH = late_pattern(r"(?P<dots>\.*)(?P<level>\d{1,2})")


def depths(chooser: Chooser) -> None:
    """Find the column of levels whatever it is called."""
    _dotted(chooser)
    _letters(chooser)


def _dotted(chooser: Chooser) -> None:
    """Depths behind as many dots (`.1`, `..2`) are levels, whatever their column is called."""
    if chooser.with_meaning("level"):
        return
    for at, means in chooser.means.items():
        free = means in {"unknown", "other", "line_no", "id"} and not chooser.by_user(at)
        if free and _are_depths(chooser.values(at)):
            chooser.means[at] = "level"
            return


def _are_depths(values: Sequence[str]) -> bool:
    """Whether cells are `.1`, `..2` or `1`, `.2`, `..3`: one with two dots is no decimal number."""
    found = [match for one in values if (match := _DEPTH.fullmatch(one))]
    apart = {int(match["level"]) - len(match["dots"]) for match in found}
    deep = any(len(match["dots"]) > 1 for match in found)
    return len(found) == len(values) and len(apart) == 1 and apart <= {0, 1} and deep


def _letters(chooser: Chooser) -> None:
    """Positions `A, A1, A2, B, B1` are a tree where each letter is a part that is counted."""
    quantity = chooser.with_meaning("quantity")
    if not quantity or chooser.with_meaning("level") or chooser.with_meaning("parent"):
        return
    for at, means in chooser.means.items():
        free = means in {"unknown", "line_no", "id"} and not chooser.by_user(at)
        if free and are_lettered(chooser.values(at)) and chooser.fill(quantity[0]) == 1.0:
            chooser.means[at] = "level"
            return

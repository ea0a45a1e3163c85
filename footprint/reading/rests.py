"""The ingredient of a recipe in shares that is the rest: `Aqua  ad 100`, `Balance`, `余量`."""

from __future__ import annotations

from collections.abc import Iterable

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold

_WHOLE = 100.0
_REST = late_pattern(
    r"(?:(?:q ?s|q ?s ?p|c ?s ?p|q ?b)? ?(?:ad|a|to|up to|add to|bis|auf|jusqu'?a|hasta|do|до|"
    r"加至|補至|补至|到) ?|(?:q ?s|q ?s ?p|c ?s ?p|q ?b) ?)100(?:[.,]0+)? ?%?"
    r"|q ?s|qsp|balance|bal|remainder|remaining|rest|restmenge|reszta|resto|reste|complement"
    r"|余量|余|余额|平衡|補足|残部|残量|残り|잔량|остальное"
)


def is_rest(text: str) -> bool:
    """Whether a cell of shares says that it is what the others leave."""
    return bool(_REST.fullmatch(" ".join(fold(text).replace(".", " ").split()).rstrip(" .")))


def leaves_rest(values: Iterable[str]) -> bool:
    """Whether one cell of a column is the rest of the others, which make less than the whole."""
    cells = list(values)
    rests = [one for one in cells if is_rest(one)]
    numbers = [one.replace(",", ".").rstrip(" %％") for one in cells if one not in rests]
    try:
        return len(rests) == 1 and 0.0 < sum(map(float, numbers)) < _WHOLE
    except ValueError:
        return False

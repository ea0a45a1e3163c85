"""Reference designators of electronics (`C1, C2, R1-R4`): are they some, and how many."""

from __future__ import annotations

import re
from functools import lru_cache

from footprint.late_pattern import late_pattern

_ONE = r"[A-Za-z_]{1,10}\d{1,5}[A-Za-z]{0,2}"
_RANGE = late_pattern(
    r"(?P<head>[A-Za-z_]{1,10})(?P<first>\d{1,5})\s*(?:-|–|~|\.\.+|…|至)\s*(?P<again>[A-Za-z_]{1,10})?(?P<last>\d{1,5})"
)
_SINGLE = late_pattern(_ONE)
_SPLIT = late_pattern(r"[,;+，；、\s]+")
_TIGHT = late_pattern(r"\s*(-|–|~|\.\.+|…)\s*")


@lru_cache(maxsize=8192)
def count_designators(text: str) -> int | None:
    """How many designators the text lists, each once; None if it is no list of designators."""
    parts = [part for part in _SPLIT.split(_TIGHT.sub(r"\1", text.strip())) if part]
    if not parts:
        return None
    found: set[str] = set()
    for part in parts:
        if match := _RANGE.fullmatch(part):
            head, first, last = match["head"], int(match["first"]), int(match["last"])
            if (match["again"] or head) != head or last < first or last - first > 5000:
                return None
            found.update(f"{head}{number}" for number in range(first, last + 1))
        elif _SINGLE.fullmatch(part):
            found.add(part)
        else:
            return None
    return len(found)


def are_designators(values: list[str]) -> bool:
    """Whether a column holds designators: nearly every filled cell is a list of them, and hardly
    one is longer than a designator is (`C9000101` is a seller's number)."""
    filled = [value for value in values if value]
    if not filled:
        return False
    good = sum(count_designators(value) is not None and not _long(value) for value in filled)
    return good >= 0.7 * len(filled)


def _long(value: str) -> bool:
    first = _SPLIT.split(value.strip())[0]
    return bool(re.fullmatch(r"[A-Za-z]+\d{5,}[A-Za-z]*", first))

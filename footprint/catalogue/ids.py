"""Numbers for cells, the same in every part of a run, and the rows that combinations led to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from footprint.catalogue.cells import Ints, combined

#: Bits of what a line names, of how (unit, stage, kind, mass) and of where (place, facts).
WHAT, HOW, WHERE = 26, 16, 20
_BITS = {"what": WHAT, "how": HOW, "where": WHERE}


@dataclass(slots=True)
class Ids:
    """Numbers given so far by kind of value (`what`, `how`, `where`), and the values of each."""

    numbers: dict[str, dict[Hashable, int]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, kind: str, value: Hashable) -> int:
        """The number of a value of a kind, from 0. Raises `OverflowError` beyond its bits."""
        numbers = self.numbers.setdefault(kind, {})
        found = numbers.get(value)
        if found is None:
            known = self.values.setdefault(kind, [])
            found = numbers[value] = len(known)
            known.append(value)
            if kind in _BITS and found >= 1 << _BITS[kind]:
                raise OverflowError(f"more than {1 << _BITS[kind]:,} different cells ({kind})")
        return found

    def each(self, kind: str, codes: Sequence[Ints], value: Callable[..., Hashable]) -> Ints:
        """The numbers of rows of codes; `value` makes the value of one distinct row of them."""
        columns = [(one, int(one.max(initial=0)) + 1) for one in codes]
        found, parts = combined(columns)
        values = [*map(value, *(part.tolist() for part in parts))]
        known = self.numbers.setdefault(kind, {})
        numbers = [*map(known.get, values)]
        if None in numbers:
            numbers = [self.of(kind, one) for one in values]
        return np.array(numbers, dtype=np.int64)[found]


def mixed(what: Ints, how: Ints, where: Ints) -> Ints:
    """One number per row of three."""
    return (what.astype(np.int64) << HOW | how) << WHERE | where


def parted(numbers: Ints) -> tuple[Ints, Ints, Ints]:
    """What `mixed` made one number of."""
    both = numbers >> WHERE
    return both >> HOW, both & ((1 << HOW) - 1), numbers & ((1 << WHERE) - 1)


@dataclass(slots=True)
class Seen:
    """Numbers seen so far, in order, and the row that each led to."""

    numbers: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    rows: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def rows_of(self, wanted: Ints, resolve: Callable[[Ints], Ints]) -> Ints:
        """The rows of numbers; `resolve` is asked once for all that are new, ascending."""
        at = np.searchsorted(self.numbers, wanted)
        known = at < len(self.numbers)
        known[known] = self.numbers[at[known]] == wanted[known]
        new = np.unique(wanted[~known])
        if len(new):
            numbers = np.concatenate((self.numbers, new))
            rows = np.concatenate((self.rows, resolve(new)))
            order = np.argsort(numbers, kind="stable")
            self.numbers, self.rows = numbers[order], rows[order]
            at = np.searchsorted(self.numbers, wanted)
        found: Ints = self.rows[at]
        return found

"""Numbers for texts and for rows of numbers, the same in every part of a run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Coded, Ints

#: Bits of what a line names, of how (unit, stage, kind, mass) and of where (place, facts).
WHAT, HOW, WHERE = 26, 16, 20


@dataclass(slots=True)
class Ids:
    """Numbers given so far. `keys` are the rows of numbers seen, `rows` what each led to."""

    numbers: dict[Hashable, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    keys: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def of(self, kind: str, value: Hashable) -> int:
        """The number of a value of a kind, from 0."""
        found = self.numbers.get((kind, value))
        if found is None:
            found = self.numbers[kind, value] = self.counts.get(kind, 0)
            self.counts[kind] = found + 1
        return found

    def column(self, kind: str, column: Coded) -> Ints:
        """The numbers of a column of texts."""
        found: Ints = np.array([self.of(kind, word) for word in column.words])
        return found[column.codes]

    def mixed(self, what: Ints, how: Ints, where: Ints) -> Ints:
        """One number per row. Raises `OverflowError` beyond the bits that each has."""
        for name, bits in (("what", WHAT), ("how", HOW), ("where", WHERE)):
            if self.counts.get(name, 0) >= 1 << bits:
                raise OverflowError(f"more than {1 << bits:,} different cells ({name})")
        return (what << HOW | how) << WHERE | where

    def rows_of(self, mixed: Ints, resolve: Callable[[int], int]) -> Ints:
        """What each number leads to; `resolve` is asked at the first row of each new one."""
        place = pc.index_in(pa.array(mixed), value_set=pa.array(self.keys, pa.int64()))
        missing = np.flatnonzero(place.is_null().to_numpy(zero_copy_only=False))
        if len(missing):
            new, firsts = np.unique(mixed[missing], return_index=True)
            self.rows += [resolve(int(missing[at])) for at in firsts.tolist()]
            self.keys += new.tolist()
            return self.rows_of(mixed, resolve)
        found: Ints = np.array(self.rows, dtype=np.int64)[place.to_numpy()]
        return found


def joined(ids: Ids, kind: str, columns: Sequence[Ints]) -> Ints:
    """The numbers of distinct rows of several columns, which have few."""
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    mixed = columns[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        mixed = mixed * size + column
    encoded = pc.dictionary_encode(pa.array(mixed))
    values = encoded.dictionary.to_numpy()
    parts = []
    for size in reversed(sizes):
        values, rest = np.divmod(values, size)
        parts.append(rest.tolist())
    rows = zip(*parts, strict=True)
    numbers = np.array([ids.of(kind, row) for row in rows], dtype=np.int64)
    found: Ints = numbers[encoded.indices.to_numpy(zero_copy_only=False)]
    return found

"""What is the same for every line of a dataset, as arrays over the datasets of an inventory."""

from __future__ import annotations

from typing import Any

import numpy as np

from footprint.catalogue.cells import Floats, Ints
from footprint.catalogue.flags import AT_LEAST, bits
from footprint.engine.geography import geographical_rating, stands_in
from footprint.engine.traits import dataset_technology, traits_of
from footprint.inventory.compiled import CompiledInventory, Entry


class Datasets:
    """Arrays of shape (datasets,), by the column of each dataset in the intensity tables.

    `flags` are the codes of its remarks wherever it stands; `lacks` whether a total with it is only
    "at least"; `places` the number of the set of places that it is of.
    """

    def __init__(self, inventory: CompiledInventory) -> None:
        entries = sorted(inventory.datasets.values(), key=lambda entry: entry.column)
        self.entries: list[Entry] = entries
        self.year: Ints = np.array([one.year for one in entries])
        self.technological: Ints = np.array(
            [dataset_technology(one.technological) for one in entries]
        )
        self.completeness: Floats = np.array([one.completeness for one in entries])
        self.lacks: Ints = np.array([_lacks(one) for one in entries])
        self.flags: Ints = np.array(
            [bits(said.code for said in traits_of(one, "id", "").remarks) for one in entries]
        )
        sets: dict[tuple[str, ...], int] = {}
        self.places: Ints = np.array(
            [sets.setdefault(one.places or (one.location,), len(sets)) for one in entries]
        )
        self._sets = list(sets)

    def geography(self, number: int, place: str) -> tuple[int, bool]:
        """The rating of a set of places for a line made at `place`, and whether one of them is
        another place than that."""
        own = self._sets[number]
        rating = max(geographical_rating(place, at) for at in own)
        return rating, any(stands_in(place, at) for at in own)


def _lacks(entry: Entry) -> int:
    return AT_LEAST if entry.lacks_en or entry.cut else 0


def by_pair(numbers: Ints, others: Ints, value: Any) -> Floats:
    """`value` of each pair of numbers, asked once for each distinct pair; shape (rows, values)."""
    size = int(others.max(initial=0)) + 1
    distinct, codes = np.unique(numbers.astype(np.int64) * size + others, return_inverse=True)
    values = [value(*divmod(pair, size)) for pair in distinct.tolist()]
    found: Floats = np.array(values, dtype=np.float64).reshape(len(values), -1)[codes]
    return found

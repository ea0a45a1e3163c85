"""Which key each line of a part has: what it names, how it is counted, where it is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from footprint.catalogue.cells import Coded, Flags, Floats, Ints, combined
from footprint.catalogue.facts import LineContext
from footprint.catalogue.ids import mixed
from footprint.catalogue.keys import ASSEMBLY, Keys


class NamedRows(NamedTuple):
    """Per row of a part: its key, and the numbers of how and where."""

    key: Ints
    how: Ints
    where: Ints


@dataclass(slots=True)
class Naming:
    """The cells of a part. `column` reads a column of texts; `unit_mass` is NaN where none is
    stated."""

    column: Callable[[str], Coded]
    is_assembly: Flags
    unit_mass: Floats
    keys: Keys

    def named(self) -> NamedRows:
        """Keys of all rows; each distinct one is looked up once."""
        what, count, values = self._what()
        stated = ~np.isnan(self.unit_mass) & ~self.column("dataset").where("")
        names = ("unit", "stage", "data_type", "location", "country", "reference_period")
        columns = [self.column(name) for name in names]
        each = [(what, count), (stated.astype(np.int8), 2)]
        each += [(column.codes, len(column.words)) for column in columns]
        codes, (what, own_mass, *cells) = combined(each)
        unit, stage, data_type, location, country, period = (column.words for column in columns)
        ids = self.keys.ids
        whats = ids.each("what", [what], values)
        hows = ids.each(
            "how",
            [*cells[:3], own_mass],
            lambda a, b, c, d: (unit[a], stage[b], data_type[c], d == 1),
        )
        wheres = ids.each(
            "where", cells[3:], lambda a, b, c: (location[a], LineContext(country[b], period[c]))
        )
        numbers = mixed(whats, hows, wheres)
        rows = self.keys.rows_of(numbers).astype(np.int32)
        return NamedRows(rows[codes], hows.astype(np.int32)[codes], wheres.astype(np.int32)[codes])

    def _what(self) -> tuple[Ints, int, Callable[[int], Hashable]]:
        """What each row names, as a code; how many codes there may be; and what each stands for."""
        name, dataset = self.column("name"), self.column("dataset")
        given, sets = ~dataset.where(""), len(dataset.words)
        what = np.where(given, dataset.codes, name.codes + np.int32(sets))
        special: list[Hashable] = [ASSEMBLY]
        base = sets + len(name.words)
        nothing = self.is_assembly | (~given & name.where(""))
        what[nothing] = base
        named = given & self.column("stage").where("") & ~self.is_assembly
        if named.any():  # where no stage is stated, the name may tell it
            pairs = [(one.codes[named], len(one.words)) for one in (dataset, name)]
            codes, (first, second) = combined(pairs)
            what[named] = codes + base + len(special)
            special += [
                ("id", dataset.words[a], name.words[b])
                for a, b in zip(first.tolist(), second.tolist(), strict=True)
            ]
        weighed = ~np.isnan(self.unit_mass) & ~given & ~nothing
        if weighed.any():  # a mass helps to choose among datasets of a name
            masses, code = np.unique(self.unit_mass[weighed], return_inverse=True)
            codes, (first, second) = combined(
                [(name.codes[weighed], len(name.words)), (code, len(masses))]
            )
            what[weighed] = codes + base + len(special)
            special += [
                ("name", name.words[a], mass)
                for a, mass in zip(first.tolist(), masses[second].tolist(), strict=True)
            ]

        def value(code: int) -> Hashable:
            if code < sets:
                return ("id", dataset.words[code], "")
            return ("name", name.words[code - sets], None) if code < base else special[code - base]

        return what, base + len(special), value

"""From lines to datasets: those that name one by its id, and those that name it by words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from footprint.catalogue.facts import LineContext
from footprint.catalogue.flags import PER_MASS, RAW, UNMADE, bits
from footprint.catalogue.found import How, LinePlace
from footprint.engine import faults
from footprint.engine.item import Item, counts_pieces, is_raw_material
from footprint.engine.known import KnownLines
from footprint.engine.resolve import Unresolved, dataset_of, mass_per_unit
from footprint.engine.warnings import match_warnings
from footprint.faults import Problem
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.matching.fit import units_per
from footprint.values.line import Line, Stage

#: Stages whose lines arrive at the plant: their transport is inbound.
ARRIVING = frozenset(("material", "packaging", "production"))
#: How much worse the technology of a dataset is rated for how it was found, as `traits_of` does.
_WORSE = {"name": 1, "part": 1, "material": 2}


class Fit(NamedTuple):
    """What a line leads to: `Found` of one key, with the problem itself."""

    entry: int = -1
    per_unit: float = 1.0
    mass: float = np.nan
    stage: Stage | None = None
    flags: int = 0
    worse: int = 0
    problem: Problem | None = None
    alone: bool = False


class Fits:
    """Finds datasets in an inventory. `stage` of a `Fit` is set where what a line is tells it."""

    def __init__(self, inventory: CompiledInventory) -> None:
        self._inventory = inventory
        self._lines: dict[LineContext, KnownLines] = {}

    def lines_of(self, facts: LineContext) -> KnownLines:
        """What is known of the lines of products with these facts."""
        if facts not in self._lines:
            self._lines[facts] = KnownLines(facts.bom(""), self._inventory)
        return self._lines[facts]

    def by_id(self, dataset: str, name: str, how: How) -> Fit:
        """Lines that name this dataset; `name` counts where no stage is stated."""
        inventory, mass = self._inventory, 1.0 if how.stated else None
        line = _line(name or dataset, how, dataset=dataset, mass=mass)
        try:
            entry, _, per_unit, *_ = dataset_of(line, inventory, "", "")
        except Unresolved as unresolved:
            return Fit(problem=unresolved.problem)
        flags = 0
        if how.stated and units_per(how.unit, 2.0, entry) != per_unit:
            flags = PER_MASS
        flags |= _raw(how, entry)
        own = mass_per_unit(line, entry)
        fit = Fit(entry.column, per_unit, np.nan if own is None else own, flags=flags)
        return self._staged(fit, line, how, entry, self.lines_of(LineContext()))

    def by_name(self, name: str, mass: float | None, how: How, place: LinePlace) -> Fit:
        """Lines that name a dataset by words, which their place, their mass and their stage help
        to choose."""
        line = _line(name, how, location=place.location, mass=mass)
        known = self.lines_of(place.facts)
        try:
            entry, by, per_unit, score, reason, own, traits = known.of(line)
        except Unresolved as unresolved:
            return Fit(problem=unresolved.problem)
        item = Item(line, line.stage, 1.0, entry.unit, entry, by, score, reason, traits)
        said = match_warnings(place.facts.bom(""), item, entry, self._inventory)
        flags = bits(one.code for one in said) | _raw(how, entry)
        if by == "material":
            flags |= UNMADE
        weighs = np.nan if own is None else own
        fit = Fit(entry.column, per_unit, weighs, None, flags, _WORSE.get(by, 0))
        return self._staged(fit, line, how, entry, known)

    @staticmethod
    def _staged(fit: Fit, line: Line, how: How, entry: Entry, known: KnownLines) -> Fit:
        told = known.stage(line, entry) if how.is_open else None
        if told is None:
            return fit
        derived = bits([faults.DERIVED_STAGE.code])
        # Another stage would be that of the line's legs too.
        alone = told.stage not in ARRIVING
        return fit._replace(stage=told.stage, flags=fit.flags | derived, alone=alone)


def _raw(how: How, entry: Entry) -> int:
    return RAW if counts_pieces(how.unit) and is_raw_material(entry) else 0


def _line(
    name: str, how: How, *, dataset: str = "", location: str = "", mass: float | None = None
) -> Line:
    return Line(
        *(0, "-", name, 1.0, how.unit),
        dataset=dataset,
        location=location,
        stage=how.stage,
        unit_mass_kg=mass,
        stage_open=how.is_open,
    )

"""What distinct lines were found to be, before it becomes rows of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from footprint import units
from footprint.bom.cells import LineCells
from footprint.bom.faults import UNKNOWN_UNIT
from footprint.catalogue.cells import Flags, Floats, Ints
from footprint.catalogue.facts import LineContext, catalogue_product
from footprint.faults import Problem, Where
from footprint.reading.model import ReadLine
from footprint.values.line import STAGES, Stage

_ONE_BY_ONE = frozenset(("direct_emission", "use", "end_of_life"))


class How(NamedTuple):
    """Unit and stage of lines. `stated`: the mass of one unit is stated; `is_open`: no stage is,
    so that `stage` is only the usual one; `alone`: only `calculate` knows such lines."""

    unit: str
    stage: Stage
    is_open: bool
    stated: bool
    alone: bool
    problem: Problem | None


class LinePlace(NamedTuple):
    """Where lines are made, and the facts of their product."""

    facts: LineContext
    location: str
    problem: Problem | None

    @property
    def name(self) -> str:
        """The place by which a dataset is judged."""
        return self.location or self.facts.country

    @property
    def period_end(self) -> date | None:
        """The last day of the product's period."""
        return None if catalogue_product(self.facts)[1] else self.facts.period_end


def how_of(unit: str, stage: str, data_type: str, *, stated: bool) -> How:
    """Cells of unit, stage and kind of data, as a bill of materials reads them."""
    problems: list[Problem] = []
    name = unit
    try:
        name = units.normal_unit(unit)
    except units.UnitError as error:
        problems.append(UNKNOWN_UNIT.at(Where("", None, "unit"), str(error)))
    cells = LineCells("", 0, {"stage": stage, "data_type": data_type}, ".", True, problems)
    line = cells.line(ReadLine(0, "-", 1.0, name), 1.0, name, None)
    if line is None or problems:
        return How(name, "material", False, stated, False, problems[0])
    return How(name, line.stage, line.stage_open, stated, line.stage in _ONE_BY_ONE, None)


def line_place(location: str, facts: LineContext) -> LinePlace:
    """Cells of place, country and period, as a bill of materials reads them."""
    problems = list(catalogue_product(facts)[1])
    cells = LineCells("", 0, {"location": location}, ".", True, problems)
    line = cells.line(ReadLine(0, "-", 1.0, "kg"), 1.0, "kg", None)
    read = line.location if line is not None else ""
    return LinePlace(facts, read, problems[0] if problems else None)


@dataclass(slots=True)
class Found:
    """Arrays of shape (keys,): the column of the dataset (-1 = none), its units and the mass (kg)
    per unit of the line, the position of the stage in `STAGES`, further flags, how much worse its
    technology is for how it was found, and the number of the problem (0 = none)."""

    entry: Ints
    per_unit: Floats
    mass: Floats
    stage: Ints
    flags: Ints
    worse: Ints
    problem: Ints
    alone: Flags

    @classmethod
    def nothing(cls, count: int) -> Found:
        """So many keys that are not found yet."""
        whole = np.zeros(count, dtype=np.int64)
        return cls(
            entry=whole - 1,
            per_unit=np.ones(count),
            mass=np.full(count, np.nan),
            stage=whole.copy(),
            flags=whole.copy(),
            worse=whole.copy(),
            problem=whole.copy(),
            alone=np.zeros(count, dtype=bool),
        )


def stage_number(stage: Stage) -> int:
    """The position of a stage in `STAGES`."""
    return STAGES.index(stage)

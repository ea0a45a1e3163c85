"""Transport legs of the lines of one part."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from footprint.bom.cells import LineCells
from footprint.catalogue.cells import Coded, Flags, Floats, Ints, combined
from footprint.catalogue.flags import REFUSED
from footprint.catalogue.ids import mixed
from footprint.catalogue.keys import Keys
from footprint.faults import Problem
from footprint.reading.model import ReadLine


class Legs(NamedTuple):
    """Arrays of shape (legs,), by row: the row of the line, the key per tonne-kilometre, km."""

    row: Ints
    key: Ints
    km: Floats


def legs_of(
    transport: Coded, how: Ints, where: Ints, keys: Keys, refuse: Callable[[int, Problem], None]
) -> tuple[Legs, Flags]:
    """The legs of a part, and the rows that have some. `how` and `where` are the numbers of the
    cells of each row; `refuse` takes a row and its problem."""
    carried = ~transport.where("")
    rows = np.flatnonzero(carried)
    if not len(rows):
        nothing = np.zeros(0, dtype=np.int64)
        return Legs(nothing, nothing, np.zeros(0)), carried
    words, used = combined([(transport.codes[rows], len(transport.words))])
    routes = [_route(transport.words[code]) for code in used[0].tolist()]
    for at, route in enumerate(routes):
        if isinstance(route, Problem):
            for row in rows[words == at].tolist():
                refuse(row, route)
            routes[at] = []
    flat = [leg for route in routes if not isinstance(route, Problem) for leg in route]
    counts = np.array([0 if isinstance(one, Problem) else len(one) for one in routes])
    firsts = np.cumsum(counts) - counts
    row = np.repeat(rows, counts[words])
    ends = np.cumsum(counts[words])
    within = np.arange(len(row)) - np.repeat(ends - counts[words], counts[words])
    leg = np.repeat(firsts[words], counts[words]) + within
    mode = np.array([keys.ids.of("mode", name) for name, _ in flat], dtype=np.int64)[leg]
    km = np.array([distance for _, distance in flat], dtype=np.float64)[leg]
    key = keys.legs_of(mixed(mode, how[row], where[row]))
    for at in np.flatnonzero(keys.matrix.flags[key] & REFUSED).tolist():
        problem = keys.problems[keys.matrix.problem[key[at]]]
        if problem is not None:
            refuse(int(row[at]), problem)
    return Legs(row, key, km), carried


def _route(text: str) -> list[tuple[str, float]] | Problem:
    """The modes and distances of one text, or what is wrong with it."""
    problems: list[Problem] = []
    line = LineCells("", 0, {"transport": text}, ".", True, problems).line(
        ReadLine(0, "-", 1.0, "kg"), 1.0, "kg", None
    )
    if line is None:
        return problems[0]
    return [(leg.mode, leg.distance_km) for leg in line.transport]

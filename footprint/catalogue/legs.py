"""Transport legs of the lines of one part."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from footprint.bom.cells import LineCells
from footprint.catalogue.cells import Coded, Flags, Floats, Ints, combined
from footprint.catalogue.facts import Facts, product_of
from footprint.catalogue.keys import ARRIVING, Keys
from footprint.engine.resolve import Unresolved
from footprint.faults import Problem
from footprint.reading.model import ReadLine
from footprint.values.line import Stage


class Legs(NamedTuple):
    """Arrays of shape (legs,), by row: the row of the line, the key per tonne-kilometre, km."""

    row: Ints
    key: Ints
    km: Floats


def legs_of(
    column: Callable[[str], Coded], keys: Keys, refuse: Callable[[int, Problem], None]
) -> tuple[Legs, Flags]:
    """The legs of a part, and the rows that have some. `column` reads cells, `refuse`
    takes a row and its problem."""
    transport = column("transport")
    carried = ~transport.where("")
    rows = np.flatnonzero(carried)
    if not len(rows):
        nothing = np.zeros(0, dtype=np.int64)
        return Legs(nothing, nothing, np.zeros(0)), carried
    names = ("stage", "location", "country", "reference_period")
    columns = [transport, *(column(name) for name in names)]
    columns = [Coded(one.codes[rows], one.words) for one in columns]
    codes, distinct = combined(columns)
    routes: list[list[tuple[int, float]]] = []
    for at, parts in enumerate(distinct):
        texts = [one.words[code] for one, code in zip(columns, parts, strict=True)]
        found = _route(texts, keys)
        if isinstance(found, Problem):
            for row in rows[codes == at].tolist():
                refuse(row, found)
            found = []
        routes.append(found)
    counts = np.array([len(route) for route in routes])[codes]
    chosen = [routes[code] for code in codes.tolist()]
    flat = [leg for route in chosen for leg in route]
    return (
        Legs(
            np.repeat(rows, counts),
            np.array([key for key, _ in flat], dtype=np.int64),
            np.array([km for _, km in flat], dtype=np.float64),
        ),
        carried,
    )


def _route(texts: list[str], keys: Keys) -> list[tuple[int, float]] | Problem:
    """The legs of one text for one stage and place, or what is wrong with them."""
    transport, stage, location, country, period = texts
    problems: list[Problem] = []
    cells = {"transport": transport, "stage": stage, "location": location}
    facts = Facts(country, period)
    line = LineCells("", 0, cells, ".", True, problems).line(
        ReadLine(0, "-", 1.0, "kg"), 1.0, "kg", None
    )
    if line is None:
        return problems[0]
    if product_of(facts)[1] or line.stage in {"use", "end_of_life", "direct_emission"}:
        return []  # refused, or calculated alone, for its other cells
    stage_of_leg: Stage = "inbound_transport" if line.stage in ARRIVING else line.stage
    try:
        return [
            (keys.leg(leg.mode, line, facts, stage_of_leg), leg.distance_km)
            for leg in line.transport
        ]
    except Unresolved as unresolved:
        return unresolved.problem

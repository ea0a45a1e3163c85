"""Electricity that a line names by its use alone: the grid of its country is offered, never taken.

`装配用电` and `Montagestrom` say what the power is for; no dataset is called so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from footprint.inventory.compiled import CompiledInventory
from footprint.late_pattern import late_pattern
from footprint.matching.fit import remembered_convertible
from footprint.matching.outcome import THRESHOLD, Candidate, Outcome
from footprint.matching.places import ELSEWHERE, distance
from footprint.matching.query import Query

#: Words for electricity in names, whatever stands before or behind them.
_POWER = late_pattern(
    r"strom(?!a)|electri|elektri|eléctri|elettri|électri|\bpower\b|\bcourant\b|\bprąd|\bluz\b"
    r"|[用耗]电|电[力能耗]|用電|電[力気]|전력|전기|электр|điện|ไฟฟ้า|\blistrik\b",
    re.IGNORECASE,
)
#: What holds electricity, or makes it, is no electricity.
_THINGS = late_pattern(
    r"batter|akku|accu|cell|\bpack\b|电池|電池|배터리|generator|发电", re.IGNORECASE
)
#: What the ids of the grids of countries begin with.
GRID = "electricity-grid-"
#: Below every threshold: somebody has to choose it.
_OFFERED = THRESHOLD - 0.06


def with_grid(outcome: Outcome, query: Query, inventory: CompiledInventory, top: int) -> Outcome:
    """The outcome, and where nothing was taken for a line of electricity in kWh or MJ the grid of
    its country before the other candidates."""
    if outcome.accepted is not None or not query.unit or not is_power(query):
        return outcome
    place = (query.location or query.country).partition("-")[0]
    if not place:
        why = "it may be electricity of a grid, and no country is given"
        return replace(outcome, candidates=_of(outcome, ""), refusal=why)
    entry = inventory.datasets.get(f"{GRID}{place.casefold()}")
    if entry is None:
        why = f"it may be electricity of a grid, and the inventory has none of {place}"
        return replace(outcome, candidates=_of(outcome, place), refusal=why)
    score = max([_OFFERED, *(one.score for one in outcome.candidates if one.entry is entry)])
    offered = Candidate(entry, score, f"the grid of {place}", "", distance(place, place), "")
    others = (one for one in _of(outcome, place) if one.entry is not entry)
    why = f"it may be electricity of the grid of {place}, which has to be chosen"
    return Outcome((offered, *others)[:top], None, why)


def _of(outcome: Outcome, place: str) -> tuple[Candidate, ...]:
    """The candidates without the electricity of other places: which of them come first says
    nothing, and one power is called as the other."""
    return tuple(
        one
        for one in outcome.candidates
        if not _POWER.search(one.entry.name_en) or distance(place, one.entry.location) != ELSEWHERE
    )


def is_power(query: Query) -> bool:
    """Whether a line is electricity by its name, its unit, and because nobody weighed it."""
    named = bool(_POWER.search(query.name)) and not _THINGS.search(query.name)
    return named and query.mass_kg is None and remembered_convertible(query.unit, "kWh")

"""Which lines of a footprint rest on guesses: found by words, not sure of, confirmed by nobody.

A line that words found is warned of with the score of the match (ENG-009); below `SURE` it is a
guess (decisions 0095 and 0100). So a document tells them whenever it was made, and nothing is read
or matched anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from footprint.engine.faults import MATCHED_BY_NAME
from footprint.engine.resolve import UNCONFIRMED
from footprint.late_pattern import late_pattern
from footprint.matching.outcome import SURE

#: The last one counts: names of lines, which may hold anything, stand before it.
_SCORE = late_pattern(r".*\(score (\d\.\d\d): ", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GuessedLine:
    """A line that rests on a guess: its row, its name, the dataset, and kg CO2e per declared unit
    without what its transport adds."""

    row: int
    name: str
    dataset: str
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Guesses:
    """The lines of a footprint that rest on guesses, the heaviest first, of so many lines in all.
    `share` is theirs of the total, 0 to 1; None where the total is not above zero."""

    lines: tuple[GuessedLine, ...]
    of: int
    share: float | None

    @property
    def kg_co2e(self) -> float:
        """What these lines add, in kg CO2e per declared unit."""
        return math.fsum(line.kg_co2e for line in self.lines)


def guesses_in(footprint: Mapping[str, Any]) -> Guesses:
    """The guesses in a footprint document."""
    # Lines of site data have no row: a warning names them in its column.
    places = {
        one["row"] or one["column"]
        for one in footprint["warnings"]
        if one["code"] == MATCHED_BY_NAME.code and _score(one["message"]) < SURE
    }
    found: dict[tuple[int, str], GuessedLine] = {}
    every = set()
    for item in footprint["contributions"]:
        key = (item["row"], item["line"])
        every.add(key)
        guessed = item["row"] in places or item["line"] in places
        if guessed and item["matched_by"] in UNCONFIRMED:
            before = found[key].kg_co2e if key in found else 0.0
            kg = before + item["kg_co2e"]
            found[key] = GuessedLine(item["row"], item["name"], item["dataset"], kg)
    lines = tuple(sorted(found.values(), key=lambda one: (-one.kg_co2e, one.row)))
    total = footprint["totals"]["excluding_biogenic_uptake_kg_co2e"]
    share = math.fsum(one.kg_co2e for one in lines) / total if total > 0 else None
    return Guesses(lines, len(every), share)


def _score(message: str) -> float:
    found = _SCORE.match(message)
    return 1.0 if found is None else float(found[1])

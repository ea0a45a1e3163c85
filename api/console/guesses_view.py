"""Guesses that nobody confirmed, as the pages of an order name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.console.figures import rounded_percent, three
from footprint.drafts.guesses import guesses_in

#: So many lines are named; the others are counted.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class GuessesView:
    """How many of a footprint's lines rest on guesses, their kg CO2e and share of the total in
    percent, and the heaviest of them as (row, name); `more` are not named."""

    count: int
    of: int
    kg: str
    percent: str
    named: tuple[tuple[int, str], ...]
    more: int


def guesses_view(footprint: Mapping[str, Any]) -> GuessesView | None:
    """The guesses in a footprint document; None where there are none."""
    found = guesses_in(footprint)
    if not found.lines:
        return None
    share = found.share
    return GuessesView(
        len(found.lines),
        found.of,
        three(found.kg_co2e),
        rounded_percent(share) if share is not None and share >= 0 else "–",
        tuple((line.row, line.name) for line in found.lines[:_NAMED]),
        len(found.lines[_NAMED:]),
    )

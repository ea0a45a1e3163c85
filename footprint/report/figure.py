"""A number as a report shows it, apart from all tables: what prints a total needs no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: unrounded for a spreadsheet, and as the text that every reader sees."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The number, kg CO2e per declared unit without biogenic CO2, and its interval when drawn."""

    kg: Figure
    low: Figure | None
    high: Figure | None

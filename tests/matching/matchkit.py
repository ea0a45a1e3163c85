"""Small inventories for the matcher, and lines to ask it."""

from __future__ import annotations

from collections.abc import Iterable

from footprint import units
from footprint.inventory.compiled import Entry
from footprint.matching.match import Fits, Matcher
from footprint.matching.outcome import Outcome
from footprint.matching.query import Query


def entry(
    name: str,
    name_en: str,
    *synonyms: str,
    unit: str = "kg",
    location: str = "GLO",
    year: int = 2024,
    boundary: str = "cradle-to-gate",
) -> Entry:
    """A dataset of which nothing matters but its words, unit, place and kind."""
    return Entry(
        id=name,
        column=0,
        name_en=name_en,
        name_zh=f"（{name}）",
        synonyms=synonyms,
        unit=unit,
        location=location,
        year=year,
        boundary=boundary,
        source="made-up",
        uses=(),
        technological=2,
        density_kg_per_l=None,
        grammage_kg_per_m2=None,
        mass_kg_per_unit=None,
    )


def fits(unit: str) -> Fits:
    """Datasets whose unit measures the same as `unit`."""
    return lambda candidate: units.convertible(unit, candidate.unit)


def ask(matcher: Matcher, text: str, unit: str = "kg", country: str = "CN", **more: str) -> Outcome:
    """What the matcher makes of a line."""
    query = Query(text, country=country, **more)  # type: ignore[arg-type]
    return matcher.match(query, fits(unit))


def accepted(entries: Iterable[Entry], text: str, unit: str = "kg", **more: str) -> str | None:
    """The id of the accepted dataset, or None."""
    found = ask(Matcher(entries), text, unit, **more).accepted
    return found.entry.id if found else None

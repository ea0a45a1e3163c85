"""Other years of one dataset: `electricity-grid-cn-2024` beside `electricity-grid-cn`.

An id keeps its year for ever. The plain id is the one that words lead to; the others have the same
place and unit, the year at the end of the id, and are found by their ids, or by the reference
period (`footprint.engine.years`).
"""

from __future__ import annotations

from collections.abc import Mapping

from footprint.inventory.compiled import Entry
from footprint.late_pattern import late_pattern

_YEARLY = late_pattern(r"(.+)-((?:19|20)\d\d)")
#: Only electricity has a market for every year; other ids may end in a year and mean an edition.
_UNIT = "kWh"


def base_of(entry: Entry, datasets: Mapping[str, Entry]) -> Entry | None:
    """The dataset of which this one is another year; None if it is of none."""
    match = _YEARLY.fullmatch(entry.id)
    base = datasets.get(match[1]) if match else None
    if match is None or base is None or entry.unit != _UNIT:
        return None
    alike = (entry.year, entry.location, entry.unit) == (int(match[2]), base.location, base.unit)
    return base if alike else None


def years_of(base: Entry, datasets: Mapping[str, Entry]) -> dict[int, Entry]:
    """A dataset by year: its other years, and its own."""
    if base.unit != _UNIT:
        return {base.year: base}
    known = (datasets.get(f"{base.id}-{year}") for year in range(base.year - 30, base.year + 31))
    others = [entry for entry in known if entry and base_of(entry, datasets) is base]
    return {entry.year: entry for entry in (*others, base)}

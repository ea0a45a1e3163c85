"""What the id of a dataset says of electricity: from a clean source, nuclear, or any other."""

from __future__ import annotations

from typing import Literal

from footprint.late_pattern import late_pattern

PowerSource = Literal["clean", "nuclear", "other"]

#: Datasets of one source of power. Nuclear power is counted apart: buyers differ about it.
_CLEAN = late_pattern(r"electricity-(wind|solar|hydro|geothermal|biomass)-")
_NUCLEAR = late_pattern(r"electricity-nuclear-")
_POWER = late_pattern(r"electricity-")


def power_source(dataset: str) -> PowerSource | None:
    """The source of the power of a dataset; None where it is no electricity. What comes from the
    grid is `other`, whatever its mix."""
    if not _POWER.match(dataset):
        return None
    if _CLEAN.match(dataset):
        return "clean"
    return "nuclear" if _NUCLEAR.match(dataset) else "other"

"""Whether a dataset is of the kind that a life-cycle stage asks for."""

from __future__ import annotations

from footprint import units
from footprint.inventory.compiled import Entry

#: A dataset of another kind than the stage asks for stays possible: stages are often left at their
#: default, so the factor settles what the words leave open and rarely more.
_OTHER_KIND = 0.88
_MATERIALS = frozenset(("material", "packaging"))
_WASTE = frozenset(("waste", "end_of_life"))


def stage_factor(stage: str, entry: Entry) -> float:
    """1 if the dataset is of the kind that the stage asks for ("" = any), otherwise less."""
    if not stage:
        return 1.0
    if entry.boundary == "treatment":
        return 1.0 if stage in _WASTE or stage == "production" else _OTHER_KIND
    if stage in _WASTE:
        return 1.0 if units.convertible(entry.unit, "tkm") else _OTHER_KIND
    if stage in _MATERIALS and entry.boundary in {"gate-to-gate", "combustion", "well-to-tank"}:
        return _OTHER_KIND
    return 1.0

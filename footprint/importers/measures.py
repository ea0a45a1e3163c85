"""Units as life-cycle files write them, in the units of the inventory.

What the file itself defines counts before our own table (`units.yaml`) and the project's units: a
ton may be 2,000 lb, a standard cubic metre less than a normal one. A unit that stays unknown is
kept as it is and converts to nothing but itself.
"""

from __future__ import annotations

import math
from functools import cache

from footprint import units
from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.report import Log
from footprint.shipped_yaml import shipped_yaml

#: Unit of the file: how many of which other unit it is.
FileUnits = dict[str, tuple[float, str]]


class Measures:
    """Units of one import: what the file defines, and a memory of what was looked up."""

    def __init__(self, log: Log, defined: FileUnits) -> None:
        self._log = log
        self._defined = defined
        self._known: dict[str, tuple[float, str]] = {}

    def unit(self, text: str, where: Where) -> tuple[float, str]:
        """(factor, unit): one `text` is so many of an inventory unit, or 1 of its own."""
        if text not in self._known:
            self._known[text] = self._find(text.strip(), depth=0) or self._own(text, where)
        return self._known[text]

    def convert(self, amount: float, unit: str, target: str, where: Where) -> float | None:
        """`amount` of a written unit in an inventory unit, or None if it does not convert."""
        factor, known = self.unit(unit, where)
        return in_unit(amount * factor, known, target)

    def _find(self, text: str, depth: int) -> tuple[float, str] | None:
        ours = _ours(text)
        factor, reference = self._defined.get(text, (1.0, text))
        if reference == text or depth > 3:
            return ours
        found = self._find(reference, depth + 1)
        if found is None:
            return factor, reference
        stated = factor * found[0]
        if ours is None:
            return stated, found[1]
        same = in_unit(stated, found[1], ours[1])
        if same is None:
            return stated, found[1]
        return ours if math.isclose(same, ours[0], rel_tol=1e-9) else (same, ours[1])

    def _own(self, text: str, where: Where) -> tuple[float, str]:
        name = text.strip() or "unit not stated"
        message = f"unit {name[:60]!r} is unknown here; it links only to itself"
        self._log.note(faults.OWN_UNIT, where, message)
        return 1.0, name[:60]


def in_unit(amount: float, unit: str, target: str) -> float | None:
    """`amount` of an inventory unit in another, or None if they measure different things."""
    if unit == target:
        return amount
    if _AMBIGUOUS & {unit, target}:
        return None
    try:
        return units.convert(amount, unit, target)
    except units.UnitError:
        return None


#: A million litres, or a thousandth of one: only the file itself can say.
_AMBIGUOUS = frozenset(("ML", "Ml"))


def _ours(text: str) -> tuple[float, str] | None:
    if text in _table():
        return _table()[text]
    if text in _AMBIGUOUS:
        return None
    try:
        return 1.0, units.normal_unit(text)
    except units.UnitError:
        return None


@cache
def _table() -> dict[str, tuple[float, str]]:
    data = shipped_yaml("footprint.importers", "units.yaml")
    table = {text: (1.0, unit) for unit, given in data["same"].items() for text in given}
    return table | {
        text: (float(factor), unit) for text, (factor, unit) in data["multiples"].items()
    }

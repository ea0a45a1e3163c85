"""From a line's unit to a dataset's: by the unit itself, or by the mass of one of either."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from footprint import units
from footprint.inventory.compiled import Entry


def units_per(unit: str, mass_kg: float | None, entry: Entry) -> float | None:
    """How many of the dataset's unit one `unit` of a line is, or None if nothing says it.

    `mass_kg` is the stated mass of one `unit` in kg, or None.
    """
    if unit == entry.unit:
        return 1.0
    if is_coal(unit):
        return _of_fuel(unit, entry)
    if remembered_convertible(unit, entry.unit):
        return units.factor(unit, entry.unit)
    mass = mass_of(unit, mass_kg, entry)
    if mass is None:
        return None
    if remembered_convertible(entry.unit, "kg"):
        return units.convert(mass, "kg", entry.unit)
    own = entry_mass(entry, entry.unit)
    return None if own is None else mass / own


#: MJ of a tonne of standard coal: 7 Gcal, as GB/T 2589 defines it.
_MJ_PER_TCE = 29307.6
_BURNT = "combustion"
#: Customs codes of fuels: coal, oil and gas (but for electricity), wood and charcoal.
_FUELS, _POWER = ("HS:27", "HS:44"), "HS:2716"


def is_coal(unit: str) -> bool:
    """Whether a line's unit is standard coal (tce)."""
    return remembered_convertible(unit, "tce")


def _of_fuel(unit: str, entry: Entry) -> float | None:
    """Standard coal as the heat of a fuel that is burned. Of electricity, heat and steam it may be
    what they hold (当量值) or what was burned for them (等价值), so nothing is said of them."""
    fuel = any(one.startswith(_FUELS) and not one.startswith(_POWER) for one in entry.codes)
    if entry.boundary != _BURNT or not fuel or not remembered_convertible(entry.unit, "MJ"):
        return None
    return units.factor(unit, "tce") * units.convert(_MJ_PER_TCE, "MJ", entry.unit)


@dataclass(frozen=True, slots=True)
class UnitFits:
    """Whether a line's unit can be converted to a dataset's, with or without the mass of one."""

    unit: str
    has_mass: bool

    def __call__(self, entry: Entry) -> bool:
        """Whether it fits this dataset; which mass it is makes no difference."""
        return units_per(self.unit, 1.0 if self.has_mass else None, entry) is not None


def any_unit(_: Entry) -> bool:
    """Fits every dataset."""
    return True


#: What has a mass, whatever it is counted in.
_WEIGHABLE = ("piece", "m", "m2", "m3")


def may_fit(unit: str, entry: Entry) -> bool:
    """Whether a line in this unit can be one of the dataset, given the mass of one unit."""
    if units_per(unit, None, entry) is not None:
        return True
    if not any(remembered_convertible(unit, one) for one in _WEIGHABLE):
        return False
    return remembered_convertible(entry.unit, "kg") or entry_mass(entry, entry.unit) is not None


@lru_cache(maxsize=4096)
def remembered_convertible(unit: str, other: str) -> bool:
    """`units.convertible`, remembered: the matcher asks it of every candidate."""
    return units.convertible(unit, other)


def mass_of(unit: str, mass_kg: float | None, entry: Entry | None) -> float | None:
    """Mass in kg of one `unit` of a line: given, from the unit itself, or by a property of the
    dataset (density, grammage, mass of a piece). None if nothing says it."""
    if mass_kg is not None:
        return mass_kg
    if remembered_convertible(unit, "kg"):
        return units.factor(unit, "kg")
    return entry_mass(entry, unit) if entry else None


def entry_mass(entry: Entry, unit: str) -> float | None:
    """Mass in kg of one `unit` of a dataset's product, by the properties it states, or None."""
    for property_unit, mass in (
        ("l", entry.density_kg_per_l),
        ("m2", entry.grammage_kg_per_m2),
        (entry.unit, entry.mass_kg_per_unit),
    ):
        if mass is not None and remembered_convertible(unit, property_unit):
            return mass * units.factor(unit, property_unit)
    return None

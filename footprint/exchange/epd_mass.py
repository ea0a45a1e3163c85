"""The mass of what a declaration declares, from properties that mean it one way or another.

`conversion factor to 1 kg` is met as kg per unit and as units per kg. Another property that fits
tells which; so does what no material can have; else the question is put.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from footprint.exchange.epd import EPD_UNITS, TO_KG, Epd

#: kg per one unit that a material can have, from foam and foil to osmium and a bridge's girder.
_POSSIBLE = {
    # Below 10 kg/m3 a number is rather that of a metal in t/m3 (steel 7.85, copper 8.96).
    "cubic meter": (Decimal(10), Decimal(23_000)),
    "liter": (Decimal("0.01"), Decimal(23)),
    "square meter": (Decimal("0.01"), Decimal(5_000)),
    "meter": (Decimal("0.0005"), Decimal(20_000)),
}
#: Properties that state kg per one unit of that kind.
_STATED = {
    "gross density": "cubic meter",
    "bulk density": "cubic meter",
    "grammage": "square meter",
    "linear density": "meter",
    "weight per unit": "piece",
    "weight per piece": "piece",
}
#: How many of these make up one of what the property is per. Another denominator is not read.
_PER: dict[str, dict[str, Decimal]] = {
    "cubic meter": {
        "m3": Decimal(1),
        "dm3": Decimal(10**3),
        "l": Decimal(10**3),
        "cm3": Decimal(10**6),
    },
    "square meter": {"m2": Decimal(1), "cm2": Decimal(10**4)},
    "meter": {"m": Decimal(1), "cm": Decimal(100), "km": Decimal("0.001")},
    "piece": dict.fromkeys(("pcs", "piece", "unit", "item"), Decimal(1)),
}
_FACTOR = "conversion factor to 1 kg"
#: Two statements of one mass differ by no more than this share.
_SAME = Decimal("0.05")


def epd_mass(epd: Epd, unit: str) -> tuple[Decimal | None, str]:
    """kg per one `unit` of what is declared, and the question if it is open.

    `unit` is the declared unit of a footprint, or `meter`.
    """
    per_unit = EPD_UNITS[epd.unit.strip().lower()][1]
    if unit == "kilogram":
        return Decimal(1), ""
    if epd.mass is not None and _possible(epd.mass / (epd.amount * per_unit), unit):
        return epd.mass / (epd.amount * per_unit), ""
    stated = next((one for one in _stated(epd, unit) if _possible(one, unit)), None)
    factor = next((one.value for one in epd.properties if one.name == _FACTOR), None)
    if stated is not None or factor is None or factor <= 0:
        return stated, "" if stated is not None else _unknown(epd, unit)
    readings = [one for one in (factor, 1 / factor) if _possible(one, unit)]
    if len(set(readings)) == 1 and unit in _POSSIBLE:
        return readings[0], ""
    if factor == 1:
        return (Decimal(1), "") if _possible(factor, unit) else (None, _odd(factor, unit))
    one, other = factor, 1 / factor
    return None, (
        f"{_FACTOR} is {factor:f}: that may be {one:.4g} or {other:.4g} kg per {unit}. "
        f"Ask the supplier, and give the quantity in {unit}."
    )


def mass_contradiction(epd: Epd, unit: str, amount: Decimal) -> str:
    """What is wrong with a mass beside a declared unit that is a mass itself; empty if nothing.

    `amount` : kg that are declared
    """
    if unit != "kilogram" or epd.mass is None or abs(epd.mass - amount) <= _SAME * amount:
        return ""
    return f"the mass is {epd.mass:f} kg, and the declared unit is {amount:f} kg"


def _unknown(epd: Epd, unit: str) -> str:
    """What is said where a mass of zero, or a density that no material has, is stated."""
    if epd.mass == 0:
        return f"The mass is stated as 0. Ask the supplier, and give the quantity in {unit}."
    odd = [one for one in _stated(epd, unit) if not _possible(one, unit)]
    return _odd(odd[0], unit) if odd else ""


def _odd(mass: Decimal, unit: str) -> str:
    return (
        f"The density of {mass:.4g} kg per {unit} is none that a material has. "
        f"Ask the supplier, and give the quantity in {unit}."
    )


def _possible(mass: Decimal, unit: str) -> bool:
    low, high = _POSSIBLE.get(unit, (Decimal(0), Decimal("1e12")))
    return mass > 0 and low <= mass <= high


def _stated(epd: Epd, unit: str) -> Iterator[Decimal]:
    for one in epd.properties:
        kind = _STATED.get(one.name)
        mass = None if kind is None else _kg_per(one.unit, kind)
        if kind is not None and mass is not None and one.value > 0:
            if kind == unit:
                yield one.value * mass
            elif (kind, unit) == ("cubic meter", "liter"):
                yield one.value * mass / 1000


def _kg_per(written: str, kind: str) -> Decimal | None:
    """kg per `kind` of one of a unit such as `kg/dm^3`; None for a unit that is not known."""
    text = unicodedata.normalize("NFKC", written).lower().replace("^", "").replace(" ", "")
    above, slash, below = text.partition("/")
    mass, per = TO_KG.get(above), _PER[kind].get(below) if slash else Decimal(1)
    return None if mass is None or per is None else mass * per

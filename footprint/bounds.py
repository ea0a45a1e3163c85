"""How large a factor can be: a bound that no real product reaches, against slips of the pen.

The greatest cradle-to-gate footprints per kg that are published are those of precious metals, some
10,000 to 35,000 kg CO2e (Nuss and Eckelman 2014, Table S38); of energy, a few kg per kWh, and 200
per kWh of a battery; of freight, a few kg per tonne-kilometre. One piece may be a ship or a plant:
some 10^9 kg. Each bound leaves a factor of ten or more above. See docs/decisions/0025.
"""

from __future__ import annotations

from footprint import units

#: kg CO2e per unit, by the kind of unit.
_BOUNDS = (("kg", 1e7), ("l", 1e7), ("m2", 1e7), ("kWh", 1e4), ("tkm", 1e4))
_ANY_OTHER = 1e10


def bound_of(unit: str) -> float:
    """The largest absolute kg CO2e that one `unit` can have."""
    for base, bound in _BOUNDS:
        if units.convertible(unit, base):
            return bound * units.factor(unit, base)
    return _ANY_OTHER


def beyond(value: float, unit: str) -> str:
    """In words, that `value` kg CO2e per `unit` is beyond any plausible bound; empty if not."""
    bound = bound_of(unit)
    if abs(value) <= bound:
        return ""
    return f"{value:g} kg CO2e per {unit} is beyond any plausible value ({bound:g})"

"""Which kind of quantity a unit of openEPD measures."""

from __future__ import annotations

_KINDS = {
    "emission": ("kgco2e", "kgco2eq", "kgco2", "tco2e", "gco2e"),
    "mass": ("kg", "g", "t", "lb", "ton", "metric_ton", "short_ton"),
    "area": ("m2", "m^2", "ft2", "ft^2"),
    "volume": ("m3", "m^3", "l", "yd3", "yd^3", "ft3", "ft^3"),
    "length": ("m", "ft", "mm", "cm"),
    "energy": ("mj", "kwh"),
    "transport": ("tkm", "t*km"),
    "item": ("item", "items", "piece", "unit"),
    "time": ("year", "yr", "h", "hour"),
}
_KIND_OF = {unit: kind for kind, units in _KINDS.items() for unit in units}


def dimension_of(unit: str | None) -> str:
    """The kind of quantity. Raises `ValueError` for a unit that is not known."""
    kind = _KIND_OF.get((unit or "").replace(" ", "").replace("-", "").lower())
    if kind is None:
        raise ValueError(f"{unit!r} is no unit that is known here")
    return kind

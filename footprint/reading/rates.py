"""Units of a rate in the cells of a list: `kg/t`, `kWh/件` are amounts in so much of a product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from footprint.reading.builder import Builder
from footprint.reading.units import COUNTS, MASS, unit_of

_RATE = re.compile(r"(?P<unit>[^/／]{1,12}?)\s*[/／]\s*(?:1\s*)?(?P<of>[^/／\d]{1,12})")


@dataclass(frozen=True, slots=True)
class Rate:
    """A unit, and the amount of the product that its figures are for."""

    unit: str
    amount: float
    of: str


@lru_cache(maxsize=4096)
def rate_of(text: str) -> Rate | None:
    """The rate that a cell names, for a mass or a number of products; else None."""
    match = _RATE.fullmatch(text.strip())
    unit, of = (unit_of(match["unit"]), unit_of(match["of"])) if match else (None, None)
    if unit is None or of is None:
        return None
    if of in MASS:
        return Rate(unit, MASS[of], "kg")
    return Rate(unit, COUNTS[of], "piece") if of in COUNTS else None


def said_by_rates(builder: Builder) -> bool:
    """Set the base to what all rates of the list are for; different ones are asked."""
    lines = builder.reading.lines
    found = {builder.rates.get(line.row, (1.0, "piece")) for line in lines}
    if not builder.rates or found == {(1.0, "piece")}:
        return False
    if len(found) == 1:
        (builder.reading.base,) = found
        return True
    rows = [line.row for line in lines if builder.rates.get(line.row) != (1.0, "piece")]
    builder.reading.ask("base_quantity", "base_rates", rows, blocking=True)
    return True

"""An environmental product declaration, as its data set says it, whatever the file's form.

Source: EN 15804 (modules, indicators, carbon content); ILCD+EPD data format (names and ids).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

#: Amount 1 of what is declared is one of these: as texts of data sets write it, and as it is here.
EPD_UNITS: Mapping[str, tuple[str, Decimal]] = {
    "kg": ("kilogram", Decimal(1)),
    "g": ("kilogram", Decimal("0.001")),
    "t": ("kilogram", Decimal(1000)),
    "m3": ("cubic meter", Decimal(1)),
    "m^3": ("cubic meter", Decimal(1)),
    "m³": ("cubic meter", Decimal(1)),
    "l": ("liter", Decimal(1)),
    "m2": ("square meter", Decimal(1)),
    "m^2": ("square meter", Decimal(1)),
    "m²": ("square meter", Decimal(1)),
    "qm": ("square meter", Decimal(1)),
    "m": ("meter", Decimal(1)),
    "item": ("piece", Decimal(1)),
    "item(s)": ("piece", Decimal(1)),
    "items": ("piece", Decimal(1)),
    "pcs": ("piece", Decimal(1)),
    "pcs.": ("piece", Decimal(1)),
    "piece": ("piece", Decimal(1)),
    "unit": ("piece", Decimal(1)),
    "stück": ("piece", Decimal(1)),
    "kwh": ("kilowatt hour", Decimal(1)),
    "mj": ("megajoule", Decimal(1)),
    "t*km": ("ton kilometer", Decimal(1)),
    "tkm": ("ton kilometer", Decimal(1)),
}
#: Units in which masses of a declaration are read, in kg.
TO_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000)}
#: How data sets call where their numbers come from; all but the first are secondary data.
Subtype = Literal["specific", "average", "generic", "representative", "template", "unknown"]


@dataclass(frozen=True, slots=True)
class EpdResult:
    """One number of an indicator: its id, the module as written, the scenario or empty."""

    indicator: str
    module: str
    scenario: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class EpdProperty:
    """A property of the material, by its name in lower case and its unit as written."""

    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Epd:
    """A declaration: `amount` of `unit` is what every number counts for.

    `mass`, `carbon` and `packaging_carbon` are kg in that amount, None where not stated. `valid_to`
    is the last day of validity; `comment` is what a footprint in this form says in words.
    """

    id: str
    name: str
    owner: str
    unit: str
    amount: Decimal
    valid_to: date | None
    subtype: Subtype
    results: tuple[EpdResult, ...]
    properties: tuple[EpdProperty, ...] = field(default=())
    mass: Decimal | None = None
    carbon: Decimal | None = None
    packaging_carbon: Decimal | None = None
    comment: str = ""


def subtype_of(text: str) -> Subtype:
    """The subtype that a data set names, such as `average dataset`."""
    first = text.strip().lower().partition(" ")[0]
    known: tuple[Subtype, ...] = ("specific", "average", "generic", "representative", "template")
    return next((one for one in known if one == first), "unknown")

"""Facts about a product and its maker, and what its result is per."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from footprint.faults import Contradiction

#: Units in which a result may be declared: PACT v3, declaredUnitOfMeasurement.
DeclaredUnitName = Literal[
    "liter",
    "kilogram",
    "cubic meter",
    "kilowatt hour",
    "megajoule",
    "ton kilometer",
    "square meter",
    "piece",
    "hour",
    "megabit second",
]
DECLARED_UNITS: tuple[DeclaredUnitName, ...] = get_args(DeclaredUnitName)
#: Units that have no mass: energy, transport, services.
MASSLESS = frozenset(("kilowatt hour", "megajoule", "ton kilometer", "hour", "megabit second"))


#: What a footprint is of. A subject other than a product has a period and a boundary in words.
SubjectKind = Literal["product", "organisation", "event"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)


@dataclass(frozen=True, slots=True)
class DeclaredUnit:
    """What the result is per: `amount` (above zero) of `unit` (one of `DECLARED_UNITS`)."""

    amount: float
    unit: str

    def __post_init__(self) -> None:
        if not 0.0 < self.amount < math.inf:
            raise Contradiction(f"a declared unit of {self.amount:g} is not above zero, or endless")
        if self.unit not in DECLARED_UNITS:
            raise Contradiction(f"{self.unit!r} is not one of {', '.join(DECLARED_UNITS)}")

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"

    @property
    def in_words(self) -> str:
        """The same as it is read: `24 pieces`."""
        return f"{self}{'' if self.amount == 1.0 else 's'}"


@dataclass(frozen=True, slots=True)
class EnergyCertificate:
    """A block of certificates of clean power, one for each MWh: `serial` names first and last."""

    serial: str
    kwh: float

    def __post_init__(self) -> None:
        if not self.serial or not 0.0 < self.kwh < math.inf:
            raise Contradiction(f"no certificate: {self.kwh:g} kWh under {self.serial!r}")


@dataclass(frozen=True, slots=True)
class Product:
    """Facts about the product and its maker. Empty or None means not given.

    Carbon contents are kg C per declared unit. Exempted emissions are percent of the whole
    footprint (PACT v3, section 3.3.1.2), 0 to 100. `classifications` are `LIST:code` or URNs.
    `accept_stated_totals` names the suppliers' documents whose stated total counts although their
    parts do not add up to it. `subject` is what the facts are of: an organisation's company is
    itself, an event's its organiser; `subject_boundary` says what is counted and what is not
    (empty for a product, whose boundary are the stages of its life cycle); `energy_certificates`
    are those that it cancelled for power of the period.
    """

    name: str
    name_zh: str = ""
    product_ids: tuple[str, ...] = ()
    declared_unit: DeclaredUnit = DeclaredUnit(1.0, "piece")
    mass_kg: float | None = None
    country: str = ""
    period_start: date | None = None
    period_end: date | None = None
    company: str = ""
    company_zh: str = ""
    company_ids: tuple[str, ...] = ()
    category: str = ""
    description: str = ""
    exempted_emissions_percent: float | None = None
    exempted_emissions_description: str = ""
    fossil_carbon_content: float | None = None
    biogenic_carbon_content: float | None = None
    recycled_carbon_content: float | None = None
    classifications: tuple[str, ...] = ()
    accept_stated_totals: tuple[str, ...] = ()
    subject: SubjectKind = "product"
    subject_boundary: str = ""
    energy_certificates: tuple[EnergyCertificate, ...] = ()

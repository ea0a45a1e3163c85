"""The bill of materials as values: a product, and the lines it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from footprint.faults import Problem

Stage = Literal[
    "material",
    "production",
    "packaging",
    "inbound_transport",
    "waste",
    "direct_emission",
    "distribution",
    "use",
    "end_of_life",
]
STAGES: tuple[Stage, ...] = (
    "material",
    "production",
    "packaging",
    "inbound_transport",
    "waste",
    "direct_emission",
    "distribution",
    "use",
    "end_of_life",
)
#: Stages behind the factory gate. With all three present the boundary is cradle-to-grave.
BEYOND_GATE: frozenset[Stage] = frozenset(("distribution", "use", "end_of_life"))

#: Units in which a result may be declared: PACT v3, declaredUnitOfMeasurement.
DECLARED_UNITS = (
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
)


@dataclass(frozen=True, slots=True)
class DeclaredUnit:
    """What the result is per: `amount` (above zero) of `unit` (one of `DECLARED_UNITS`)."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Product:
    """Facts about the product and its maker. Empty means not given."""

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


@dataclass(frozen=True, slots=True)
class TransportLeg:
    """A leg by which a line's mass travels: mode (or dataset id) and distance in km."""

    mode: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the user wrote it. `quantity` is per one unit of its assembly, net of `loss`.

    `loss` is the share scrapped in production, 0 <= loss < 1: gross = net / (1 - loss).
    `unit_mass_kg` is the mass of one `unit` of the line, when the user gave it.
    """

    row: int
    id: str
    name: str
    quantity: float
    unit: str
    parent: str = ""
    dataset: str = ""
    location: str = ""
    stage: Stage = "material"
    loss: float = 0.0
    transport: tuple[TransportLeg, ...] = ()
    unit_mass_kg: float | None = None
    data_type: Literal["primary", "secondary"] = "secondary"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bom:
    """A whole bill of materials: product, lines in file order, the file's name and its hash.

    `hash` covers what was read (product facts and lines), not the bytes of the file: the same
    table as CSV and as XLSX has one hash. `warnings` are what was noticed and not refused.
    """

    product: Product
    lines: tuple[Line, ...]
    file: str
    hash: str
    warnings: tuple[Problem, ...] = ()

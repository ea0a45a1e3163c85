"""The bill of materials as values: a product, and the lines it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from footprint.faults import Problem, Where

if TYPE_CHECKING:
    from footprint.bom.site import Allocation
    from footprint.bom.supplier import SupplierPcf

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
STAGES: tuple[Stage, ...] = get_args(Stage)
#: Stages behind the factory gate. With all three present the boundary is cradle-to-grave.
BEYOND_GATE: frozenset[Stage] = frozenset(("distribution", "use", "end_of_life"))

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


@dataclass(frozen=True, slots=True)
class DeclaredUnit:
    """What the result is per: `amount` (above zero) of `unit` (one of `DECLARED_UNITS`)."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Product:
    """Facts about the product and its maker. Empty or None means not given.

    Carbon contents are kg C per declared unit. Exempted emissions are percent of the whole
    footprint (PACT v3, section 3.3.1.2), 0 to 100. `classifications` are `LIST:code` or URNs.
    `accept_stated_totals` names the suppliers' documents whose stated total counts although their
    parts do not add up to it.
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


@dataclass(frozen=True, slots=True)
class TransportLeg:
    """A leg by which a line's mass travels: mode (or dataset id) and distance in km."""

    mode: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class Supply:
    """A share (above 0, at most 1) of an electricity line that a contract covers with a dataset."""

    dataset: str
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the user wrote it. `quantity` is per one unit of its assembly, net of `loss`.

    `loss` is the share scrapped in production, 0 <= loss < 1: gross = net / (1 - loss).
    `unit_mass_kg` is the mass of one `unit` of the line, when the user gave it.
    `recycled_content` is the share, 0 to 1, that is made by `recycled_dataset`; None if not stated.
    `supplier_pcf` names the supplier's document that stands for the line (`Bom.suppliers`).
    `contract` is the market-based supply of electricity; its shares add up to 1.
    `uncertainty` is how far off the quantity may be, as a share (with 95 % confidence); None if not
    stated. `file` is where the line comes from, when it is not the table. `material`,
    `specification` and `category` are what columns of these names say, for a match by words.
    `chosen_by` says who chose the dataset before, for a line of the same name and unit, and when
    ("" = the line names it). `stage_open`: neither a cell nor a heading of the file says a stage,
    so that `stage` is only the usual one. `near_choice` names a choice for a line of the same name
    and unit but another material or specification.
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
    recycled_content: float | None = None
    recycled_dataset: str = ""
    supplier_pcf: str = ""
    contract: tuple[Supply, ...] = ()
    uncertainty: float | None = None
    file: str = ""
    material: str = ""
    specification: str = ""
    category: str = ""
    chosen_by: str = ""
    stage_open: bool = False
    near_choice: str = ""


@dataclass(frozen=True, slots=True)
class Bom:
    """A whole bill of materials: product, lines in file order, the file's name and its hash.

    `hash` covers what was read (product facts, lines, suppliers' documents, site data), not the
    bytes of the file: the same table as CSV and as XLSX has one hash. `warnings` are what was
    noticed and not refused. `suppliers` holds the documents that lines name in `supplier_pcf`.
    """

    product: Product
    lines: tuple[Line, ...]
    file: str
    hash: str
    warnings: tuple[Problem, ...] = ()
    suppliers: tuple[SupplierPcf, ...] = ()
    allocation: Allocation | None = None

    def where(self, line: Line, column: str | None = None) -> Where:
        """The place of a line: file, row and column; for site data the flow instead of the row."""
        if line.file:
            return Where(line.file, column=line.id)
        return Where(self.file, line.row, column)

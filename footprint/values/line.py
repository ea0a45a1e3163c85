"""One line of a bill of materials, as the user wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

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
    ("" = the line names it).
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

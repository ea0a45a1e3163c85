"""One line of a bill of materials, as the user wrote it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from footprint.faults import Contradiction

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

    def __post_init__(self) -> None:
        if not self.mode or not 0.0 <= self.distance_km < math.inf:
            raise Contradiction(f"no leg: {self.distance_km:g} km by {self.mode!r}")


@dataclass(frozen=True, slots=True)
class Supply:
    """A share (above 0, at most 1) of an electricity line that a contract covers with a dataset."""

    dataset: str
    share: float

    def __post_init__(self) -> None:
        if not self.dataset or not 0.0 < self.share <= 1.0:
            raise Contradiction(f"no supply: a share of {self.share:g} of {self.dataset!r}")


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
    and unit but another material or specification. `group` is the part of an organisation or event
    that the line belongs to (`footprint.values.groups`); empty for products. `name_en` and
    `name_zh` are its names for readers of English and of Chinese, where the file has such columns.
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
    group: str = ""
    name_en: str = ""
    name_zh: str = ""

    def __post_init__(self) -> None:
        # One test for all that is usual: 100,000 lines are built in a second.
        if (
            0.0 <= self.quantity < math.inf
            and 0.0 <= self.loss < 1.0
            and (self.unit_mass_kg is None or 0.0 < self.unit_mass_kg < math.inf)
            and (self.recycled_content is None or 0.0 <= self.recycled_content <= 1.0)
            and (self.uncertainty is None or 0.0 <= self.uncertainty < math.inf)
            and self.stage in _STAGES
            and self.data_type in _DATA_TYPES
            and not _unheard(self)
            and (not self.contract or abs(sum(s.share for s in self.contract) - 1.0) <= _ROUNDING)
        ):
            return
        raise Contradiction(f"line {self.id!r} ({self.name!r}) contradicts itself: {_why(self)}")


_STAGES = frozenset(STAGES)
_DATA_TYPES = frozenset(("primary", "secondary"))
#: Shares are decimals that became floats.
_ROUNDING = 1e-9


def unheard(
    stage: Stage,
    supplier_pcf: str,
    contract: tuple[Supply, ...],
    recycled_content: float | None,
    recycled_dataset: str,
) -> list[str]:
    """The columns of a line that would say nothing beside its others."""
    wrong = []
    if stage == "direct_emission":
        wrong += ["supplier_pcf"] * bool(supplier_pcf) + ["contract"] * bool(contract)
        wrong += ["recycled_content"] * (recycled_content is not None)
    elif supplier_pcf:
        wrong += ["contract"] * bool(contract) + ["recycled_dataset"] * bool(recycled_dataset)
    elif contract:
        wrong += ["recycled_content"] * (recycled_content is not None)
    if recycled_dataset and recycled_content is None:
        wrong += ["recycled_dataset"]
    return wrong


def _unheard(line: Line) -> list[str]:
    several = line.supplier_pcf or line.contract or line.recycled_dataset
    if not several and line.recycled_content is None:
        return []
    return unheard(
        line.stage,
        line.supplier_pcf,
        line.contract,
        line.recycled_content,
        line.recycled_dataset,
    )


def _why(line: Line) -> str:
    """What is wrong with a line, in words for whoever wrote the code that built it."""
    columns = _unheard(line)
    if columns:
        return f"{', '.join(columns)} would say nothing beside its other columns"
    told = ("quantity", "loss", "unit_mass_kg", "recycled_content", "uncertainty", "contract")
    values = ", ".join(f"{name} {getattr(line, name)!r}" for name in told)
    return f"{values}, stage {line.stage!r}, data_type {line.data_type!r}"

"""What a bill of materials is resolved into: items, and what could not be resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from footprint import units
from footprint.bom.choices import BY_CLASS
from footprint.faults import Problem
from footprint.inventory.compiled import Entry, Substance
from footprint.inventory.part_models import PART
from footprint.matching.codes import is_finished
from footprint.values.line import Line, Stage
from footprint.values.result import MatchedBy
from footprint.values.supplier import SupplierPcf

if TYPE_CHECKING:
    from footprint.engine.traits import Traits

Basis = Literal["location", "market"]
#: Ids of screening figures, where a result names datasets.
PREFIX = BY_CLASS
#: Stages whose lines end up in the product's box.
WEIGHED: frozenset[Stage] = frozenset(("material", "packaging"))
#: The boundary of a dataset that is a step of making alone.
GATE_TO_GATE = "gate-to-gate"


@dataclass(frozen=True, slots=True)
class ScreeningFigure:
    """kg CO2e per kg of a class of material, without biogenic CO2: `value` and its interval.

    `spread_of` is the class whose datasets gave it (the class itself or a wider one), `products`
    how many different products they are of.
    """

    id: str
    name_en: str
    name_zh: str
    value: float
    low: float
    high: float
    spread_of: str
    products: int

    @property
    def reason(self) -> str:
        """Why this figure, for results."""
        wider = "" if self.id == PREFIX + self.spread_of else f", by the class {self.spread_of}"
        return (
            f"{self.value:.3g} ({self.low:.3g} to {self.high:.3g}) kg CO2e/kg, the median and "
            f"5th to 95th percentile of {self.products} products{wider}"
        )


#: What an item is of: a dataset, a gas that is emitted, a supplier's document, or the figure of a
#: class of material where no dataset was found. It is one of them, and never two or none.
Origin = Entry | Substance | SupplierPcf | ScreeningFigure


class Item(NamedTuple):
    """`amount` units of a dataset (or kg of a substance) per declared unit of the product.

    `score` and `reason` say how sure a match by name is, and why. `basis` is set for electricity
    under contract. `own` is the id of what the line is a quantity of, where the item is not that
    itself: a part of it, or a leg. `traits` are those of the dataset, if there is one.
    """

    line: Line
    stage: Stage
    amount: float
    unit: str
    origin: Origin
    matched_by: MatchedBy
    score: float = 1.0
    reason: str = ""
    traits: Traits | None = None
    basis: Basis | None = None
    own: str | None = None

    @property
    def name(self) -> str:
        """The id of the dataset, substance, supplier's document or screening figure."""
        return self.origin.id

    @property
    def entry(self) -> Entry | None:
        """The dataset, where it is one."""
        return self.origin if isinstance(self.origin, Entry) else None

    @property
    def only_material(self) -> bool:
        """Whether what a part is made of is counted, but not its making.

        Found by its material column; or a line that counts pieces of a part or a package, although
        its dataset is of a material by mass, whoever named that: no model of a part, no step of
        making, and no finished good by its code.
        """
        if self.matched_by == "material":
            return True
        if self.stage not in WEIGHED or not counts_pieces(self.line.unit) or self.entry is None:
            return False
        return is_raw_material(self.entry)


def is_raw_material(entry: Entry) -> bool:
    """Whether a dataset is of a material by mass, which a part is only made of."""
    if entry.kind == PART or entry.boundary == GATE_TO_GATE or is_finished(entry.codes):
        return False
    return units.is_mass(entry.unit)


@lru_cache(maxsize=256)
def counts_pieces(unit: str) -> bool:
    """Whether a line's unit is pieces; a unit that nobody knows is none."""
    try:
        return units.common_unit(unit) == "piece"
    except units.UnitError:
        return False


def units_of_pieces(items: Iterable[Item]) -> frozenset[str]:
    """The units of lines that are pieces: one look at each unit, and not at each item."""
    return frozenset(filter(counts_pieces, {item.line.unit for item in items}))


class StagedLine(NamedTuple):
    """A line of a list without stages, the stage that what it is tells, and by what: its unit,
    category, name or dataset."""

    line: Line
    stage: Stage
    by: str


@dataclass(slots=True)
class Items:
    """Everything that was resolved, what could not be, and the masses for coverage.

    `items` are on the chosen basis of electricity; `other_basis` are the items that replace those
    with a basis on the other one. Masses are net of losses, in kg per declared unit: `mass_gap_kg`
    that of lines without any figure; `unweighed_gaps` are those whose mass is unknown too. A line
    whose dataset lacks inputs that were cut off at its import is covered by its completeness only.
    `uncounted` are rows of the file that are no lines and may belong to the product.
    `bom_lines` are all lines of the file, at the stages that count; `staged` those whose stage the
    file does not say and what they are does.
    """

    items: list[Item] = field(default_factory=list)
    other_basis: list[Item] = field(default_factory=list)
    unresolved: list[Problem] = field(default_factory=list)
    uncounted: tuple[Problem, ...] = ()
    warnings: list[Problem] = field(default_factory=list)
    lines: int = 0
    lines_covered: float = 0.0
    mass_kg: float = 0.0
    mass_covered_kg: float = 0.0
    material_net_kg: float = 0.0
    packaging_net_kg: float = 0.0
    recycled_kg: float = 0.0
    recycled_stated_kg: float = 0.0
    mass_unknown: list[Line] = field(default_factory=list)
    mass_screened_kg: float = 0.0
    mass_gap_kg: float = 0.0
    unweighed_gaps: list[Line] = field(default_factory=list)
    bom_lines: list[Line] = field(default_factory=list)
    staged: list[StagedLine] = field(default_factory=list)

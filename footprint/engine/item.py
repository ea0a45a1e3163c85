"""What a bill of materials is resolved into: items, and what could not be resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from footprint.faults import Problem
from footprint.inventory.compiled import Entry, Substance
from footprint.values.line import Line, Stage
from footprint.values.result import MatchedBy
from footprint.values.supplier import SupplierPcf

if TYPE_CHECKING:
    from footprint.engine.screening import ScreeningFigure
    from footprint.engine.traits import Traits

Basis = Literal["location", "market"]
#: Stages whose lines end up in the product's box.
WEIGHED: frozenset[Stage] = frozenset(("material", "packaging"))


class Item(NamedTuple):
    """`amount` units of a dataset (or kg of a substance) per declared unit of the product.

    `score` and `reason` say how sure a match by name is, and why. `supplier` is the document that
    stands instead of a dataset. `basis` is set for electricity under contract. `own` is the id of
    what the line is a quantity of, where the item is not that itself: a part of it, or a leg.
    `screening` is the figure of the line's class of material, where no dataset was found. `traits`
    are those of the dataset, if there is one.
    """

    line: Line
    stage: Stage
    amount: float
    unit: str
    entry: Entry | None
    substance: Substance | None
    matched_by: MatchedBy
    score: float = 1.0
    reason: str = ""
    traits: Traits | None = None
    supplier: SupplierPcf | None = None
    basis: Basis | None = None
    own: str | None = None
    screening: ScreeningFigure | None = None

    @property
    def name(self) -> str:
        """The id of the dataset, substance or supplier's document."""
        found = self.entry or self.substance or self.supplier or self.screening
        return found.id if found else ""


@dataclass(slots=True)
class Items:
    """Everything that was resolved, what could not be, and the masses for coverage.

    `items` are on the chosen basis of electricity; `other_basis` are the items that replace those
    with a basis on the other one. Masses are net of losses, in kg per declared unit: `mass_gap_kg`
    that of lines without any figure; `unweighed_gaps` are those whose mass is unknown too. A line
    whose dataset lacks inputs that were cut off at its import is covered by its completeness only.
    """

    items: list[Item] = field(default_factory=list)
    other_basis: list[Item] = field(default_factory=list)
    unresolved: list[Problem] = field(default_factory=list)
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

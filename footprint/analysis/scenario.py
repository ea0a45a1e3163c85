"""A scenario: the product as it is, the product changed, and the difference by row."""

from __future__ import annotations

import math
from dataclasses import dataclass

from footprint.analysis.apply import apply_changes
from footprint.analysis.changes import (
    BiogenicChoice,
    Change,
    ElectricityBasis,
    GwpSet,
    LineChange,
    Scenario,
)
from footprint.analysis.contributions import Key, is_inside
from footprint.engine.calculate import calculate
from footprint.engine.items import Basis
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.values.bom import Bom
from footprint.values.result import Contribution, Footprint


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row before and after, kg CO2e per declared unit; `changes` are numbers from 1."""

    row: int
    line: str
    name: str
    before_kg_co2e: float
    after_kg_co2e: float
    changes: tuple[int, ...]

    @property
    def difference_kg_co2e(self) -> float:
        """What the scenario adds to this row."""
        return self.after_kg_co2e - self.before_kg_co2e


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """A scenario's result. The totals may or may not count biogenic CO2, before and after.

    `rows` holds every row that has a part in either total; their differences add up to the
    difference of the totals.
    """

    name: str
    name_zh: str
    changes: tuple[Change, ...]
    before: Footprint
    after: Footprint
    biogenic_included: bool
    before_kg_co2e: float
    after_kg_co2e: float
    rows: tuple[RowDifference, ...]

    @property
    def difference_kg_co2e(self) -> float:
        """After minus before."""
        return self.after_kg_co2e - self.before_kg_co2e


def total_of(footprint: Footprint, *, biogenic: bool) -> float:
    """The total with or without biogenic CO2 (PACT v3, 3.3.2.4)."""
    split = footprint.split
    return split.including_biogenic_uptake if biogenic else split.excluding_biogenic_uptake


def burden_of(item: Contribution, *, biogenic: bool) -> float:
    """What a contribution adds to the total with or without biogenic CO2."""
    carbon = item.split.biogenic_uptake + item.split.biogenic_emission
    return item.kg_co2e + carbon if biogenic else item.kg_co2e


def burdens_by_row(footprint: Footprint, *, biogenic: bool) -> dict[Key, float]:
    """kg CO2e of each row that has a part in the total."""
    found: dict[Key, list[float]] = {}
    for item in footprint.contributions:
        if is_inside(item, footprint):
            key = (item.row, item.line)
            found.setdefault(key, []).append(burden_of(item, biogenic=biogenic))
    return {row: math.fsum(values) for row, values in found.items()}


def scenario(
    bom: Bom,
    wanted: Scenario,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
    *,
    allow_gaps: bool = False,
    electricity: Basis = "location",
) -> ScenarioOutcome:
    """The product before and after the changes of a scenario, and what each row gains or loses.

    `gwp_set` and `electricity` are those before, and after too unless the scenario changes them.

    Raises `InputRefused`: ANA codes for changes that fit nothing, BOM and ENG codes if the product
    cannot be calculated before or after.
    """
    before = calculate(bom, inventory, gwp_set, allow_gaps=allow_gaps, electricity=electricity)
    biogenic = False
    line_changes: list[LineChange] = []
    numbers = []
    for number, change in enumerate(wanted.changes, start=1):
        if isinstance(change, GwpSet):
            gwp_set = change.to
        elif isinstance(change, ElectricityBasis):
            electricity = change.to
        elif isinstance(change, BiogenicChoice):
            biogenic = change.to == "included"
        else:
            line_changes.append(change)
            numbers.append(number)
    applied = apply_changes(bom, line_changes, before, inventory)
    after = calculate(
        applied.bom, inventory, gwp_set, allow_gaps=allow_gaps, electricity=electricity
    )
    touched: dict[Key, list[int]] = {}
    for number, rows in zip(numbers, applied.touched, strict=True):
        for row in rows:
            touched.setdefault(row, []).append(number)
    return ScenarioOutcome(
        name=wanted.name,
        name_zh=wanted.name_zh,
        changes=wanted.changes,
        before=before,
        after=after,
        biogenic_included=biogenic,
        before_kg_co2e=before.total,
        after_kg_co2e=total_of(after, biogenic=biogenic),
        rows=_differences(bom, before, after, biogenic, touched),
    )


def _differences(
    bom: Bom, before: Footprint, after: Footprint, biogenic: bool, touched: dict[Key, list[int]]
) -> tuple[RowDifference, ...]:
    old = burdens_by_row(before, biogenic=False)
    new = burdens_by_row(after, biogenic=biogenic)
    rows = [
        RowDifference(
            line.row,
            line.id,
            line.name,
            old.get((line.row, line.id), 0.0),
            new.get((line.row, line.id), 0.0),
            tuple(touched.get((line.row, line.id), ())),
        )
        for line in bom.lines
        if (line.row, line.id) in old or (line.row, line.id) in new
    ]
    return tuple(sorted(rows, key=lambda row: (-abs(row.difference_kg_co2e), row.row)))

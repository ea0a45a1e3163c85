"""What a result is made of: totals by stage, the contribution of each line, and what is covered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from footprint.engine.burdens import OWN_PARTS, Burdens
from footprint.engine.item import ScreeningFigure
from footprint.engine.items import Item, Items
from footprint.inventory.compiled import Entry
from footprint.values.line import STAGES
from footprint.values.result import Contribution, Coverage, RecycledContent, Split
from footprint.values.supplier import SupplierPcf


def recycled_of(found: Items) -> RecycledContent | None:
    """Shares of the mass of materials: recycled, and said to be; None if no line says anything."""
    if not found.recycled_stated_kg:
        return None
    whole = found.material_net_kg
    return RecycledContent(found.recycled_kg / whole, found.recycled_stated_kg / whole)


def stages_of(items: Sequence[Item], totals: Sequence[float]) -> dict[str, float]:
    """kg CO2e per stage of life, in the order of the stages, without those that have no line."""
    by_stage: dict[str, list[float]] = {}
    for item, total in zip(items, totals, strict=True):
        by_stage.setdefault(item.stage, []).append(total)
    return {stage: math.fsum(by_stage[stage]) for stage in STAGES if stage in by_stage}


def contributions_of(
    items: Sequence[Item], burdens: Burdens, totals: Sequence[float], split: Split
) -> tuple[Contribution, ...]:
    """One contribution a line, in the order of the lines, with its share of the whole."""
    whole = split.excluding_biogenic_uptake
    rows = map(tuple, burdens[:, :OWN_PARTS].tolist())
    shares = [total / whole for total in totals] if whole else [0.0] * len(totals)
    # Without the defaults of a named tuple, and without a call for each line: a third of the time.
    new, found = tuple.__new__, []
    for item, row, total, share in zip(items, rows, totals, shares, strict=True):
        line, stage, amount, unit, origin, matched_by, _, _, _, _, of = item
        name, said, number = origin.id, line.name, line.row
        title = origin.name_en if type(origin) is Entry else _title(item)
        own = (line.stage, said, name if of is None else of)
        kind, spread = line.data_type, line.uncertainty
        fields = (
            line.id, number, said, stage, name, title, amount, unit, total, share, matched_by, kind,
            spread, own, row,
        )  # fmt: skip
        found.append(new(Contribution, fields))
    return tuple(found)


def _title(item: Item) -> str:
    """What the result calls an item that no dataset stands for."""
    origin = item.origin
    if isinstance(origin, SupplierPcf):
        return f"{origin.company}: {origin.product}"
    if isinstance(origin, ScreeningFigure):
        return f"Screening figure: {origin.name_en}"
    return origin.id


def coverage_of(found: Items) -> Coverage:
    return Coverage(
        mass=found.mass_covered_kg / found.mass_kg if found.mass_kg else 1.0,
        lines=found.lines_covered / found.lines if found.lines else 0.0,
    )

"""How far a result reaches, and which of its items lie inside."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.engine import faults
from footprint.engine.item import Item
from footprint.faults import Where
from footprint.values.bom import Bom
from footprint.values.line import BEYOND_GATE
from footprint.values.result import Boundary


def boundary_of(items: Sequence[Item], bom: Bom) -> Boundary:
    """Cradle-to-gate, or cradle-to-grave when all stages behind the gate are present; what is no
    product has a boundary of its own, and all of its lines are inside.

    Distribution alone is outbound logistics, reported apart (PACT v3, 3.3.2.1).
    """
    if bom.product.subject != "product":
        return bom.product.subject
    present = {item.stage for item in items} & BEYOND_GATE
    if present == BEYOND_GATE:
        return "cradle-to-grave"
    if present - {"distribution"}:
        missing = ", ".join(sorted(BEYOND_GATE - present))
        message = f"stages behind the gate are incomplete: {missing} missing"
        hint = "Give distribution, use and end_of_life, or none of use and end_of_life."
        raise faults.OPEN_BOUNDARY.refuse(message, Where(bom.file, column="stage"), hint)
    return "cradle-to-gate"


def sides_of(items: Sequence[Item], boundary: Boundary) -> tuple[list[int], list[int]]:
    """Positions of the items inside the total, and of those of outbound logistics outside it."""
    outside = [at for at, item in enumerate(items) if item.stage == "distribution"]
    if boundary != "cradle-to-gate" or not outside:
        return list(range(len(items))), []
    inside = [at for at, item in enumerate(items) if item.stage != "distribution"]
    return inside, outside

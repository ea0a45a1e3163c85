"""Everything that is wrong with a file, of all stages, so that it is mended once."""

from __future__ import annotations

from footprint.bom.read import BomRefused
from footprint.engine.items import Basis, resolve_items
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory


def all_problems(
    refused: BomRefused, inventory: CompiledInventory, electricity: Basis = "location"
) -> InputRefused:
    """What is wrong with a file in reading, and with its sound lines in the inventory, by row."""
    found = list(refused.problems)
    if refused.partial is not None:
        found += resolve_items(refused.partial, inventory, electricity).unresolved
    return InputRefused(sorted(found, key=lambda problem: problem.where.row or 0))

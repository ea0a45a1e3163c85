"""Which parts of the split the data behind a result do not tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.engine.item import Item
from footprint.engine.known import told_categories
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import CATEGORIES
from footprint.values.supplier import SupplierPcf

#: Parts beside the fossil one that a source may leave inside a single number.
PARTS = (
    "biogenic_uptake",
    "biogenic_non_co2",
    "land_use_change",
    "land_management",
    "aircraft",
)
_UNSPLIT = frozenset(name for name in CATEGORIES if name.startswith("unsplit_"))


def undetermined_parts(
    items: Sequence[Item], used: set[str], inventory: CompiledInventory
) -> tuple[str, ...]:
    """The parts whose zero would not mean "none"; `used` are the categories
    in which an item has a burden.

    CO2e that was published as one number may hold any of them. A dataset tells nothing of a part
    for which its inventory has no flow. A supplier's document may leave parts out.
    """
    if not used.isdisjoint(_UNSPLIT):
        return PARTS
    found = {
        part
        for item in items
        if isinstance(item.origin, SupplierPcf)
        for part in item.origin.untold
    }
    if any(isinstance(item.origin, Entry) for item in items):
        told = told_categories(inventory) | used
        found |= set(PARTS) - told
    return tuple(part for part in PARTS if part in found)

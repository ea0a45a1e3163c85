"""Processes of one product, compiled over the inventories that they take from."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.inventory.compiled import CompiledInventory


@dataclass(frozen=True)
class OwnProcesses(CompiledInventory):
    """A compiled inventory that is not closed in itself: the last part of a `UnitedInventory`,
    whose exchanges may name datasets of the parts before it."""

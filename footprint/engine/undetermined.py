"""Which parts of the split the data behind a result do not tell apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.engine.items import Item
from footprint.inventory.compiled import CompiledInventory
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
_UNSPLIT = [at for at, name in enumerate(CATEGORIES) if name.startswith("unsplit_")]


def undetermined_parts(
    items: Sequence[Item], burdens: NDArray[np.float64], inventory: CompiledInventory
) -> tuple[str, ...]:
    """The parts whose zero would not mean "none"; `burdens` are those of the items.

    CO2e that was published as one number may hold any of them. A dataset tells nothing of a part
    for which its inventory has no flow. A supplier's document may leave parts out.
    """
    if np.any(burdens[:, _UNSPLIT]):
        return PARTS
    found = {
        part
        for item in items
        if isinstance(item.origin, SupplierPcf)
        for part in item.origin.untold
    }
    if any(item.entry is not None for item in items):
        told = {flow.category for flow in inventory.substances.values()}
        told |= (
            {"aircraft"} if any(flow.aircraft for flow in inventory.substances.values()) else set()
        )
        told |= {CATEGORIES[at] for at in np.flatnonzero(burdens.any(axis=0)).tolist()}
        found |= set(PARTS) - told
    return tuple(part for part in PARTS if part in found)

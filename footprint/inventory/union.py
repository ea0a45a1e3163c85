"""Several compiled inventories as one: the shipped one beside what a user imported.

Nothing is solved again: each inventory is closed in itself, so their tables stand side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from footprint.canonical import content_hash
from footprint.faults import InputRefused, Problem, Where
from footprint.gwp_sources import GWP_ADDRESSES
from footprint.inventory import faults
from footprint.inventory.compiled import CompiledInventory, Substance


@dataclass(frozen=True)
class UnitedInventory(CompiledInventory):
    """Datasets, sources and tables of `parts`, in their order. `folder` is that of the first."""

    parts: tuple[CompiledInventory, ...] = ()

    def document(self) -> dict[str, Any]:
        """The inventories behind the tables, as one document."""
        whole: dict[str, Any] = {"schema": 1, "sources": {}, "flows": {}, "gwp": {}, "datasets": {}}
        for part in self.parts:
            document = part.document()
            for key in ("sources", "flows", "datasets"):
                whole[key] |= document[key]
            # Own processes state the factors of the gases that they emit only.
            for gwp_set, factors in document["gwp"].items():
                whole["gwp"].setdefault(gwp_set, {}).update(factors)
        return whole

    def published(self, names: Collection[str]) -> dict[str, dict[str, Any]]:
        """What `document` says of these datasets, without those that it does not have."""
        found: dict[str, dict[str, Any]] = {}
        for part in self.parts:
            found |= part.published([name for name in names if name in part.datasets])
        return found


def united_inventories(inventory: CompiledInventory) -> tuple[CompiledInventory, ...]:
    """The inventories that an inventory unites: itself, if it is none of several."""
    return inventory.parts if isinstance(inventory, UnitedInventory) else (inventory,)


def unite(inventories: Sequence[CompiledInventory]) -> CompiledInventory:
    """One inventory out of several; a single one is returned as it is.

    Its hash is the content hash of the list of their hashes. Raises `InputRefused` with INV-014 if
    a dataset or source id stands in two of them, INV-012 if they were compiled with different
    factors for the same gas, and `ValueError` if there is none.
    """
    if not inventories:
        raise ValueError("there is no inventory to unite")
    if len(inventories) == 1:
        return inventories[0]
    _check(inventories)
    datasets = {}
    offset = 0
    for part in inventories:
        for name, entry in part.datasets.items():
            datasets[name] = replace(entry, column=entry.column + offset)
        offset += len(part.datasets)
    first = inventories[0]
    return UnitedInventory(
        folder=first.folder,
        hash=content_hash([part.hash for part in inventories]),
        datasets=datasets,
        substances={name: s for part in inventories for name, s in part.substances.items()},
        sources={name: s for part in inventories for name, s in part.sources.items()},
        tables={
            gwp_set: np.concatenate([part.tables[gwp_set] for part in inventories], axis=1)
            for gwp_set in first.tables
        },
        parts=tuple(inventories),
    )


def _check(inventories: Sequence[CompiledInventory]) -> None:
    problems: list[Problem] = []
    seen: dict[str, set[str]] = {"dataset": set(), "source": set(GWP_ADDRESSES)}
    substances: dict[str, Substance] = {}
    for part in inventories:
        where = Where(str(part.folder))
        for what, names in (("dataset", set(part.datasets)), ("source", set(part.sources))):
            twice = sorted(seen[what] & names)
            if twice:
                message = f"{what} {twice[0]!r} (of {len(twice)}) stands in another inventory too"
                hint = "Import it under another name."
                problems.append(faults.SAME_ID.at(where, message, hint))
            seen[what] |= names
        for name, substance in part.substances.items():
            if substances.setdefault(name, substance).gwp != substance.gwp:
                message = f"{name} has other global warming potentials than in the other inventory"
                hint = "It was compiled by another version: import it again."
                problems.append(faults.NOT_COMPILED.at(where, message, hint))
    if problems:
        raise InputRefused(problems)

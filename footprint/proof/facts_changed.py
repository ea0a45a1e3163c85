"""What another inventory says of datasets and gases, beside their intensities."""

from __future__ import annotations

from dataclasses import replace

from footprint.inventory.compiled import CompiledInventory


def facts_changed(old: CompiledInventory, new: CompiledInventory) -> frozenset[str]:
    """The datasets of `old` of which `new` says something else: a density by which lines are
    converted, the place or year that they are rated by, what is missing. And all gases, if one of
    them is another one or is called otherwise.

    Lines with one of them may come to another result although no intensity was corrected.
    """
    found = {
        name
        for name, entry in old.datasets.items()
        if (other := new.datasets.get(name)) is None or replace(other, column=entry.column) != entry
    }
    if old.substances != new.substances:
        found |= old.substances.keys()
    return frozenset(found)

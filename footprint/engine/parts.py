"""Lines that several datasets stand for together: recycled content, electricity under contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from footprint import units
from footprint.engine import faults
from footprint.engine.resolve import Unresolved
from footprint.faults import Where
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.values.line import Line


def recycled_parts(line: Line, inventory: CompiledInventory, file: str) -> list[tuple[Line, float]]:
    """The recycled and the other part of a line, each with its share (cut-off approach).

    Recycled material comes free of the burdens of its first life; its own dataset has those of
    collection and reprocessing (PACT v3, 3.3.2.2; ISO 14067:2018). Raises `Unresolved` (ENG-016)
    without a recycled dataset.
    """
    share = line.recycled_content or 0.0
    if not line.recycled_dataset:
        where = Where(file, line.row, "recycled_dataset")
        message = f"{line.name!r} is {share:.0%} recycled, and no dataset says how that is made"
        raise Unresolved(faults.NO_RECYCLED.at(where, message, _candidates(line, inventory)))
    _known(line, line.recycled_dataset, "recycled_dataset", inventory, file)
    parts = [(replace(line, dataset=line.recycled_dataset), share)]
    if share < 1.0:
        parts.append((line, 1.0 - share))
    return parts


def _known(line: Line, dataset: str, column: str, inventory: CompiledInventory, file: str) -> Entry:
    """The dataset of this id. Raises `Unresolved` (ENG-001) at the column that names it."""
    entry = inventory.datasets.get(dataset)
    if entry is None:
        message = f"no dataset {dataset!r} in this inventory"
        where = Where(file, line.row, column)
        raise Unresolved(faults.NO_DATASET.at(where, message, "See: footprint data list"))
    return entry


def _candidates(line: Line, inventory: CompiledInventory) -> str:
    family = line.dataset.split("-")[0] + "-"
    names = [
        entry.id
        for entry in inventory.datasets.values()
        if "recycled" in entry.id and line.dataset and entry.id.startswith(family)
    ]
    if names:
        return f"Write one in column recycled_dataset, such as {', '.join(sorted(names)[:5])}."
    return "Write its id in column recycled_dataset; see: footprint data list --find recycled"


def contract_parts(
    line: Line, inventory: CompiledInventory, file: str
) -> Iterator[tuple[Line, float]]:
    """The supplies of a line's contract, each as a line with its dataset, and their shares.

    Raises `Unresolved` (ENG-017) if a dataset or the line itself is not energy.
    """
    for supply in line.contract:
        entry = _known(line, supply.dataset, "contract", inventory, file)
        wrong = [unit for unit in (line.unit, entry.unit) if not units.convertible(unit, "kWh")]
        if wrong:
            message = f"a contract is for electricity, and {wrong[0]} is no energy"
            where = Where(file, line.row, "contract")
            raise Unresolved(faults.NOT_ELECTRICITY.at(where, message, "Give energy in kWh."))
        yield replace(line, dataset=supply.dataset), supply.share

"""Changes applied to a bill of materials: a new one, and the rows that each change touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from footprint.analysis import faults
from footprint.analysis.changes import (
    LineChange,
    LineSelection,
    Quantity,
    Recycled,
    Remove,
    SupplierNumber,
    SwapDataset,
    SwapGrid,
)
from footprint.analysis.contributions import Key
from footprint.analysis.told import told_number, unit_told, with_told
from footprint.bom.hashing import bom_hash
from footprint.faults import Contradiction, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.years import base_of
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class Applied:
    """The changed bill of materials; `touched` has the rows of each change, in order."""

    bom: Bom
    touched: tuple[tuple[Key, ...], ...]


def apply_changes(
    bom: Bom,
    changes: Sequence[LineChange],
    base: Footprint,
    inventory: CompiledInventory,
) -> Applied:
    """`bom` with `changes` made one after the other. `base` says which dataset each row rests on.

    Raises `InputRefused`: ANA-004 if a change fits no line, ANA-005 and ANA-006 for grids, ANA-007
    if no line is left.
    """
    lines = bom.lines
    touched = []
    suppliers = list(bom.suppliers)
    grids = _Grids(base, inventory)
    for number, change in enumerate(changes, start=1):
        rows = _rows(change, lines, grids, bom.file)
        if isinstance(change, SupplierNumber):
            told = told_number(change, [line for line in lines if _key(line) in rows], number)
            suppliers.append(told)
            lines = tuple(with_told(line, told) if _key(line) in rows else line for line in lines)
        else:
            lines = _changed(change, lines, rows, grids, bom.file)
        touched.append(tuple(sorted(rows)))
    if not lines:
        raise faults.NOTHING_LEFT.refuse("the changes remove every line", Where(bom.file))
    named = {line.supplier_pcf for line in lines}
    used = tuple(one for one in suppliers if one.file in named)
    digest = bom_hash(bom.product, list(lines), used, bom.allocation)
    made = replace(bom, lines=lines, suppliers=used, hash=digest)
    return Applied(made, tuple(touched))


def _rows(change: LineChange, lines: Sequence[Line], grids: _Grids, file: str) -> set[Key]:
    """The rows that a change is for. Raises `InputRefused` (ANA-004, ANA-006)."""
    if change.where is None:
        rows = {_key(line) for line in lines if grids.buys_grid(line)}
    else:
        rows = {_key(line) for line in lines if _fits(line, change.where, grids)}
    if not rows:
        wanted = change.where.model_dump(exclude_none=True) if change.where else "grid electricity"
        hint = "Rows are counted as a spreadsheet counts them; ids are those of the column id."
        message = f"change {change.change!r} fits no line: {wanted}"
        raise faults.NO_SUCH_LINE.refuse(message, Where(file), hint)
    assemblies = {line.parent for line in lines if line.parent}
    for line in lines:
        reason = _obstacle(change, line, grids, assemblies) if _key(line) in rows else ""
        if reason:
            message = f"change {change.change!r}: {line.name!r} {reason}"
            raise faults.CANNOT_CHANGE.refuse(message, Where(file, line.row))
    return rows


def _obstacle(change: LineChange, line: Line, grids: _Grids, assemblies: set[str]) -> str:
    """Why a change would do nothing to a line that it fits, or an empty text."""
    if isinstance(change, SwapGrid) and not grids.buys_grid(line):
        return "does not buy electricity from a grid"
    if isinstance(change, SwapDataset | Recycled | SupplierNumber) and line.id in assemblies:
        return "is an assembly; change the lines that it contains"
    if isinstance(change, SupplierNumber) and unit_told(line) is None:
        return f"is counted in {line.unit}, for which a supplier's number has no unit"
    if isinstance(change, Recycled) and line.supplier_pcf:
        return "rests on a supplier's document, which has its own recycled content"
    return ""


def _key(line: Line) -> Key:
    return line.row, line.id


def _fits(line: Line, where: LineSelection, grids: _Grids) -> bool:
    return all(
        wanted is None or wanted == found
        for wanted, found in (
            (where.row, line.row),
            (where.id, line.id),
            (where.name, line.name),
            (where.dataset, line.dataset or grids.dataset.get(_key(line), "")),
            (where.stage, grids.stage.get(_key(line), line.stage)),
        )
    )


def _changed(
    change: SwapDataset | SwapGrid | Quantity | Recycled | Remove,
    lines: tuple[Line, ...],
    rows: set[Key],
    grids: _Grids,
    file: str,
) -> tuple[Line, ...]:
    if isinstance(change, Remove):
        return _without(lines, rows)
    edit = _edit(change, grids)
    try:
        return tuple(edit(line) if _key(line) in rows else line for line in lines)
    except Contradiction as wrong:
        message = f"change {change.change!r}: {wrong}"
        raise faults.CANNOT_CHANGE.refuse(message, Where(file)) from None


def _edit(
    change: SwapDataset | SwapGrid | Quantity | Recycled, grids: _Grids
) -> Callable[[Line], Line]:
    match change:
        case SwapDataset(to=name):
            return lambda line: replace(line, dataset=name, supplier_pcf="")
        case SwapGrid(to=place):
            market = grids.market(place)
            return lambda line: replace(line, dataset=market, location=place)
        case Quantity(factor=factor):
            return lambda line: replace(line, quantity=line.quantity * factor)
        case Recycled(share=share, dataset=name):
            return lambda line: replace(
                line, recycled_content=share, recycled_dataset=name or line.recycled_dataset
            )
    raise AssertionError(change)


def _without(lines: tuple[Line, ...], rows: set[Key]) -> tuple[Line, ...]:
    """The lines without some rows, what these contained, and assemblies that are left empty."""
    containers = {line.parent for line in lines if line.parent}
    kept = tuple(line for line in lines if _key(line) not in rows)
    while True:
        ids = {line.id for line in kept}
        filled = {line.parent for line in kept}
        rest = tuple(
            line
            for line in kept
            if (not line.parent or line.parent in ids)
            and (line.id not in containers or line.id in filled)
        )
        if len(rest) == len(kept):
            return rest
        kept = rest


class _Grids:
    """Which rows buy electricity from a grid, which dataset is the mix of a place, and the
    stages of rows that state none."""

    def __init__(self, base: Footprint, inventory: CompiledInventory) -> None:
        self.dataset = {
            (item.row, item.line): item.dataset
            for item in base.contributions
            if item.matched_by in {"id", "name", "pick"}
        }
        self.stage = {(one.row, one.line): one.stage for one in base.derived_stages}
        self.inventory = inventory

    def buys_grid(self, line: Line) -> bool:
        """Whether the line's dataset is an electricity market."""
        return (line.dataset or self.dataset.get(_key(line), "")) in self._markets

    def market(self, place: str) -> str:
        """The one electricity mix of a location. Raises `InputRefused` (ANA-005)."""
        heads = self._markets
        datasets = self.inventory.datasets
        found = [
            name
            for name in heads
            if heads[name]["location"] == place and base_of(datasets[name], datasets) is None
        ]
        mixes = [name for name in found if heads[name]["kind"] == "market"] or found
        if len(mixes) == 1:
            return mixes[0]
        message = f"{len(mixes)} electricity markets are known for {place!r}"
        if mixes:
            hint = f"Use change: dataset with one of {', '.join(sorted(mixes))}."
        else:
            places = sorted({head["location"] for head in heads.values()})
            hint = f"Known locations: {', '.join(places)}."
        raise faults.NO_GRID.refuse(message, hint=hint)

    @cached_property
    def _markets(self) -> dict[str, dict[str, Any]]:
        """Heads of electricity markets by id, read once: only a change of grid asks for them."""
        return {
            name: head
            for name, head in self.inventory.document()["datasets"].items()
            if head["activity"] == "market" and head["unit"] == "kWh"
        }

"""Lines whose datasets were found before: a catalogue has many lines and few different ones.

What a line's dataset, name, unit and place lead to rests on the inventory alone, so it is kept with
it and serves every bill of materials. Refusals are kept for one bill of
materials alone: they name a row of it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from footprint.engine.resolve import (
    Unresolved,
    dataset_of,
    mass_per_unit,
    query_of,
    stage_said,
    transport_dataset,
)
from footprint.engine.traits import Traits, traits_of
from footprint.engine.years import in_period, reference_year
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import MatchedBy, Source

if TYPE_CHECKING:
    from footprint.faults import Problem
    from footprint.matching.outcome import Candidate
    from footprint.matching.stages import Told

#: So many are kept; with more all are forgotten. A million names would fill the memory.
KEPT = 100_000


class Known(NamedTuple):
    """The dataset of a line, how it was found, its units and the mass (kg) per unit of the line."""

    entry: Entry
    matched_by: MatchedBy
    per_line_unit: float
    score: float
    reason: str
    mass_kg: float | None
    traits: Traits


class KnownLines:
    """What the lines of one bill of materials lead to. Looks up before it searches."""

    def __init__(self, bom: Bom, inventory: CompiledInventory) -> None:
        self._bom = bom
        self._inventory = inventory
        self._country = bom.product.country
        self._year = reference_year(bom.product)
        self._kept = inventory.remembered
        # Not what was raised: that holds every caller's variables, such as a part of a catalogue.
        self._refused: dict[Hashable, tuple[Problem, tuple[Candidate, ...]]] = {}
        if len(self._kept) > KEPT:
            self._kept.clear()

    def of(self, line: Line) -> Known:
        """What is known of a line. Raises `Unresolved` (ENG-001, ENG-002, BOM-012)."""
        place = line.location or self._country
        key: Hashable
        if line.dataset and not line.chosen_by:
            key = ("id", line.dataset, line.unit, line.unit_mass_kg, place)
        else:  # the words of a line count as well where somebody chose a model of a part
            key = (
                *("name", line.dataset, line.name, line.unit, line.unit_mass_kg, place),
                line.chosen_by,
                *(line.location, stage_said(line), line.note, self._country, self._year),
                *(line.material, line.specification, line.category),
            )
        found: Known | None = self._kept.get(key)
        if found is None:
            if key in self._refused:
                raise _of_row(*self._refused[key], line)
            try:
                found = self._kept[key] = self._search(line, place)
            except Unresolved as unresolved:
                self._refused[key] = unresolved.problem, unresolved.candidates
                raise
        return found

    def stage(self, line: Line, entry: Entry | None) -> Told | None:
        """The stage that a line without one is of by what it is, if that tells it."""
        said = (line.name, line.unit, line.category, line.material, line.specification)
        key = ("stage", *said, "" if entry is None else entry.id)
        if key not in self._kept:
            from footprint.matching.stages import stage_told  # noqa: PLC0415

            self._kept[key] = stage_told(query_of(line, self._country), entry)
        found: Told | None = self._kept[key]
        return found

    def _search(self, line: Line, place: str) -> Known:
        match = dataset_of(line, self._inventory, self._country, self._bom.file)
        entry, by, per_unit, score, reason = in_period(match, self._bom.product, self._inventory)
        mass = mass_per_unit(line, entry)
        return Known(entry, by, per_unit, score, reason, mass, traits_of(entry, by, place))

    def mode(self, mode: str, line: Line) -> tuple[Entry, Traits]:
        """The dataset of a transport mode, for a line. Raises `Unresolved` (ENG-004)."""
        place = line.location or self._country
        key = ("mode", mode, place)
        found: tuple[Entry, Traits] | None = self._kept.get(key)
        if found is None:
            entry = transport_dataset(mode, self._inventory, line, self._bom.file)
            found = self._kept[key] = (entry, traits_of(entry, "transport-mode", place))
        return found


def _of_row(problem: Problem, candidates: tuple[Candidate, ...], line: Line) -> Unresolved:
    """The same problem, of another line that says the same."""
    where = problem.where._replace(row=line.row)
    return Unresolved(problem._replace(where=where), candidates)


def source_of(name: str, inventory: CompiledInventory) -> Source:
    """A source of the inventory, as results name it."""
    key = ("source", name)
    found: Source | None = inventory.remembered.get(key)
    if found is None:
        r = inventory.sources[name]
        found = inventory.remembered[key] = Source(
            r["id"], r["citation"], r["licence"], r.get("title", ""), r.get("edition", "")
        )
    return found


def told_categories(inventory: CompiledInventory) -> frozenset[str]:
    """The parts of the split for which the inventory has a flow."""
    key = ("told", "")
    found: frozenset[str] | None = inventory.remembered.get(key)
    if found is None:
        flows = inventory.substances.values()
        aircraft = {"aircraft"} if any(flow.aircraft for flow in flows) else set()
        found = frozenset({flow.category for flow in flows} | aircraft)
        inventory.remembered[key] = found
    return found

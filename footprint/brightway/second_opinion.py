"""A second opinion: every line of a footprint as a plain Brightway LCA, and all of them as one.

Our engine multiplies with intensities that were solved backward, once, when the inventory was
compiled. Here bw2calc builds the matrices again, with an activity for each line and one for the
product, and calculates each forward: `lci`, then `lcia`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from footprint.analysis.supply import inside, names_dataset, names_gas
from footprint.brightway import faults
from footprint.brightway.foreground import activity, ask
from footprint.faults import InputRefused, Problem, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, SPLIT
from footprint.inventory.own import OwnProcesses
from footprint.inventory.union import united_inventories
from footprint.values.result import Contribution, Footprint

TOLERANCE = 1e-9
#: A part of a line that is smaller than this share of the line's largest is rounding.
_ROUNDING = 1e-12
#: The parts that a line has of its own, in the order of both `Split` and the categories.
_PARTS = (*SPLIT, "aircraft")


@dataclass(frozen=True, slots=True)
class LineOpinion:
    """One line, ours and Brightway's, kg CO2e per declared unit excluding biogenic CO2.

    `difference` is the largest over the parts of the split, relative. `brightway_kg_co2e` and
    `difference` are None where a supplier's document is counted as it stands.
    """

    line: str
    row: int
    name: str
    dataset: str
    kg_co2e: float
    brightway_kg_co2e: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Line by line, and the product as one LCA. `given_kg_co2e` are suppliers' documents."""

    lines: tuple[LineOpinion, ...]
    kg_co2e: float
    brightway_kg_co2e: float
    given_kg_co2e: float
    difference: float
    tolerance: float
    versions: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The opinion as `calculate --check brightway --format json` prints it."""
        return asdict(self) | {"lines": [asdict(line) for line in self.lines]}


def second_opinion(footprint: Footprint, inventory: CompiledInventory) -> SecondOpinion:
    """What bw2calc says of a footprint. Raises `InputRefused`: BRW-004, or BRW-005 with every line
    that differs by more than `TOLERANCE`."""
    counted = [item for item in footprint.contributions if _ours(item, inventory)]
    within = {id(item) for item in inside(footprint)}
    parts = united_inventories(inventory)
    closed = [part for part in parts if not isinstance(part, OwnProcesses)]
    column = {name: entry.column for name, entry in inventory.datasets.items()}
    own = _own_activities(parts, column)
    emitted = {e[0] for one in own for e in one["emissions"]}
    emitted |= {item.dataset for item in counted if names_gas(item, inventory)}
    first = len(own)
    lines = [
        activity([(_kind(item, inventory), item.dataset, item.quantity)], column)
        for item in counted
    ]
    at_line = len(column) - len(own) + first
    product = {
        "inputs": [[at_line + at, 1.0] for at, one in enumerate(counted) if id(one) in within],
        "emissions": [],
    }
    answer = ask(
        closed,
        [*own, *lines, product],
        {name: inventory.substances[name] for name in sorted(emitted)},
        [footprint.gwp_set],
        range(first, first + len(lines) + 1),
    )
    scores = answer["scores"][footprint.gwp_set]
    theirs = {id(item): row for item, row in zip(counted, scores[:-1], strict=True)}
    opinions = tuple(_line(item, theirs.get(id(item))) for item in footprint.contributions)
    given = sum(item.kg_co2e for item in inside(footprint) if id(item) not in theirs)
    whole = _total(scores[-1]) + given
    size = max(abs(footprint.total), abs(whole))
    opinion = SecondOpinion(
        opinions,
        footprint.total,
        whole,
        given,
        abs(footprint.total - whole) / size if size else 0.0,
        TOLERANCE,
        answer["versions"],
    )
    _check(opinion)
    return opinion


def _ours(item: Contribution, inventory: CompiledInventory) -> bool:
    return names_dataset(item, inventory) or names_gas(item, inventory)


def _kind(item: Contribution, inventory: CompiledInventory) -> str:
    return "biosphere" if names_gas(item, inventory) else "technosphere"


def _own_activities(
    parts: tuple[CompiledInventory, ...], column: dict[str, int]
) -> list[dict[str, Any]]:
    """The product's own processes, again as activities, in the order of their columns."""
    if not isinstance(parts[-1], OwnProcesses):
        return []
    datasets = parts[-1].document()["datasets"]
    return [
        activity(
            [(e["kind"], e["input"], e["amount"]) for e in datasets[name]["exchanges"]], column
        )
        for name in sorted(parts[-1].datasets, key=column.__getitem__)
    ]


def _total(row: list[float]) -> float:
    return sum(row[at] for at in EXCLUDING_BIOGENIC)


def _line(item: Contribution, row: list[float] | None) -> LineOpinion:
    theirs = difference = None
    if row is not None:
        theirs = _total(row)
        difference = _difference(item.parts, [row[CATEGORIES.index(name)] for name in _PARTS])
    return LineOpinion(
        item.line, item.row, item.name, item.dataset, item.kg_co2e, theirs, difference
    )


def _difference(ours: tuple[float, ...], theirs: list[float]) -> float:
    """The largest relative difference over the parts."""
    floor = _ROUNDING * max(map(abs, (*ours, *theirs)))
    largest = 0.0
    for one, other in zip(ours, theirs, strict=True):
        size = max(abs(one), abs(other), floor)
        largest = max(largest, abs(one - other) / size if size else 0.0)
    return largest


def _check(opinion: SecondOpinion) -> None:
    problems: list[Problem] = []
    for line in opinion.lines:
        if line.difference is not None and not line.difference <= TOLERANCE:
            message = f"{line.name}: {line.kg_co2e!r}, by Brightway {line.brightway_kg_co2e!r}"
            problems.append(faults.DIFFERS.at(Where(row=line.row), message))
    if not opinion.difference <= TOLERANCE:
        message = f"the product: {opinion.kg_co2e!r}, by Brightway {opinion.brightway_kg_co2e!r}"
        problems.append(faults.DIFFERS.at(Where(), message))
    if problems:
        raise InputRefused(problems)

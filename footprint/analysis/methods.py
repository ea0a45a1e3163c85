"""One product under several rule sets, each difference explained.

A GWP set (IPCC AR4, AR5, AR6) changes the weight of each gas: the difference is, gas by gas, its
mass times the change of its potential. CO2e that a source published without its gases cannot be
converted; it is the same under every set, and the amount is named. With biogenic CO2 included
(PACT v3 pcfIncludingBiogenicUptake) the difference is uptake plus release.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footprint.analysis.scenario import burdens_by_row, total_of
from footprint.analysis.supply import inside, names_dataset, names_gas
from footprint.analysis.upstream import Solved, solve
from footprint.engine.calculate import calculate
from footprint.engine.items import Basis
from footprint.faults import InputRefused, Problem
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, DEFAULT_GWP_SET, EXCLUDING_BIOGENIC, GWP_SETS
from footprint.values.bom import Bom
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class GasDifference:
    """`kg` of a gas over the whole chain, and what the change of its potential (kg CO2e per kg)
    makes of it."""

    gas: str
    name_en: str
    name_zh: str
    kg: float
    gwp_before: float
    gwp_after: float

    @property
    def difference_kg_co2e(self) -> float:
        """The gas's part of the difference between the two sets."""
        return self.kg * (self.gwp_after - self.gwp_before)


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """A difference by name: a dataset that emits, or a row of the bill of materials."""

    name: str
    label: str
    difference_kg_co2e: float


@dataclass(frozen=True, slots=True)
class MethodResult:
    """The result under one rule set, against the reference.

    The differences of `gases` and `biogenic` add up to the difference of the totals up to
    `unexplained_kg_co2e` (rounding). `unsplit_kg_co2e` is CO2e without gases, by the set it was
    published under: part of the total, no part of the difference. `refused` says why a set could
    not be calculated; then there is no total.
    """

    gwp_set: str
    biogenic_included: bool
    kg_co2e: float | None
    difference_kg_co2e: float | None
    gwp_sets_used: tuple[str, ...] = ()
    gases: tuple[GasDifference, ...] = ()
    datasets: tuple[NamedDifference, ...] = ()
    rows: tuple[NamedDifference, ...] = ()
    biogenic: tuple[NamedDifference, ...] = ()
    unsplit_kg_co2e: tuple[tuple[str, float], ...] = ()
    unexplained_kg_co2e: float = 0.0
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Methods:
    """The reference result and every rule set beside it."""

    reference: Footprint
    methods: tuple[MethodResult, ...]


def compare_methods(
    bom: Bom,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
    *,
    allow_gaps: bool = False,
    electricity: Basis = "location",
) -> Methods:
    """`bom` under every GWP set, with biogenic CO2 excluded and included, against `gwp_set`
    excluded. Raises `InputRefused` if the reference cannot be calculated."""
    reference = calculate(bom, inventory, gwp_set, allow_gaps=allow_gaps, electricity=electricity)
    solved = solve(reference, inventory)
    methods: list[MethodResult] = []
    for name in GWP_SETS:
        try:
            other = calculate(bom, inventory, name, allow_gaps=allow_gaps, electricity=electricity)
        except InputRefused as refused:
            methods.append(MethodResult(name, False, None, None, refused=refused.problems))
            continue
        for biogenic in (False, True):
            methods.append(_method(reference, other, biogenic, solved, bom, inventory))
    return Methods(reference, tuple(methods))


def _method(
    reference: Footprint,
    other: Footprint,
    biogenic: bool,
    solved: Solved,
    bom: Bom,
    inventory: CompiledInventory,
) -> MethodResult:
    total = total_of(other, biogenic=biogenic)
    sets = (reference.gwp_set, other.gwp_set)
    same = sets[0] == sets[1]
    gases = () if same else tuple(_gases(reference, sets, solved, inventory))
    carbon = _biogenic(other) if biogenic else ()
    parts = [gas.difference_kg_co2e for gas in gases]
    parts += [part.difference_kg_co2e for part in carbon]
    difference = total - reference.total
    return MethodResult(
        gwp_set=other.gwp_set,
        biogenic_included=biogenic,
        kg_co2e=total,
        difference_kg_co2e=difference,
        gwp_sets_used=other.gwp_sets_used,
        gases=gases,
        datasets=() if same else tuple(_datasets(sets, solved)),
        rows=_by_row(reference, other, biogenic, bom),
        biogenic=carbon,
        unsplit_kg_co2e=tuple(_unsplit(reference, solved, inventory)),
        unexplained_kg_co2e=difference - math.fsum(parts),
    )


def _gases(
    reference: Footprint, sets: tuple[str, str], solved: Solved, inventory: CompiledInventory
) -> Iterator[GasDifference]:
    """Gases whose potential changes, by the size of the difference."""
    background = solved.background
    masses = solved.flow_masses()
    for item in inside(reference):
        if names_gas(item, inventory):
            masses[item.dataset] = masses.get(item.dataset, 0.0) + item.quantity
    counted = {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}
    found = []
    for name, mass in masses.items():
        flow = background.flows[name]
        before, after = (background.gwp[which].get(name) for which in sets)
        if not mass or flow["category"] not in counted or before is None or after is None:
            continue
        if before != after:
            found.append(GasDifference(name, flow["name_en"], flow["name_zh"], mass, before, after))
    yield from sorted(found, key=lambda gas: (-abs(gas.difference_kg_co2e), gas.gas))


def _datasets(sets: tuple[str, str], solved: Solved) -> Iterator[NamedDifference]:
    """Datasets whose own emissions weigh differently, by the size of the difference."""
    background = solved.background
    change = background.own_burdens(sets[1]) - background.own_burdens(sets[0])
    found = (solved.supply * change).tolist()
    rows = [
        NamedDifference(name, background.heads[name]["name_en"], value)
        for name, value in zip(background.names, found, strict=True)
        if value
    ]
    yield from _largest_first(rows)


def _by_row(
    reference: Footprint, other: Footprint, biogenic: bool, bom: Bom
) -> tuple[NamedDifference, ...]:
    old = burdens_by_row(reference, biogenic=False)
    new = burdens_by_row(other, biogenic=biogenic)
    return _largest_first(
        [
            NamedDifference(str(line.row), line.name, new[key] - old[key])
            for line in bom.lines
            if (key := (line.row, line.id)) in old and new[key] != old[key]
        ]
    )


def _largest_first(rows: Sequence[NamedDifference]) -> tuple[NamedDifference, ...]:
    return tuple(sorted(rows, key=lambda row: (-abs(row.difference_kg_co2e), row.name)))


def _biogenic(footprint: Footprint) -> tuple[NamedDifference, ...]:
    split = footprint.split
    return (
        NamedDifference("biogenic_uptake", "CO2 taken up by biomass", split.biogenic_uptake),
        NamedDifference("biogenic_emission", "Biogenic CO2 released", split.biogenic_emission),
    )


def _unsplit(
    reference: Footprint, solved: Solved, inventory: CompiledInventory
) -> Iterator[tuple[str, float]]:
    """CO2e without gases in the total, by the set it was published under."""
    background = solved.background
    counted = {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}
    sums: dict[str, list[float]] = {}
    for name, mass in solved.flow_masses().items():
        flow = background.flows[name]
        if flow["unsplit"] and flow["category"] in counted and mass:
            sums.setdefault(flow["unsplit"], []).append(mass)
    documents = [
        item.kg_co2e
        for item in inside(reference)
        if not (names_dataset(item, inventory) or names_gas(item, inventory))
    ]
    if documents:
        sums["supplier documents"] = documents
    yield from ((name, math.fsum(values)) for name, values in sorted(sums.items()))

"""A result by upstream dataset: who emits, and along which supply the emissions come.

Supply x solves A x = s exactly, so loops (steel needs power needs steel) need no cut-off. What a
dataset emits itself is x times its own burden; these add up to the total. At every dataset what
comes in is what goes out: x_j h_j = x_j own_j + sum_i x_j a_ij h_i. In a loop the same emission
goes round, and x_j h_j counts it each time. What passes through a dataset is counted once: of its
supply x_j only x_j / (A^-1)_jj arrives for the first time, the rest has been there before (paths
that return to j are a geometric series, of which (A^-1)_jj is the sum). A cut-off only decides what
is shown; the rest is summed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from footprint.analysis.contributions import check_cut_off
from footprint.analysis.supply import (
    Background,
    Floats,
    demand_of,
    inside,
    names_dataset,
    read_background,
)
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import EXCLUDING_BIOGENIC
from footprint.values.result import Footprint


@dataclass(frozen=True, slots=True)
class Emitter:
    """What one dataset (or a line's own emissions) emits for the product.

    `amount` units are supplied per declared unit; `direct_kg_co2e` is emitted by the dataset
    itself, `through_kg_co2e` is what would be gone if no supply passed through it: of the dataset
    and its suppliers, each emission once. `share` is the direct part of the total.
    """

    dataset: str
    name_en: str
    name_zh: str
    amount: float
    unit: str
    direct_kg_co2e: float
    through_kg_co2e: float
    share: float


@dataclass(frozen=True, slots=True)
class UpstreamFlow:
    """`kg_co2e` that comes from `supplier` into one `consumer` dataset, for this product."""

    supplier: str
    consumer: str
    amount: float
    unit: str
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Upstream:
    """A total by emitter. `emitters` above the cut-off and the `remainder` add up to `total`.

    `lines_kg_co2e` is what the lines bring without a dataset: direct emissions of gases, and
    suppliers' own footprints. It is part of the total and stands beside the emitters.
    """

    total_kg_co2e: float
    cut_off: float
    emitters: tuple[Emitter, ...]
    lines_kg_co2e: float
    remainder_kg_co2e: float
    remainder_count: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The solved background of one product, by column of the intensity tables."""

    background: Background
    supply: Floats
    own: Floats
    intensity: Floats

    def flow_masses(self) -> dict[str, float]:
        """kg of every elementary flow over the whole chain of the product's datasets."""
        masses = np.asarray(self.background.biosphere @ self.supply).ravel()
        return {name: float(masses[at]) for at, name in enumerate(self.background.flow_names)}


def solve(
    footprint: Footprint, inventory: CompiledInventory, background: Background | None = None
) -> Solved:
    """Supply, own burdens and intensities for a product. `background` saves reading it again."""
    known = background or read_background(inventory)
    table = inventory.table(footprint.gwp_set)
    return Solved(
        known,
        known.supply(demand_of(footprint, inventory)),
        known.own_burdens(footprint.gwp_set),
        np.asarray(table[list(EXCLUDING_BIOGENIC)].sum(axis=0)),
    )


def by_upstream(
    footprint: Footprint, inventory: CompiledInventory, cut_off: float = 0.01
) -> Upstream:
    """The total by the datasets that emit it, largest first, down to `cut_off` of the total.

    Raises `InputRefused` (ANA-001) for a cut-off outside 0 to 1.
    """
    check_cut_off(cut_off)
    solved = solve(footprint, inventory)
    total = footprint.total
    limit = cut_off * abs(total)
    direct = solved.supply * solved.own
    emitting = np.flatnonzero(direct).tolist()
    shown = [at for at in emitting if abs(direct[at]) >= limit]
    shown.sort(key=lambda at: (-abs(direct[at]), solved.background.names[at]))
    kept = set(shown)
    rest = [float(direct[at]) for at in emitting if at not in kept]
    emitters = tuple(
        _emitter(solved, at, float(direct[at]), total, loop)
        for at, loop in zip(shown, solved.background.loops(shown), strict=True)
    )
    lines = math.fsum(
        item.kg_co2e for item in inside(footprint) if not names_dataset(item, inventory)
    )
    return Upstream(total, cut_off, emitters, lines, math.fsum(rest), len(rest))


def _emitter(solved: Solved, at: int, direct: float, total: float, loop: float) -> Emitter:
    name = solved.background.names[at]
    head = solved.background.heads[name]
    supply = float(solved.supply[at])
    return Emitter(
        dataset=name,
        name_en=head["name_en"],
        name_zh=head["name_zh"],
        amount=supply,
        unit=head["unit"],
        direct_kg_co2e=direct,
        through_kg_co2e=supply / loop * float(solved.intensity[at]),
        share=direct / total if total else 0.0,
    )


def supplies(solved: Solved) -> Iterator[UpstreamFlow]:
    """Every supply between two datasets that carries burden for the product."""
    background = solved.background
    matrix = background.technosphere.tocoo()
    rows, columns = (axis.tolist() for axis in matrix.coords)
    for supplier, consumer, entry in zip(rows, columns, matrix.data.tolist(), strict=True):
        needed = -entry if supplier != consumer else 1.0 - entry
        amount = needed * float(solved.supply[consumer])
        burden = amount * float(solved.intensity[supplier])
        if burden:
            name = background.names[supplier]
            unit = background.heads[name]["unit"]
            yield UpstreamFlow(name, background.names[consumer], amount, unit, burden)

"""How much every dataset must supply for a product: the forward solve A x = s.

The engine needs only intensities (A^T h = b, solved once when the inventory is compiled). Here the
question is the other one: for this product, how much of each dataset, and how much of each gas. The
transpose is factorised and solved as its own transpose: SuperLU takes seconds on A^T and minutes on
A (20,000 processes).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.linalg import splu

from footprint.analysis.contributions import is_inside
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC
from footprint.values.result import Contribution, Footprint

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Background:
    """The matrices behind a compiled inventory, by column of its intensity tables.

    technosphere : shape (datasets, datasets), 1 on the diagonal, inputs negative
    biosphere : shape (flows, datasets), kg of flow per unit of dataset
    """

    names: tuple[str, ...]
    heads: dict[str, dict[str, Any]]
    flows: dict[str, dict[str, Any]]
    flow_names: tuple[str, ...]
    gwp: dict[str, dict[str, float]]
    technosphere: csr_array
    biosphere: csr_array

    @cached_property
    def _solve(self) -> Callable[[Floats], Floats]:
        """Solves A x = s with the factors of A^T."""
        factors = splu(csc_array(self.technosphere.T))
        return lambda right: np.asarray(factors.solve(right, trans="T"))  # type: ignore[call-overload]

    def supply(self, demand: Mapping[str, float]) -> Floats:
        """Units of every dataset for a demand (units by dataset id), refined once."""
        wanted = np.zeros(len(self.names))
        column = {name: at for at, name in enumerate(self.names)}
        for name, amount in demand.items():
            wanted[column[name]] += amount
        found = self._solve(wanted)
        return found + self._solve(wanted - self.technosphere @ found)

    def loops(self, columns: Sequence[int]) -> Iterator[float]:
        """For each column, how much of it must be made for one unit of it to come out, (A^-1)_jj:
        1 outside loops, more where its own product goes into its making."""
        for at in columns:
            wanted = np.zeros(len(self.names))
            wanted[at] = 1.0
            found = self._solve(wanted)
            yield float((found + self._solve(wanted - self.technosphere @ found))[at])

    def factors(self, gwp_set: str) -> Floats:
        """kg CO2e per kg of every flow under a GWP set; 0 for biogenic CO2, as in the total."""
        counted = {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}
        values = self.gwp[gwp_set]
        return np.array(
            [
                values.get(name, 0.0) if self.flows[name]["category"] in counted else 0.0
                for name in self.flow_names
            ]
        )

    def own_burdens(self, gwp_set: str) -> Floats:
        """kg CO2e that one unit of each dataset emits by itself, without its suppliers."""
        return np.asarray(self.factors(gwp_set) @ self.biosphere, dtype=np.float64)


def read_background(inventory: CompiledInventory) -> Background:
    """The matrices of a compiled inventory, from its document of exchanges."""
    document = inventory.document()
    heads, flows = document["datasets"], document["flows"]
    column = {name: entry.column for name, entry in inventory.datasets.items()}
    row = {name: at for at, name in enumerate(flows)}
    inputs = [(at, at, 1.0) for at in column.values()]
    emissions = []
    for name, head in heads.items():
        for exchange in head["exchanges"]:
            amount = exchange["amount"]
            if exchange["kind"] == "biosphere":
                emissions.append((row[exchange["input"]], column[name], amount))
            else:
                sign = -1.0 if exchange["kind"] == "technosphere" else 1.0
                inputs.append((column[exchange["input"]], column[name], sign * amount))
    count = len(column)
    return Background(
        names=tuple(sorted(column, key=lambda name: column[name])),
        heads=heads,
        flows=flows,
        flow_names=tuple(flows),
        gwp=document["gwp"],
        technosphere=_matrix(inputs, (count, count)),
        biosphere=_matrix(emissions, (len(flows), count)),
    )


def _matrix(entries: list[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    """A sparse matrix; entries at one place are summed, as Brightway does."""
    values = np.array(entries, dtype=np.float64).reshape(-1, 3)
    places = (values[:, 0].astype(np.int64), values[:, 1].astype(np.int64))
    return csr_array(coo_array((values[:, 2], places), shape=shape))


def inside(footprint: Footprint) -> list[Contribution]:
    """The contributions that make the total."""
    return [item for item in footprint.contributions if is_inside(item, footprint)]


def names_dataset(item: Contribution, inventory: CompiledInventory) -> bool:
    """Whether a contribution rests on a dataset (and not on a gas or a supplier's document)."""
    own = item.matched_by in {"substance", "supplier", "screening"}
    return not own and item.dataset in inventory.datasets


def names_gas(item: Contribution, inventory: CompiledInventory) -> bool:
    """Whether a contribution is a direct emission of a gas."""
    return item.matched_by == "substance" and item.dataset in inventory.substances


def demand_of(footprint: Footprint, inventory: CompiledInventory) -> dict[str, float]:
    """Units of each dataset that the rows of the product ask for, per declared unit."""
    found: dict[str, list[float]] = {}
    for item in inside(footprint):
        if names_dataset(item, inventory):
            found.setdefault(item.dataset, []).append(item.quantity)
    return {name: math.fsum(amounts) for name, amounts in sorted(found.items())}

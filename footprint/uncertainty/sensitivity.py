"""Which figures the uncertainty of a footprint comes from, to first order.

With x the amounts of datasets that a product needs (A x = s) and h the intensities, the footprint
changes by x_j h_i per unit of the input i of dataset j, and by x_j c per kg of an emission with the
GWP c. Squared, times the figure's variance, this is the figure's share (Taylor series, first order:
JCGM 100:2008, 5.1.2). Figures are added up by the dataset that holds them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, identity
from scipy.sparse.linalg import splu

from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.ensemble import nominal_intensities
from footprint.uncertainty.figures import EMISSION, Figures, load_figures
from footprint.uncertainty.quantities import dataset_column, sigmas
from footprint.uncertainty.spread import UNSTATED, Floats
from footprint.uncertainty.system import prepared_draws
from footprint.values.result import Contribution
from footprint.values.uncertainty import QuantityGsd2, Share

#: The name of the share that the quantities of the bill of materials have.
QUANTITIES = "quantities"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Shares of the variance, largest first, and the part of the emissions that states none."""

    shares: tuple[Share, ...]
    unstated_share: float


def sensitivity(
    items: Sequence[Contribution],
    gwp_set: str,
    inventory: CompiledInventory,
    quantity_gsd2: QuantityGsd2,
) -> Sensitivity:
    """Where the uncertainty of a product comes from, and how much of it is not known."""
    figures = load_figures(inventory, gwp_set)
    intensity = nominal_intensities(inventory, gwp_set)
    demand = np.zeros(len(intensity))
    emitted, foreign = 0.0, 0.0
    for item in items:
        column = dataset_column(item, inventory)
        if column is not None:
            demand[column] += item.quantity
        elif item.matched_by == "substance":
            emitted += abs(item.kg_co2e)
        else:  # a supplier's own footprint states no range
            foreign += abs(item.kg_co2e)
    needed = supply(figures, demand)
    variances = _by_dataset(figures, intensity, needed)
    parts = [
        (entry.id, entry.name_en, float(variances[entry.column]))
        for entry in inventory.datasets.values()
    ]
    parts.append((QUANTITIES, "bill of materials", _quantities(items, quantity_gsd2)))
    whole = math.fsum(part for _, _, part in parts)
    shares = [Share(name, label, part / whole) for name, label, part in parts if part > 0.0]
    return Sensitivity(
        tuple(sorted(shares, key=lambda share: (-share.share, share.name))),
        _unstated(figures, needed, emitted, foreign),
    )


def _quantities(items: Sequence[Contribution], gsd2: QuantityGsd2) -> float:
    """Variance from the quantities of the lines; what has the same random number varies together.

    The covariance of two lognormals of one number is exp((s² + t²) / 2) (exp(s t) - 1).
    """
    burdens: dict[tuple[str, str, str], dict[float, float]] = {}
    for item, sigma in zip(items, sigmas(items, gsd2).tolist(), strict=True):
        by_sigma = burdens.setdefault(item.quantity_of, {})
        by_sigma[sigma] = by_sigma.get(sigma, 0.0) + item.kg_co2e
    return math.fsum(
        one * other * math.exp((s**2 + t**2) / 2.0) * math.expm1(s * t)
        for by_sigma in burdens.values()
        for s, one in by_sigma.items()
        for t, other in by_sigma.items()
    )


def supply(figures: Figures, demand: Floats) -> Floats:
    """Amounts of each dataset that a demand needs, in their units: A x = s.

    The transpose is factorised, which fills in far less (1.5 s against 92 s on 20,000 processes).
    """
    inputs = figures.supplier != EMISSION
    places = (figures.dataset[inputs], figures.supplier[inputs])
    size = len(demand)
    taken = csc_matrix((figures.amount[inputs], places), shape=(size, size))
    solver = splu(csc_matrix(identity(size, format="csc") - taken))
    solved = solver.solve(demand, trans="T")  # type: ignore[call-overload]  # stubs lack trans
    return np.asarray(solved, dtype=np.float64)


def _by_dataset(figures: Figures, intensity: Floats, needed: Floats) -> Floats:
    system = prepared_draws(figures, intensity, seed=0)
    at = system.varying
    inputs = figures.supplier[at] != EMISSION
    burden = np.where(inputs, intensity[figures.supplier[at]], figures.factor[at])
    slopes = needed[figures.dataset[at]] * burden
    parts = slopes**2 * system.spreads.variances()
    return np.bincount(figures.dataset[at], parts, len(needed)).astype(np.float64)


def _unstated(figures: Figures, needed: Floats, emitted: float, foreign: float) -> float:
    """Share of the absolute emissions whose own figure states no uncertainty; 0 of nothing."""
    amounts = np.abs(figures.amount * figures.factor * needed[figures.dataset])
    whole = float(amounts.sum()) + emitted + foreign
    unstated = float(amounts[figures.kind == UNSTATED].sum()) + foreign
    return unstated / whole if whole else 0.0

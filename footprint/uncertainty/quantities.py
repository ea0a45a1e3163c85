"""The quantities of a bill of materials: of what, how far off, and with which random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from scipy.special import ndtri

from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.randomness import keys_of, starts, uniforms
from footprint.uncertainty.spread import Floats, sigma_of
from footprint.values.result import Contribution
from footprint.values.uncertainty import QuantityGsd2

#: Our own defaults; see `QuantityGsd2`.
DEFAULT = QuantityGsd2()
#: Quantities held fixed.
FIXED = QuantityGsd2(primary=1.0, secondary=1.0)


def dataset_column(item: Contribution, inventory: CompiledInventory) -> int | None:
    """The column of an item's dataset; None for an emission or a supplier's own footprint."""
    if item.matched_by in {"substance", "supplier", "screening"}:
        return None
    return inventory.datasets[item.dataset].column


def sigmas(items: Sequence[Contribution], gsd2: QuantityGsd2) -> Floats:
    """Standard deviation of the logarithm of each item's quantity.

    What a line states counts before `gsd2`: a share of 5 % is a squared geometric standard
    deviation of 1.05: 95 % of a lognormal distribution lie within that factor of its median.
    Raises `ValueError` for a squared geometric standard deviation below 1.
    """
    by_type = {name: sigma_of(value) for name, value in asdict(gsd2).items()}
    return np.array(
        [
            by_type[item.data_type] if item.uncertainty is None else sigma_of(1 + item.uncertainty)
            for item in items
        ],
        dtype=np.float64,
    )


def factors(items: Sequence[Contribution], gsd2: QuantityGsd2, draws: int, seed: int) -> Floats:
    """By what each item's quantity is multiplied in each draw, shape (items, draws); median 1.

    A quantity's random numbers belong to its line's stage, name and own dataset. So the order of
    the rows, a row split in two and a second bill of materials with the same row change nothing,
    and the parts and the transport of a line vary with it.
    """
    spread = sigmas(items, gsd2)
    if not spread.any():
        return np.ones((len(items), draws))
    names = [("quantity", *item.quantity_of) for item in items]
    streams = starts(keys_of(names), seed)
    normal = ndtri(uniforms(streams[:, np.newaxis], np.arange(draws)))
    return np.exp(spread[:, np.newaxis] * normal)

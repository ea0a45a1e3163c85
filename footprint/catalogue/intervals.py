"""Intervals of the products of one part: the same draws of the background for all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from footprint.catalogue.cells import Floats
from footprint.catalogue.columns import INTERVALS
from footprint.catalogue.keys import Keys
from footprint.catalogue.lines import LineArrays
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.catalogue import catalogue_quantiles
from footprint.uncertainty.ensemble import ensemble
from footprint.uncertainty.quantities import FIXED
from footprint.uncertainty.simulate import SimulationSettings, uncertainty_of
from footprint.values.result import Footprint


def fast_intervals(
    lines: LineArrays,
    keys: Keys,
    how: SimulationSettings,
    amounts: tuple[Floats, Floats],
    totals: Floats,
) -> dict[str, Floats]:
    """The columns of intervals.

    amounts : of each row in its line's unit, and of each leg in tonne-kilometres
    totals : kg CO2e of each product, which its interval holds
    """
    known, legs = keys.matrix, lines.legs
    bounds = np.append(lines.starts, len(lines.key))
    shape = (len(lines.starts), len(keys.inventory.datasets))
    amount = amounts[0] * known.inside[lines.key]
    products = csr_matrix((amount, known.entry[lines.key], bounds), shape=shape)
    if len(legs.row):
        ends = np.searchsorted(legs.row, bounds)
        carried = amounts[1] * known.inside[legs.key]
        products = products + csr_matrix((carried, known.entry[legs.key], ends), shape=shape)
    drawn = ensemble(keys.inventory, keys.gwp_set, how.draws, how.seed)
    tail = (1.0 - how.level) / 2.0
    low, median, high = catalogue_quantiles(products, drawn, (tail, 0.5, 1.0 - tail)).T
    columns = np.minimum(low, totals), median, np.maximum(high, totals)
    return dict(zip(INTERVALS, columns, strict=True))


def one_interval(
    made: Footprint, inventory: CompiledInventory, how: SimulationSettings | None
) -> dict[str, float]:
    """The columns of the interval of a product that is calculated alone; none without draws."""
    if how is None:
        return {}
    found = uncertainty_of(made, inventory, replace(how, quantity_gsd2=FIXED))
    return dict(zip(INTERVALS, (found.low, found.median, found.high), strict=True))

"""One draw of an inventory: its figures drawn anew, and its intensities solved for.

With P the inputs of each dataset (rows) from each supplier, the intensities satisfy h = f + P h,
that is A^T h = f with A^T = I - P. A draw solves for the change relative to the nominal h: in that
scale every dataset counts the same, however small its unit, and a dataset that nothing uncertain
stands behind gets a change of exactly zero. The residual in that scale bounds the relative error
of every dataset alike; without it a small component was seen off by 0.7 %.

BiCGSTAB takes about 17 steps, 20 ms on 20,000 processes with 480,000 inputs; SuperLU 1.5 s.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from footprint.uncertainty import faults
from footprint.uncertainty.figures import EMISSION, Figures
from footprint.uncertainty.randomness import Keys, starts, uniforms
from footprint.uncertainty.solve import TOLERANCE, solve_system
from footprint.uncertainty.spread import LOGNORMAL, NORMAL, UNSTATED, Floats, Spreads, sorted_ends

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DrawnSystem:
    """What all draws share; read by several threads at once, changed by none.

    `matrix`: I - P scaled by the nominal intensities. `varying`: the figures that vary, sorted by
    kind of distribution. Per varying figure, `weight` turns a deviation into the scaled matrix,
    `source` is the sign that its supplier has in the nominal solution (1 for an emission), `slot`
    its place in the matrix (the one behind the last for an emission), `row` its dataset.
    """

    matrix: csr_matrix
    nominal: Floats
    scale: Floats
    varying: Places
    spreads: Spreads
    streams: Keys
    weight: Floats
    source: Floats
    slot: Places
    row: Places
    productive: bool


def prepared_draws(figures: Figures, nominal: Floats, seed: int) -> DrawnSystem:
    """Prepare the draws of a seed. `nominal`: intensity of each dataset, kg CO2e per unit."""
    inputs = figures.supplier != EMISSION
    supplier = np.where(inputs, figures.supplier, figures.dataset)
    scale = _scale(figures, nominal, inputs, supplier)
    weight = np.where(inputs, scale[supplier], figures.factor) / scale[figures.dataset]
    size = len(nominal)
    matrix, slot = _matrix(figures, weight, inputs, size)
    varying = _varying(figures)
    return DrawnSystem(
        matrix=matrix,
        nominal=nominal,
        scale=scale,
        varying=varying,
        spreads=Spreads(
            figures.amount[varying],
            figures.first[varying],
            figures.second[varying],
            figures.centre[varying],
            sorted_ends(figures.kind[varying]),
        ),
        streams=starts(figures.key[varying], seed),
        weight=weight[varying],
        source=np.where(inputs, nominal[supplier] / scale[supplier], 1.0)[varying],
        slot=slot[varying],
        row=figures.dataset[varying].astype(np.int64),
        productive=bool(
            (figures.amount >= 0.0).all()
            and (figures.factor >= 0.0).all()
            and ((figures.first >= 0.0) & (figures.kind != NORMAL)).all()
        ),
    )


def _scale(
    figures: Figures, nominal: Floats, inputs: NDArray[np.bool_], supplier: NDArray[np.int32]
) -> Floats:
    """The size of each intensity: of itself, or of what cancels in it, or 1 where nothing does."""
    terms = np.abs(figures.amount * np.where(inputs, nominal[supplier], figures.factor))
    gross = np.bincount(figures.dataset, terms, len(nominal))
    scale = np.where(nominal != 0.0, np.abs(nominal), gross)
    return np.where(scale > 0.0, scale, 1.0)


def _matrix(
    figures: Figures, weight: Floats, inputs: NDArray[np.bool_], size: int
) -> tuple[csr_matrix, Places]:
    """I - P in the scale of `weight`, and the place of each figure in its data."""
    row = np.concatenate([np.arange(size), figures.dataset[inputs]])
    column = np.concatenate([np.arange(size), figures.supplier[inputs]])
    values = np.concatenate([np.ones(size), -(weight * figures.amount)[inputs]])
    cells, place = np.unique(row.astype(np.int64) * size + column, return_inverse=True)
    data = np.bincount(place, values, len(cells))
    pointers = np.searchsorted(cells, np.arange(size + 1, dtype=np.int64) * size)
    slot = np.full(len(weight), len(cells), dtype=np.int64)
    slot[inputs] = place[size:]
    return csr_matrix((data, cells % size, pointers), shape=(size, size)), slot


def _varying(figures: Figures) -> Places:
    still = (figures.first == 0.0) & (figures.centre == figures.amount)
    certain = (figures.kind == UNSTATED) | ((figures.kind == LOGNORMAL) & still)
    varying = np.flatnonzero(~certain)
    return varying[np.argsort(figures.kind[varying], kind="stable")]


def sampled_amounts(figures: Figures, system: DrawnSystem, draw: int) -> Floats:
    """All amounts of an inventory in one draw, in the units and order of the figures."""
    amounts = figures.amount.copy()
    amounts[system.varying] += system.spreads.deviations(uniforms(system.streams, draw))
    return amounts


def solve_draw(system: DrawnSystem, draw: int) -> tuple[Floats, float]:
    """The intensities of one draw, kg CO2e per unit, and the largest relative residual.

    Raises `InputRefused` (UNC-003) if the drawn amounts make a loop use more than it makes.
    """
    if not len(system.varying):
        return system.nominal, 0.0
    change = system.weight * system.spreads.deviations(uniforms(system.streams, draw))
    cells = len(system.matrix.data)
    data = system.matrix.data - np.bincount(system.slot, change, cells + 1)[:cells]
    shape = system.matrix.shape
    matrix = csr_matrix((data, system.matrix.indices, system.matrix.indptr), shape=shape)
    right = np.bincount(system.row, change * system.source, shape[0]).astype(np.float64)
    relative, residual = solve_system(matrix, right)
    solution = system.nominal / system.scale + relative
    if residual > TOLERANCE or (system.productive and solution.min() < -TOLERANCE):
        message = f"draw {draw} of the simulation has no meaningful solution"
        hint = "Narrow the uncertainty of figures in loops, such as own use of electricity."
        raise faults.NO_SOLUTION.refuse(message, hint=hint)
    return system.nominal + system.scale * relative, residual

"""Solve a scaled system to a residual that is checked: BiCGSTAB, and SuperLU where that fails."""

from __future__ import annotations

import warnings

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import splu

from footprint.uncertainty.spread import Floats

#: Largest residual of any row that is accepted.
TOLERANCE = 1e-12
_STEPS = 300


def solve_system(matrix: csr_matrix, right: Floats) -> tuple[Floats, float]:
    """The solution and its largest residual, which is above `TOLERANCE` if there is no solution.

    BiCGSTAB keeps a residual of its own that drifts from the true one: it is restarted on the true
    one, at most three times.
    """
    solution = np.zeros_like(right)
    left = right
    for _ in range(3):
        solution = solution + _bicgstab(matrix, left)
        left = right - matrix @ solution
        worst = float(np.abs(left).max())
        if worst <= TOLERANCE:
            return solution, worst
    return _factorised(matrix, right)


def _dot(a: Floats, b: Floats) -> float:
    """Inner product without BLAS, whose threads get in the way of ours and of other processes."""
    return float(np.einsum("i,i", a, b))


def _bicgstab(matrix: csr_matrix, right: Floats) -> Floats:
    """H. A. van der Vorst, Bi-CGSTAB, SIAM J. Sci. Stat. Comput. 13 (1992) 631-644, from zero.

    Ends at half the tolerance, at a breakdown, or after `_STEPS`: the caller checks the residual.
    scipy's has the same steps; its norms go through BLAS, which tripled the time of two threads.
    """
    solution = np.zeros_like(right)
    residual = right.copy()
    direction = np.zeros_like(right)
    image = np.zeros_like(right)
    rho = alpha = omega = 1.0
    for _ in range(_STEPS):
        if float(np.abs(residual).max()) <= TOLERANCE / 2.0:
            break
        rho, before = _dot(right, residual), rho
        if rho == 0.0 or before == 0.0 or omega == 0.0:
            break
        direction = residual + (rho / before) * (alpha / omega) * (direction - omega * image)
        image = matrix @ direction
        bend = _dot(right, image)
        if bend == 0.0:
            break
        alpha = rho / bend
        half = residual - alpha * image
        stabiliser = matrix @ half
        omega = _dot(stabiliser, half) / (_dot(stabiliser, stabiliser) or 1.0)
        solution += alpha * direction + omega * half
        residual = half - omega * stabiliser
    return solution


def _factorised(matrix: csr_matrix, right: Floats) -> tuple[Floats, float]:
    """SuperLU with two steps of refinement; an infinite residual where the matrix is singular."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            solver = splu(matrix.tocsc())
    except RuntimeError:  # "Factor is exactly singular"
        return np.zeros_like(right), np.inf
    solution = solver.solve(right)
    for _ in range(2):
        solution += solver.solve(right - matrix @ solution)
    worst = float(np.abs(right - matrix @ solution).max())
    return solution, worst if np.isfinite(worst) else np.inf

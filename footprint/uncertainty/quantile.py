"""Quantiles of draws, in one way for all results.

Method: A. Hazen (Trans. ASCE 77 (1914) 1539-1640); in R. J. Hyndman, Y. Fan (The American
Statistician 50 (1996) 361-365) definition 5. The sorted draw k of n stands for (k - 1/2) / n, the
middle of its n-th, which is where a Latin hypercube drew it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from footprint.uncertainty.spread import Floats


def quantiles(draws: Floats, levels: Sequence[float]) -> Floats:
    """Of the last axis of `draws`, shape (..., draws) -> (levels, ...); `levels` 0 to 1."""
    found = np.quantile(draws, levels, axis=-1, method="hazen")
    return np.asarray(found, dtype=np.float64)

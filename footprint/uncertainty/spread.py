"""What a figure says of its own uncertainty, as a distribution; and numbers drawn from it.

The rules, in this order:

1. `gsd2` (squared geometric standard deviation, so that 95 % lie within a factor of it): lognormal
   with the figure as median and sigma = ln(gsd2) / 2. A `pedigree` adds its variance; a pedigree
   alone is lognormal with that variance.
2. `minimum` and `maximum` around the figure: triangular with the figure as mode. Where the figure
   is the middle of the range, nothing but the range was published: uniform (JCGM 100:2008, 4.3.7
   and 4.3.9).
3. Anything else is unstated: one bound only, bounds that do not hold the figure, a gsd2 below 1.
   It is kept fixed, and the result says how much of the footprint rests on such figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from footprint.uncertainty.pedigree import additional_variance

Floats = NDArray[np.float64]

UNSTATED, LOGNORMAL, TRIANGULAR, UNIFORM = range(4)


def sigma_of(gsd2: float) -> float:
    """Standard deviation of the logarithm: ln(gsd2) / 2. Raises `ValueError` below 1."""
    if not 1.0 <= gsd2 < math.inf:
        raise ValueError(f"a squared geometric standard deviation is 1 or more, not {gsd2}")
    return math.log(gsd2) / 2.0


def spread_of(
    amount: float,
    gsd2: float | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    pedigree: Sequence[int] = (),
) -> tuple[int, float, float]:
    """The distribution of a figure: (kind, sigma, 0) or (kind, minimum, maximum).

    Bounds are in the unit of the amount. Raises `ValueError` if a pedigree is not five ratings.
    """
    extra = additional_variance(pedigree) if pedigree else 0.0
    if gsd2 is not None and 1.0 <= gsd2 < math.inf:
        return LOGNORMAL, math.sqrt(sigma_of(gsd2) ** 2 + extra), 0.0
    if gsd2 is not None:
        return UNSTATED, 0.0, 0.0
    if minimum is not None and maximum is not None and minimum <= amount <= maximum:
        middle = (minimum + maximum) / 2.0
        bare = math.isclose(amount, middle, rel_tol=1e-9)
        return (UNIFORM if bare else TRIANGULAR), minimum, maximum
    if pedigree and minimum is None and maximum is None:
        return LOGNORMAL, math.sqrt(extra), 0.0
    return UNSTATED, 0.0, 0.0


@dataclass(frozen=True, slots=True)
class Spreads:
    """Distributions of many figures, sorted by kind. `first` is sigma or minimum, `second` maximum.

    `ends`: where the lognormal and the triangular ones end; uniform ones follow. Unstated ones are
    not among them.
    """

    amount: Floats
    first: Floats
    second: Floats
    ends: tuple[int, int]

    def deviations(self, uniform: Floats) -> Floats:
        """Drawn value less the figure, from numbers between 0 and 1, by the inverse distribution
        function: one figure, one number, whatever its distribution."""
        normal, triangular = slice(0, self.ends[0]), slice(*self.ends)
        rest = slice(self.ends[1], None)
        out = np.empty_like(self.amount)
        out[normal] = self.amount[normal] * np.expm1(self.first[normal] * ndtri(uniform[normal]))
        out[triangular] = self._triangular(uniform[triangular], triangular)
        low, high = self.first[rest], self.second[rest]
        out[rest] = low + (high - low) * uniform[rest] - self.amount[rest]
        return out

    def _triangular(self, uniform: Floats, at: slice) -> Floats:
        mode, low, high = self.amount[at], self.first[at], self.second[at]
        rising = uniform * (high - low) < mode - low
        left = low + np.sqrt(uniform * (high - low) * (mode - low))
        right = high - np.sqrt((1.0 - uniform) * (high - low) * (high - mode))
        return np.where(rising, left, right) - mode

    def variances(self) -> Floats:
        """Variance of each distribution, in the square of the figure's unit."""
        out = np.empty_like(self.amount)
        normal, triangular = slice(0, self.ends[0]), slice(*self.ends)
        rest = slice(self.ends[1], None)
        squared = self.first[normal] ** 2
        out[normal] = self.amount[normal] ** 2 * np.exp(squared) * np.expm1(squared)
        a, b, m = self.first[triangular], self.second[triangular], self.amount[triangular]
        out[triangular] = (a * a + b * b + m * m - a * b - a * m - b * m) / 18.0
        out[rest] = (self.second[rest] - self.first[rest]) ** 2 / 12.0
        return out

"""What a figure says of its own uncertainty, as a distribution; and numbers drawn from it.

A figure may name its `distribution` (docs/importing.md says what each layout means by it):

- lognormal: `gsd2`, the squared geometric standard deviation, so that 95 % lie within a factor of
  it: sigma = ln(gsd2) / 2; `centre` is the median. A `pedigree` adds its variance.
- normal: `sd` is the standard deviation, `centre` the mean.
- triangular and beta-pert: between `minimum` and `maximum`, `centre` is the mode. Beta-PERT is the
  beta distribution with shapes 1 + 4 (mode - minimum) / width and 1 + 4 (maximum - mode) / width
  (D. Vose, Risk Analysis, 3rd edition, 2008).
- uniform: between `minimum` and `maximum`.
- undefined: bounds around the figure are all that is known of it: uniform (JCGM 100:2008, 4.3.7).

Where `centre` is not stated it is the figure itself. Without a named distribution, in this order:

1. `gsd2`, or a pedigree alone: lognormal.
2. `minimum` and `maximum` around the figure: triangular with the figure as mode. Where the figure
   is the middle of the range, nothing but the range was published: uniform (JCGM 100:2008, 4.3.7
   and 4.3.9).

Anything else is unstated: one bound only, bounds that do not hold the figure, a gsd2 below 1. It is
kept fixed, and the result says how much of the footprint rests on such figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from footprint.uncertainty.pedigree import additional_variance

Floats = NDArray[np.float64]
#: (kind, first, second, centre): sigma, the standard deviation or the minimum; the maximum.
Drawn = tuple[int, float, float, float]

UNSTATED, LOGNORMAL, TRIANGULAR, UNIFORM, NORMAL, BETA_PERT = range(6)
#: Weight of the mode in the mean of a beta-PERT, (minimum + 4 mode + maximum) / 6.
PERT_WEIGHT = 4.0


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
    distribution: str = "",
    centre: float | None = None,
    sd: float | None = None,
) -> Drawn:
    """The distribution of a figure; all but `gsd2` and `pedigree` are in the unit of the amount.

    Raises `ValueError` if a pedigree is not five ratings.
    """
    extra = additional_variance(pedigree) if pedigree else 0.0
    middle = amount if centre is None else centre
    unstated = (UNSTATED, 0.0, 0.0, amount)
    if distribution in {"", "lognormal"} and gsd2 is not None:
        if not 1.0 <= gsd2 < math.inf or middle * amount < 0.0:
            return unstated
        return LOGNORMAL, math.sqrt(sigma_of(gsd2) ** 2 + extra), 0.0, middle
    if distribution == "normal":
        return (NORMAL, sd, 0.0, middle) if sd is not None and 0.0 < sd < math.inf else unstated
    if distribution != "lognormal" and minimum is not None and maximum is not None:
        return _between(amount, minimum, maximum, distribution, middle) or unstated
    if distribution == "" and pedigree and minimum is None and maximum is None:
        return LOGNORMAL, math.sqrt(extra), 0.0, amount
    return unstated


def _between(
    amount: float, minimum: float, maximum: float, distribution: str, mode: float
) -> Drawn | None:
    """The distribution between two bounds, or None if they hold no such one."""
    if distribution == "uniform":
        return (UNIFORM, minimum, maximum, amount) if minimum < maximum else None
    if distribution in {"triangular", "beta-pert"}:
        kind = TRIANGULAR if distribution == "triangular" else BETA_PERT
        return (kind, minimum, maximum, mode) if minimum <= mode <= maximum else None
    if not minimum <= amount <= maximum:
        return None
    if distribution == "undefined":
        return (UNIFORM, minimum, maximum, amount) if minimum < maximum else None
    bare = math.isclose(amount, (minimum + maximum) / 2.0, rel_tol=1e-9)
    return (UNIFORM if bare else TRIANGULAR), minimum, maximum, amount


def sorted_ends(kinds: NDArray[np.int8]) -> tuple[int, ...]:
    """Where the figures of each kind end, of sorted kinds; unstated ones are not among them."""
    return tuple(
        int(np.searchsorted(kinds, kind, "right")) for kind in range(LOGNORMAL, BETA_PERT + 1)
    )


@dataclass(frozen=True, slots=True)
class Spreads:
    """Distributions of many figures, sorted by kind: `first`, `second`, `centre` as in `Drawn`.

    `ends`: where each kind ends, in the order of their numbers. Unstated ones are not among them.
    """

    amount: Floats
    first: Floats
    second: Floats
    centre: Floats
    ends: tuple[int, ...]

    def _of(self, kind: int) -> slice:
        start = self.ends[kind - 2] if kind > LOGNORMAL else 0
        return slice(start, self.ends[kind - 1])

    def deviations(self, uniform: Floats) -> Floats:
        """Drawn value less the figure, from numbers between 0 and 1, by the inverse distribution
        function: one figure, one number, whatever its distribution."""
        out = np.empty_like(self.amount)
        at = self._of(LOGNORMAL)
        out[at] = self.centre[at] * np.expm1(self.first[at] * ndtri(uniform[at]))
        at = self._of(TRIANGULAR)
        out[at] = self._triangular(uniform[at], at)
        at = self._of(UNIFORM)
        low, high = self.first[at], self.second[at]
        out[at] = low + (high - low) * uniform[at] - self.centre[at]
        at = self._of(NORMAL)
        out[at] = self.first[at] * ndtri(uniform[at])
        at = self._of(BETA_PERT)
        low, width = self.first[at], self.second[at] - self.first[at]
        rise, fall = self._pert_shapes(at)
        out[at] = low + width * betaincinv(rise, fall, uniform[at]) - self.centre[at]
        return out + (self.centre - self.amount)

    def _triangular(self, uniform: Floats, at: slice) -> Floats:
        mode, low, high = self.centre[at], self.first[at], self.second[at]
        rising = uniform * (high - low) < mode - low
        left = low + np.sqrt(uniform * (high - low) * (mode - low))
        right = high - np.sqrt((1.0 - uniform) * (high - low) * (high - mode))
        return np.where(rising, left, right) - mode

    def _pert_shapes(self, at: slice) -> tuple[Floats, Floats]:
        mode, low, high = self.centre[at], self.first[at], self.second[at]
        width = np.where(high > low, high - low, 1.0)
        return 1.0 + PERT_WEIGHT * (mode - low) / width, 1.0 + PERT_WEIGHT * (high - mode) / width

    def variances(self) -> Floats:
        """Variance of each distribution, in the square of the figure's unit."""
        out = np.empty_like(self.amount)
        at = self._of(LOGNORMAL)
        squared = self.first[at] ** 2
        out[at] = self.centre[at] ** 2 * np.exp(squared) * np.expm1(squared)
        at = self._of(TRIANGULAR)
        a, b, m = self.first[at], self.second[at], self.centre[at]
        out[at] = (a * a + b * b + m * m - a * b - a * m - b * m) / 18.0
        at = self._of(UNIFORM)
        out[at] = (self.second[at] - self.first[at]) ** 2 / 12.0
        at = self._of(NORMAL)
        out[at] = self.first[at] ** 2
        at = self._of(BETA_PERT)
        rise, fall = self._pert_shapes(at)
        whole = rise + fall
        share = rise * fall / (whole**2 * (whole + 1.0))
        out[at] = (self.second[at] - self.first[at]) ** 2 * share
        return out

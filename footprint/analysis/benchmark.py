"""What a category of the register looks like: quartiles, and where one product stands in it.

Quartiles are those of Hyndman and Fan's type 7: with n values in order, the quantile of p lies at
place 1 + (n - 1) p, between two values in proportion. (R. J. Hyndman and Y. Fan, Sample Quantiles
in Statistical Packages, The American Statistician 50(4), 1996, doi:10.2307/2684934.) It is the
default of NumPy and R, and `inclusive` in Python's statistics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from footprint.analysis.benchmark_groups import BenchmarkGroup

#: Below either of these no figure is told. Why these: docs/decisions/0089-benchmarks.md
LEAST_PRODUCTS, LEAST_COMPANIES = 5, 3


@dataclass(frozen=True, slots=True)
class BenchmarkFigures:
    """kg CO2e per reference unit, exact."""

    minimum: Fraction
    lower_quartile: Fraction
    median: Fraction
    upper_quartile: Fraction
    maximum: Fraction


@dataclass(frozen=True, slots=True)
class BenchmarkRank:
    """How many of the other products of a group have a higher number, the same, a lower one."""

    higher: int
    same: int
    lower: int

    @property
    def others(self) -> int:
        """How many other products there are."""
        return self.higher + self.same + self.lower

    @property
    def lower_than_percent(self) -> Fraction:
        """The share of the others whose number is higher: 100 less the percentile rank that counts
        ties (`weak` in SciPy). At least one other is needed."""
        return Fraction(100 * self.higher, self.others)


def is_enough(group: BenchmarkGroup) -> bool:
    """Whether a group has products and companies enough for figures."""
    return len(group.newest) >= LEAST_PRODUCTS and len(set(group.companies)) >= LEAST_COMPANIES


def most_of_one_company(group: BenchmarkGroup) -> int:
    """How many products the company with most of them has."""
    return max(Counter(group.companies).values())


def benchmark_figures(group: BenchmarkGroup) -> BenchmarkFigures | None:
    """The figures of a group; None where it has too few products or companies."""
    if not is_enough(group):
        return None
    values = group.values
    return BenchmarkFigures(*(quantile(values, Fraction(part, 4)) for part in range(5)))


def quantile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """The quantile (type 7) of `part`, from 0 to 1, of values in ascending order, at least one."""
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def benchmark_rank(group: BenchmarkGroup, number: str) -> BenchmarkRank | None:
    """Where the product of a certificate of the group stands, by the number that this certificate
    states; None where the group has too few."""
    if not is_enough(group):
        return None
    own = next(one for one in group.entries if one.number == number)
    product = group.product_of[number]
    others = [one.kg_co2e for one in group.newest if group.product_of[one.number] != product]
    return BenchmarkRank(
        sum(one > own.kg_co2e for one in others),
        sum(one == own.kg_co2e for one in others),
        sum(one < own.kg_co2e for one in others),
    )

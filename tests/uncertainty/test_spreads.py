"""What a figure says of its uncertainty, and the distribution that follows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from footprint.uncertainty.pedigree import FACTORS, additional_variance
from footprint.uncertainty.spread import (
    BETA_PERT,
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNIFORM,
    UNSTATED,
    Spreads,
    sorted_ends,
    spread_of,
)

#: Evenly spaced, so that the sample is the inverse distribution function itself.
GRID = (np.arange(20_000) + 0.5) / 20_000


def spreads(
    kind: int,
    amount: float,
    first: float,
    second: float,
    centre: float | None = None,
    size: int = 1,
) -> Spreads:
    return Spreads(
        np.full(size, amount),
        np.full(size, first),
        np.full(size, second),
        np.full(size, amount if centre is None else centre),
        sorted_ends(np.full(size, kind, dtype=np.int8)),
    )


def sample(
    kind: int, amount: float, first: float, second: float, centre: float | None = None
) -> NDArray[np.float64]:
    return amount + spreads(kind, amount, first, second, centre, len(GRID)).deviations(GRID)


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ({}, UNSTATED),
        ({"gsd2": 1.5}, LOGNORMAL),
        ({"gsd2": 1.0}, LOGNORMAL),
        ({"gsd2": 0.9}, UNSTATED),
        ({"gsd2": math.nan}, UNSTATED),
        ({"minimum": 1.0, "maximum": 5.0}, TRIANGULAR),
        ({"minimum": 1.0, "maximum": 3.0}, UNIFORM),
        ({"minimum": 2.0, "maximum": 3.0}, TRIANGULAR),
        ({"minimum": 2.5, "maximum": 3.0}, UNSTATED),
        ({"minimum": 1.0}, UNSTATED),
        ({"maximum": 3.0, "pedigree": (1, 1, 1, 1, 1)}, UNSTATED),
        ({"pedigree": (2, 1, 1, 1, 1)}, LOGNORMAL),
        ({"gsd2": 1.5, "minimum": 1.0, "maximum": 5.0}, LOGNORMAL),
        ({"distribution": "lognormal", "gsd2": 1.5}, LOGNORMAL),
        ({"distribution": "lognormal"}, UNSTATED),
        ({"distribution": "normal", "sd": 0.3}, NORMAL),
        ({"distribution": "normal", "gsd2": 1.5}, UNSTATED),
        ({"distribution": "triangular", "minimum": 1.0, "maximum": 3.0}, TRIANGULAR),
        ({"distribution": "triangular", "minimum": 3.0, "maximum": 5.0}, UNSTATED),
        ({"distribution": "triangular", "minimum": 3.0, "maximum": 5.0, "centre": 4.0}, TRIANGULAR),
        ({"distribution": "beta-pert", "minimum": 1.0, "maximum": 5.0}, BETA_PERT),
        ({"distribution": "uniform", "minimum": 1.0, "maximum": 9.0}, UNIFORM),
        ({"distribution": "undefined", "minimum": 1.0, "maximum": 9.0}, UNIFORM),
        ({"distribution": "undefined"}, UNSTATED),
    ],
)
def test_the_kind_follows_from_what_is_stated(says: dict[str, Any], kind: int) -> None:
    assert spread_of(2.0, **says)[0] == kind


def test_a_pedigree_adds_its_variance_to_that_of_the_gsd2() -> None:
    ratings = (2, 3, 1, 1, 5)
    _, sigma, _, _ = spread_of(1.0, gsd2=1.2, pedigree=ratings)
    factors = [1.2, *(row[rating - 1] for row, rating in zip(FACTORS, ratings, strict=True))]
    # The published form: exp(sqrt(sum of squared logarithms)) is the total gsd2.
    total = math.exp(math.sqrt(sum(math.log(factor) ** 2 for factor in factors)))
    assert math.exp(2 * sigma) == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("ratings", [(1, 1, 1, 1), (0, 1, 1, 1, 1), (1, 1, 1, 1, 6)])
def test_a_pedigree_is_five_ratings_from_one_to_five(ratings: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="five ratings"):
        additional_variance(ratings)


@given(st.tuples(*[st.integers(1, 5)] * 5), st.integers(0, 4))
def test_a_worse_rating_never_narrows(ratings: tuple[int, ...], at: int) -> None:
    worse = [*ratings]
    worse[at] = min(5, worse[at] + 1)
    assert additional_variance(worse) >= additional_variance(ratings)


@pytest.mark.parametrize("amount", [3.0, -3.0])
def test_a_lognormal_has_its_figure_as_median_and_gsd2_as_95_percent_factor(amount: float) -> None:
    kind, sigma, _, _ = spread_of(amount, gsd2=1.5)
    drawn = sample(kind, amount, sigma, 0.0) / amount
    assert np.median(drawn) == pytest.approx(1.0, rel=1e-6)
    inside = stats.norm.cdf(2.0) - stats.norm.cdf(-2.0)
    assert np.mean((drawn > 1 / 1.5) & (drawn < 1.5)) == pytest.approx(inside, abs=1e-3)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ((LOGNORMAL, 2.0, 0.3, 0.0), stats.lognorm(0.3, scale=2.0)),
        ((TRIANGULAR, 2.0, 1.0, 5.0), stats.triang(0.25, 1.0, 4.0)),
        ((TRIANGULAR, 1.0, 1.0, 5.0), stats.triang(0.0, 1.0, 4.0)),
        ((TRIANGULAR, 5.0, 1.0, 5.0), stats.triang(1.0, 1.0, 4.0)),
        ((TRIANGULAR, -2.0, -5.0, -1.0), stats.triang(0.75, -5.0, 4.0)),
        ((UNIFORM, 2.0, 1.0, 3.0), stats.uniform(1.0, 2.0)),
        ((UNIFORM, 1.2, 1.0, 3.0), stats.uniform(1.0, 2.0)),
        ((NORMAL, 2.0, 0.3, 0.0), stats.norm(2.0, 0.3)),
        ((NORMAL, -2.0, 0.3, 0.0, -2.5), stats.norm(-2.5, 0.3)),
        ((LOGNORMAL, 2.0, 0.3, 0.0, 1.9), stats.lognorm(0.3, scale=1.9)),
        ((TRIANGULAR, 2.0, 1.0, 5.0, 3.0), stats.triang(0.5, 1.0, 4.0)),
        ((BETA_PERT, 2.0, 1.0, 5.0), stats.beta(2.0, 4.0, 1.0, 4.0)),
        ((BETA_PERT, 5.0, 1.0, 5.0, 3.0), stats.beta(3.0, 3.0, 1.0, 4.0)),
    ],
)
def test_draws_and_variances_are_those_of_the_distribution(how: Any, expected: Any) -> None:
    assert sample(*how) == pytest.approx(expected.ppf(GRID), rel=1e-10)
    assert spreads(*how).variances()[0] == pytest.approx(expected.var(), rel=1e-10)


def test_no_width_is_no_deviation() -> None:
    for how in ((LOGNORMAL, 2.0, 0.0, 0.0), (UNIFORM, 2.0, 2.0, 2.0), (TRIANGULAR, 2.0, 2.0, 2.0)):
        assert not spreads(*how).deviations(np.array([0.3])).any()

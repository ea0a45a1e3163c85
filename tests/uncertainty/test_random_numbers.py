"""Random numbers belong to figures: the same ones whatever else is calculated."""

from __future__ import annotations

import numpy as np
from evidence import some
from numpy.typing import NDArray
from scipy import stats

from footprint.uncertainty.randomness import STRATA, key_of, keys_of, mix, starts, uniforms

GAMMA = 0x9E3779B97F4A7C15


def table(figures: int, draws: int, seed: int = 1) -> NDArray[np.float64]:
    streams = starts(keys_of([("figure", str(at)) for at in range(figures)]), seed)
    return uniforms(streams[:, np.newaxis], np.arange(draws))


def test_the_mixer_is_the_published_one() -> None:
    """First outputs of SplitMix64 for the state 1234567, as other implementations give them."""
    states = np.array([(1234567 + step * GAMMA) % 2**64 for step in (1, 2, 3)], dtype=np.uint64)
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert mix(states).tolist() == expected


def test_numbers_are_strictly_between_zero_and_one() -> None:
    numbers = table(1000, 100)
    assert numbers.min() > 0.0
    assert numbers.max() < 1.0


def test_numbers_are_uniform_within_a_draw_and_within_each_thousandth() -> None:
    numbers = table(400, 400)
    by_draw = [stats.kstest(column, "uniform").pvalue for column in numbers.T]
    within = [stats.kstest(row * STRATA % 1.0, "uniform").pvalue for row in numbers]
    for pvalues in (by_draw, within):
        assert stats.kstest(pvalues, "uniform").pvalue > 1e-3


def test_figures_draws_and_seeds_are_independent_of_each_other() -> None:
    numbers, other = table(300, 1000), table(300, 1000, seed=2)
    # Standard error of a correlation: 1/sqrt(1000); its largest of 45,000 pairs is below 5.5 of it.
    between_figures = np.corrcoef(numbers) - np.eye(300)
    assert np.abs(between_figures).max() < 5.5 / np.sqrt(1000)
    assert abs(np.corrcoef(numbers[:, 1:].ravel(), numbers[:, :-1].ravel())[0, 1]) < 0.01
    assert abs(np.corrcoef(numbers.ravel(), other.ravel())[0, 1]) < 0.01


def test_a_figure_keeps_its_numbers_among_other_figures() -> None:
    alone = uniforms(starts(keys_of([("steel", "co2")]), 7), 3)
    among = uniforms(starts(keys_of([("a", "b"), ("steel", "co2"), ("c", "d")]), 7), 3)
    assert among[1] == alone[0]


def test_names_are_not_run_together() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")


def test_each_thousand_draws_have_one_number_in_each_thousandth() -> None:
    strata = np.floor(table(200, 3000) * STRATA).reshape(200, 3, STRATA)
    assert (np.sort(strata, axis=-1) == np.arange(STRATA)).all()
    assert (strata[:, 0] != strata[:, 1]).any(axis=-1).all(), (
        "each thousand has an order of its own"
    )


def test_the_orders_of_figures_are_as_independent_as_permutations() -> None:
    """Pairs in 10 x 10 cells: 81 degrees of freedom. Triples: a product of standard error 1."""
    numbers = table(600, 1000)
    pairs = [
        stats.contingency.crosstab(*np.floor(numbers[at : at + 2] * 10)).count
        for at in range(0, 600, 2)
    ]
    found = [((counts - 10.0) ** 2 / 10.0).sum() for counts in pairs]
    assert stats.kstest(found, stats.chi2(81).cdf).pvalue > 1e-3
    centred = (numbers - 0.5) * np.sqrt(12.0)
    triples = (centred[:-2] * centred[1:-1] * centred[2:]).sum(axis=1) / np.sqrt(1000.0)
    assert abs(triples.mean()) < 4.0 / np.sqrt(len(triples))
    assert abs(triples.std() - 1.0) < 0.15


def test_a_number_is_the_same_alone_in_a_draw_and_in_a_table() -> None:
    streams = starts(keys_of([("iron", "co2"), ("wood", "ch4")]), 5)
    whole = uniforms(streams[:, np.newaxis], np.arange(1500))
    for draw in some([0, 999, 1000, 1499]):
        assert (uniforms(streams, draw) == whole[:, draw]).all()

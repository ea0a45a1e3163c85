"""A sample of certificates for surveillance: its size, and that everybody draws the same."""

from __future__ import annotations

import random
from collections import Counter
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates.sampling import SamplingUnit, drawn_sample, visits_due


@pytest.mark.parametrize(
    ("count", "size"),
    [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 2), (11, 2), (12, 3), (25, 3), (26, 4), (100, 6),
     (101, 7), (10_000, 60), (10_001, 61)],
)  # fmt: skip
def test_the_size_is_six_tenths_of_the_root_rounded_up(count: int, size: int) -> None:
    assert visits_due(count) == size


@given(st.integers(0, 10**12))
def test_the_size_is_exact(count: int) -> None:
    exact = (Decimal(count) * 36 / 100).sqrt().to_integral_value(ROUND_CEILING)
    assert visits_due(count) == exact


def test_there_are_no_fewer_than_none() -> None:
    with pytest.raises(ValueError, match="-1"):
        visits_due(-1)


REGISTER = [
    SamplingUnit(f"FP-{number:04}", scheme, tier)
    for number, (scheme, tier) in enumerate(
        [("th-tgo", "disclosure")] * 100 + [("th-tgo", "reduction")] * 3 + [("kr-keiti", "x")]
    )
]


def test_each_scheme_and_tier_is_drawn_from_by_itself() -> None:
    plan = drawn_sample(REGISTER, "2026")
    assert [(one.scheme, one.tier, one.size, len(one.drawn)) for one in plan] == [
        ("kr-keiti", "x", 1, 1),
        ("th-tgo", "disclosure", 100, 6),
        ("th-tgo", "reduction", 3, 2),
    ]
    for one in plan:
        mine = {each.number for each in REGISTER if each[1:] == (one.scheme, one.tier)}
        assert set(one.drawn) <= mine
        assert len(set(one.drawn)) == len(one.drawn)


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    mixed = REGISTER * 2
    random.Random(1).shuffle(mixed)  # noqa: S311 - no secret
    assert drawn_sample(mixed, "2026") == drawn_sample(REGISTER, "2026")
    assert drawn_sample(REGISTER, "2026") != drawn_sample(REGISTER, "2027")
    (first, *_) = drawn_sample([SamplingUnit("FP-76NN-S06H-T", "a", "b")], "")
    assert first.drawn == ("FP-76NN-S06H-T",)


def test_a_known_seed_draws_what_it_always_drew() -> None:
    """Whoever kept a seed has to draw the same with every later version."""
    (_, disclosure, _) = drawn_sample(REGISTER, "2026-Q4")
    assert disclosure.drawn == (
        "FP-0050", "FP-0049", "FP-0059", "FP-0089", "FP-0087", "FP-0037",
    )  # fmt: skip


def test_everybody_is_drawn_as_often_as_others() -> None:
    found = Counter(
        number
        for seed in range(2000)
        for number in drawn_sample(REGISTER[:100], str(seed))[0].drawn
    )
    assert len(found) == 100
    assert min(found.values()) > 120 - 5 * 11  # 120 expected, standard deviation about 10.6
    assert max(found.values()) < 120 + 5 * 11

"""Printed digits never exceed what the interval supports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.uncertainty.digits import interval_text, last_place, supported_digits


@pytest.mark.parametrize(
    ("value", "low", "high", "digits", "texts"),
    [
        (2.3456, 1.9, 2.9, 2, ("2.3", "1.9", "2.9")),
        (2.3456, 2.34, 2.35, 4, ("2.35", "2.34", "2.35")),
        (2.3456, 2.2, 2.4, 2, ("2.3", "2.2", "2.4")),
        (2.3456, 1.0, 9.0, 1, ("2", "1", "9")),
        (1234.5, 1100.0, 1400.0, 2, ("1,200", "1,100", "1,400")),
        (0.00123, 0.001, 0.002, 2, ("0.0012", "0.0010", "0.0020")),
        (0.4, -3.0, 3.0, 1, ("0", "-3", "3")),
        (0.0, -0.5, 0.5, 1, ("0.0", "-0.5", "0.5")),
    ],
)
def test_the_last_digit_stands_where_half_the_width_begins(
    value: float, low: float, high: float, digits: int, texts: tuple[str, ...]
) -> None:
    assert supported_digits(value, low, high) == digits
    assert interval_text(value, low, high) == texts


def test_no_width_sets_no_limit_but_the_usual_three_digits() -> None:
    assert supported_digits(2.3456, 2.3456, 2.3456) is None
    assert interval_text(2.3456, 2.3456, 2.3456) == ("2.35", "2.35", "2.35")
    assert interval_text(0.0, 0.0, 0.0) == ("0", "0", "0")


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 0.999), st.floats(1e-6, 10.0))
def test_no_digit_is_finer_than_half_the_width(value: float, below: float, above: float) -> None:
    low, high = value * (1 - below), value * (1 + above)
    half = (high - low) / 2
    place = last_place(low, high)
    assert place is not None
    assert half / 10 < 10.0**place * (1 + 1e-6)
    assert 10.0**place <= half * (1 + 1e-6)
    coarsest = max(10.0**place, high / 100)
    for text, number in zip(interval_text(value, low, high), (value, low, high), strict=True):
        assert abs(float(text.replace(",", "")) - number) <= 0.5 * coarsest * (1 + 1e-6)

"""Numbers in the ways people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.reading.numbers import Ambiguous, decimal_mark, parse_number


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1,234.5", None, 1234.5),
        ("1.234,5", None, 1234.5),
        ("1.234.567", None, 1234567.0),
        ("1,234,567", None, 1234567.0),
        ("12,5", None, 12.5),
        ("0,125", ",", 0.125),
        ("1.234", ".", 1.234),
        ("1.234", ",", 1234.0),
        ("1,234", ".", 1234.0),
        ("1,234", ",", 1.234),
        ("1 234,5", None, 1234.5),
        ("１２．５", None, 12.5),
        ("1e-3", None, 0.001),
        ("−2", None, -2.0),
        (".5", None, 0.5),
        ("0.125", None, 0.125),
        ("0,125", None, 0.125),
    ],
)
def test_a_number_is_read(text: str, mark: str | None, value: float) -> None:
    assert parse_number(text, mark) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "-1.234"])
def test_two_readings_without_a_hint_are_refused(text: str) -> None:
    with pytest.raises(Ambiguous):
        parse_number(text, None)


@pytest.mark.parametrize("text", ["", "kg", "1,23,4", "1.2.3", "1,2.3,4", "0x10", "1_000", "inf"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text, ".")


def test_a_lone_point_is_decimal_in_a_file_separated_by_commas_and_a_lone_comma_is_not() -> None:
    assert parse_number("1.234", None, lone_point_is_decimal=True) == 1.234
    with pytest.raises(Ambiguous):
        parse_number("1,234", None, lone_point_is_decimal=True)


def test_the_file_votes_and_a_split_vote_decides_nothing() -> None:
    assert decimal_mark(["12.5", "1.234"]) == "."
    assert decimal_mark(["12,5", "1.234"]) == ","
    assert decimal_mark(["12,5", "0.5"]) is None
    assert decimal_mark(["7", "1.234"]) is None


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_both_ways_of_writing_a_number_give_the_same_float(value: float) -> None:
    pointed = f"{value:,.6f}"
    swapped = pointed.translate(str.maketrans(",.", ".,"))
    expected = float(f"{value:.6f}")
    assert math.isclose(parse_number(pointed, "."), expected, rel_tol=0, abs_tol=0)
    assert parse_number(swapped, ",") == parse_number(pointed, ".")

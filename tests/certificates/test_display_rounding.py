from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.certificates.display import exact, plain, round_significant, rounded_amount

KILOGRAMS = {"g": Decimal("0.001"), "kg": Decimal(1), "t": Decimal(1000)}


@pytest.mark.parametrize(
    ("kg", "text"),
    [
        ("0", "0 kg"),
        ("1", "1.00 kg"),
        ("0.9994", "999 g"),
        ("0.9995", "1.00 kg"),
        ("999.4", "999 kg"),
        ("999.5", "1.00 t"),
        ("2.4681357902468", "2.47 kg"),
        ("0.01234", "12.3 g"),
        ("0.0000004", "0.000400 g"),
        ("1234567", "1230 t"),
        ("12.35", "12.4 kg"),
        ("-0.0125", "-12.5 g"),
        ("2.445", "2.45 kg"),
        ("0.00000000000148", "1.48e-9 g"),
        ("-1.4762e-268", "-1.48e-265 g"),
        ("9.996e14", "1.00e12 t"),
    ],
)
def test_a_value_is_shown_with_three_digits_in_the_unit_of_its_size(kg: str, text: str) -> None:
    rounded = rounded_amount(Decimal(kg))
    assert f"{rounded.amount} {rounded.unit}" == text


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_what_is_shown_is_within_half_a_unit_of_the_third_digit(kg: float) -> None:
    rounded = rounded_amount(exact(kg))
    back = Decimal(rounded.amount) * KILOGRAMS[rounded.unit]
    assert abs(back - exact(kg)) <= abs(exact(kg)) * Decimal("0.005")


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_rounding_twice_changes_nothing(kg: float) -> None:
    once = round_significant(exact(kg))
    assert round_significant(once) == once


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_certified_text_reads_back_as_the_same_float(kg: float) -> None:
    text = plain(exact(kg))
    assert float(text) == kg
    assert "e" not in text.lower()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "nan", True])
def test_what_is_not_a_finite_number_is_refused(value: float | str) -> None:
    with pytest.raises(ValueError, match="not a"):
        exact(value)

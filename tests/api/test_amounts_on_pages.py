"""How amounts and their units are written on the pages of the console."""

from __future__ import annotations

import pytest

from api.console.figures import amount_text, line_unit, per_unit


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "1"),
        (1 / 0.997, "1.00"),
        (0.1 + 0.2, "0.300"),
        (3 * 1.1 / 1.1, "3"),
        (2.0000000000000004, "2"),
        (12.3456, "12.3"),
        (123.456, "123"),
        (1234.56, "1235"),
        (40_000.0, "40000"),
        (0.0004567, "0.000457"),
        (0.0, "0"),
        (999_999_999.0, "999999999"),
        (1e9, "1.00e9"),
        (5e12, "5.00e12"),
    ],
)
def test_an_amount_has_three_digits_and_a_whole_number_all_of_its_own(
    value: float, shown: str
) -> None:
    assert amount_text(value) == shown


@pytest.mark.parametrize(
    ("unit", "shown"), [("pcs", "piece"), ("kg", "kg"), ("m2", "m2"), ("no unit", "no unit")]
)
def test_a_unit_of_a_list_is_named_by_the_words_of_units(unit: str, shown: str) -> None:
    assert line_unit(unit) == shown


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("kg", "kg"), ("m2", "square meter"), ("tkm", "ton kilometer"), ("g", "g")],
)
def test_the_unit_of_a_dataset_is_named_as_a_declared_unit(unit: str, shown: str) -> None:
    assert per_unit(unit) == shown

"""A value that contradicts itself cannot be built, whoever builds it and however."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import Contradiction
from footprint.rules.evidence import Credit
from footprint.values.line import STAGES, Line, Supply, TransportLeg, unheard
from footprint.values.product import DECLARED_UNITS, DeclaredUnit

STEEL = Line(2, "L2", "Steel", 1.0, "kg", dataset="steel")
HALVES = (Supply("wind", 0.5), Supply("grid", 0.5))

WRONG: list[dict[str, Any]] = [
    {"quantity": -1.0},
    {"quantity": math.inf},
    {"quantity": math.nan},
    {"loss": 1.0},
    {"loss": -0.1},
    {"loss": math.nan},
    {"unit_mass_kg": 0.0},
    {"unit_mass_kg": -2.0},
    {"unit_mass_kg": math.inf},
    {"recycled_content": 1.1},
    {"recycled_content": -0.1},
    {"uncertainty": -0.1},
    {"uncertainty": math.inf},
    {"stage": "making"},
    {"data_type": "tertiary"},
    {"recycled_dataset": "scrap"},
    {"contract": HALVES[:1]},
    {"contract": HALVES + HALVES},
    {"contract": HALVES, "recycled_content": 0.5},
    {"contract": HALVES, "supplier_pcf": "one.json"},
    {"supplier_pcf": "one.json", "recycled_content": 0.5, "recycled_dataset": "scrap"},
    {"stage": "direct_emission", "supplier_pcf": "one.json"},
    {"stage": "direct_emission", "contract": HALVES},
    {"stage": "direct_emission", "recycled_content": 0.5},
]
RIGHT: list[dict[str, Any]] = [
    {"quantity": 0.0},
    {"loss": 0.0},
    {"loss": 0.999},
    {"unit_mass_kg": 1e-9},
    {"recycled_content": 0.0},
    {"recycled_content": 1.0, "recycled_dataset": "scrap"},
    {"uncertainty": 0.0},
    {"contract": HALVES},
    {"contract": (Supply("a", 0.1), Supply("b", 0.2), Supply("c", 0.7))},
    {"supplier_pcf": "one.json", "recycled_content": 0.5},
    {"stage": "direct_emission", "dataset": "co2-fossil"},
]


@pytest.mark.parametrize("says", WRONG, ids=str)
def test_a_line_that_contradicts_itself_is_none(says: dict[str, Any]) -> None:
    with pytest.raises(Contradiction, match="'L2'"):
        replace(STEEL, **says)
    with pytest.raises(Contradiction):
        Line(2, "L2", "Steel", says.pop("quantity", 1.0), "kg", **says)


@pytest.mark.parametrize("says", RIGHT, ids=str)
def test_a_line_at_the_limit_is_one(says: dict[str, Any]) -> None:
    made = replace(STEEL, **says)
    assert {name: getattr(made, name) for name in says} == says


@given(
    st.sampled_from(STAGES),
    st.sampled_from(["", "one.json"]),
    st.sampled_from([(), HALVES]),
    st.sampled_from([None, 0.0, 0.5]),
    st.sampled_from(["", "scrap"]),
)
def test_the_reader_and_the_line_agree_on_what_goes_together(
    stage: Any, supplier: str, contract: Any, content: float | None, dataset: str
) -> None:
    says = (stage, supplier, contract, content, dataset)
    names = ("stage", "supplier_pcf", "contract", "recycled_content", "recycled_dataset")
    wrong = unheard(*says)
    if wrong:
        with pytest.raises(Contradiction, match=wrong[0]):
            replace(STEEL, **dict(zip(names, says, strict=True)))
    else:
        replace(STEEL, **dict(zip(names, says, strict=True)))


@pytest.mark.parametrize("share", [0.0, -0.5, 1.0000001, math.nan, math.inf])
def test_a_supply_is_a_part_of_a_whole(share: float) -> None:
    with pytest.raises(Contradiction):
        Supply("wind", share)


def test_a_supply_and_a_leg_name_what_they_are_of() -> None:
    with pytest.raises(Contradiction):
        Supply("", 1.0)
    with pytest.raises(Contradiction):
        TransportLeg("", 10.0)
    for distance in (-1.0, math.inf, math.nan):
        with pytest.raises(Contradiction):
            TransportLeg("road", distance)
    assert Supply("wind", 1.0).share == 1.0
    assert TransportLeg("road", 0.0).distance_km == 0.0


@pytest.mark.parametrize("amount", [0.0, -1.0, math.nan, math.inf])
def test_a_declared_unit_is_above_zero(amount: float) -> None:
    with pytest.raises(Contradiction):
        DeclaredUnit(amount, "piece")


def test_a_declared_unit_is_one_of_the_list() -> None:
    with pytest.raises(Contradiction, match="kilogram"):
        DeclaredUnit(1.0, "kg")
    assert [str(DeclaredUnit(1.0, unit)) for unit in DECLARED_UNITS]


@pytest.mark.parametrize("tonnes", ["0", "-1", "NaN", "Infinity"])
def test_credits_are_above_zero(tonnes: str) -> None:
    with pytest.raises(Contradiction):
        Credit(Decimal(tonnes))


def test_credits_are_as_many_as_their_serial_names() -> None:
    whole: dict[str, Any] = {"serial": "VCS-001-1-300", "registry": "Verra"}
    assert Credit(Decimal(300), **whole).named is not None
    assert Credit(Decimal("299.5"), **whole).tonnes == Decimal("299.5")
    for tonnes in ("299", "300.5", "301", "3000"):
        with pytest.raises(Contradiction, match="300"):
            Credit(Decimal(tonnes), **whole)
    assert Credit(Decimal(5), serial="unreadable").named is None


def test_a_retirement_is_not_judged_by_the_value() -> None:
    """Whether a block counts is a decision of a scheme, told with its reason."""
    assert Credit(Decimal(1), vintage=2030, retired_on=date(2026, 1, 1)).vintage == 2030

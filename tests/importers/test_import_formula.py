"""Formulas: arithmetic and its few functions have their values; anything else is refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.importers.formula import FormulaError, Parameters, formula_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1034*0.6684*0.59*0.03", 1034 * 0.6684 * 0.59 * 0.03),
        ("4.8*x/((7*0.9)-3)", 4.8 * 2 / ((7 * 0.9) - 3)),
        ("2^3^2", 2**9),
        ("-2^2", -4),
        ("2**-1", 0.5),
        ("X + x", 4),
        ("1e-3 * .5", 0.0005),
        ("- - 1", 1),
        ("if(x > 1; 3; 4)", 3),
        ("IF(x<=1, 3, 4) * 2", 8),
        ("if(x = 2; if(x <> 2; 1; 5); 6)", 5),
        ("max(1; x; min(9, 7))", 7),
        ("abs(-x) + sqrt(16) + ln(exp(1))", 7),
        ("iff(1; 2^3; 0)", 8),
    ],
)
def test_arithmetic_has_its_value(text: str, value: float) -> None:
    assert formula_value(text, Parameters({"x": 2.0})) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "(1",
        "1)",
        "1 2",
        "1/0",
        "0^-1",
        "(-1)^0.5",
        "10^101",
        "9^9^9",
        "unknown",
        "sin(1)",
        "open('x')",
        "x.y",
        "'a'",
        "x = 1",
        "1; 2",
        "if(1; 2)",
        "if(1; 2; 3; 4)",
        "min()",
        "max(1;)",
        "max(1; 2",
        "if(1 > 0 > 1; 2; 3)",
        "sqrt(-1)",
        "ln(0)",
        "exp(1000)",
        "if 1",
        "1 > 0",
        "log(10)",
        "[1]",
        "0x10",
        "１＋１",
        "nan",
        "inf",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        formula_value(text)


def test_parameters_may_rest_on_each_other_but_not_on_themselves() -> None:
    parameters = Parameters({"a": "b * 2", "b": "c + 1", "c": 1.0})
    assert parameters.value("A") == 4.0
    with pytest.raises(FormulaError, match="itself"):
        Parameters({"a": "b", "b": "a"}).value("a")


def test_a_chain_of_parameters_has_an_end() -> None:
    chain: dict[str, float | str] = {f"p{n}": f"p{n + 1} + 1" for n in range(5_000)}
    with pytest.raises(FormulaError):
        Parameters(chain).value("p0")


def test_an_inner_scope_goes_before_the_outer_one() -> None:
    outer = Parameters({"x": 1.0, "y": "x + 1"})
    inner = outer.below({"x": 10.0, "z": "x + y"})
    assert inner.value("x") == 10.0
    assert inner.value("y") == 2.0  # a formula is evaluated in the scope that it belongs to
    assert inner.value("z") == 12.0
    assert outer.value("x") == 1.0


_NUMBERS = st.floats(0.01, 100.0).map(lambda value: repr(round(value, 4)))
_FORMULAS = st.recursive(
    _NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(" ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=12,
)


@given(_FORMULAS)
def test_the_value_is_the_one_that_python_gives(text: str) -> None:
    """Only what this test has generated itself goes to `eval`."""
    expected = eval(text)  # noqa: S307
    assert formula_value(text) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.text(max_size=60))
def test_no_text_does_anything_but_give_a_number_or_a_refusal(text: str) -> None:
    try:
        value = formula_value(text)
    except FormulaError:
        return
    assert math.isfinite(value)

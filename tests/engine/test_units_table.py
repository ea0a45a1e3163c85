"""The table of units is what pint makes of `units.txt`, and converts as pint does."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from importlib.resources import files
from itertools import product

import pytest
from evidence import some
from hypothesis import assume, given
from hypothesis import strategies as st

from footprint import units
from footprint.units import UnitError, convert, convertible, factor, normal_unit
from footprint.units_build import registry, table_text, unit_table

TABLE = unit_table()
PINT = registry()
KINDS = sorted(TABLE)


def test_the_table_is_the_one_that_pint_makes() -> None:
    kept = (files("footprint") / "units.json").read_text("utf-8")
    assert kept == table_text(), "run `python -m footprint.units_build` and look at what changed"


PAIRS = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(*[st.sampled_from(sorted(TABLE[kind]))] * 2)
)


@given(PAIRS)
def test_it_converts_as_pint_does(pair: tuple[str, str]) -> None:
    assume(not set(pair) & set(units.AMBIGUOUS))
    one, other = (normal_unit(name).replace("²", "**2").replace("³", "**3") for name in pair)
    assert factor(*pair) == float(PINT.Quantity(Decimal(1), one).to(other).magnitude)


def test_units_of_different_kinds_are_never_convertible() -> None:
    for one, other in some(product(KINDS, KINDS)):
        same = convertible(min(TABLE[one]), min(TABLE[other]))
        assert same == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("cm3", "l", "0.001"),
        ("dm3", "l", "1"),
        ("mm3", "cm3", "0.001"),
        ("cm³", "cm3", "1"),
        ("dm2", "m2", "0.01"),
        ("km2", "m2", "1000000"),
        ("km²", "km2", "1"),
        ("公斤", "lb", str(1 / 0.45359237)),
        ("ton kilometer", "tkm", "1"),
    ],
)
def test_squares_and_cubes_are_those_of_the_prefixed_length(
    one: str, other: str, expected: str
) -> None:
    """`cm3` is a cube of centimetres, not a hundredth of a cubic metre."""
    assert factor(one, other) == float(expected)


@pytest.mark.parametrize("text", ["da", "cpiece", "msqm", "Mcbm", "kg**9", "m⁹", "", "k", "kmin"])
def test_what_nobody_writes_is_unknown(text: str) -> None:
    with pytest.raises(UnitError, match="unknown"):
        normal_unit(text)


def test_no_command_loads_pint_to_convert() -> None:
    program = "import sys, footprint.study; print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_grams_are_rounded_once() -> None:
    assert convert(237, "g", "kg") == 0.237

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


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ct",
            "CT",
            "dt",
            "DT",
            "KT",
            "Kt",
            "ut",
            "UT",
            "kilosecond",
            "cs",
            "CS",
            "us",
            "US",
            "ds",
        ),
        *(
            "hs",
            "ms",
            "A",
            "cg",
            "kilog",
            "centit",
            "megas",
            "ctkm",
            "Gm",
            "gigam",
            "dWh",
            "microJ",
        ),
    ],
)
def test_a_carton_a_kit_and_a_count_are_no_tonnes_and_no_seconds(text: str) -> None:
    """UN/ECE Recommendation 20: CT carton, KT kit, CS case. A prefix that nobody puts there would
    make 10 t of a thousand cartons."""
    with pytest.raises(UnitError, match="unknown"):
        normal_unit(text)


def test_a_capital_that_a_spreadsheet_put_first_changes_nothing() -> None:
    for text, means in some(
        {"Mm": "mm", "Cm": "cm", "Kg": "kg", "Ml": "ml", "Kilos": "kg"}.items()
    ):
        assert factor(text, means) == 1.0


def test_megatonnes_are_asked_for() -> None:
    with pytest.raises(UnitError, match="ambiguous: write t or kt"):
        normal_unit("Mt")


_SI = {
    **{"k": 3, "kilo": 3, "M": 6, "mega": 6, "G": 9, "giga": 9, "T": 12, "tera": 12, "h": 2},
    **{"hecto": 2, "d": -1, "deci": -1, "c": -2, "centi": -2, "m": -3, "milli": -3},
    **{"µ": -6, "μ": -6, "u": -6, "micro": -6},
}


@pytest.mark.parametrize(
    ("unit", "signs", "words"),
    [
        ("g", "k G M m µ μ u", "kilogram gigagram megagram milligram microgram"),
        ("m", "k d c m µ μ u", "kilometre decimetre centimetre millimetre micrometre"),
        ("l", "k M G h d c m µ μ u", "kilolitre hectolitre decilitre centilitre millilitre"),
        ("t", "k M G", "kilotonne megatonne gigatonne"),
        ("J", "k M G T m", "kilojoule megajoule gigajoule terajoule millijoule"),
        ("Wh", "k M G T m", "kilowatthour megawatthour gigawatthour terawatthour"),
    ],
)
def test_prefixes_are_those_of_the_si(unit: str, signs: str, words: str) -> None:
    sizes = next(names for names in TABLE.values() if unit in names)
    found = {name: Decimal(sizes[name]) / Decimal(sizes[unit]) for name in sizes}
    for sign in some(signs.split()):
        assert found[f"{sign}{unit}"] == Decimal(10) ** _SI[sign]
    for word in some(words.split()):
        sign = next(one for one in _SI if len(one) > 1 and word.startswith(one))
        assert found[word] == Decimal(10) ** _SI[sign]
    other = {name for name in sizes if name.endswith(unit) and name[: -len(unit)] in _SI}
    assert other == {f"{sign}{unit}" for sign in signs.split()}


def test_no_command_loads_pint_to_convert() -> None:
    program = "import sys, footprint.study; print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_grams_are_rounded_once() -> None:
    assert convert(237, "g", "kg") == 0.237

"""Units and their conversion, by a table that pint made of our own registry (`units.txt`).

Every unit of the inventory and of a bill of materials goes through `convert` or `same_dimension`;
nothing else in the project multiplies by a unit factor. pint defines what each name means when the
table is built (`units_build.py`); to load it at each start took a third of a short command.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from importlib.resources import files

#: SI says one thing, a hurried writer means another, and they differ by a million or a milliard.
AMBIGUOUS = {
    **{"Mg": "t or mg", "MG": "t or mg", "mJ": "MJ or J", "mWh": "MWh or Wh", "mt": "t or m"},
    "Mt": "t or kt",
}
#: Not meant by capitals: KT is a kit (UN/ECE Recommendation 20), A the ampere.
_AS_WRITTEN = frozenset(("kt", "a"))
#: Cubic metres of gas at a state that the word leaves open: 0 °C, 15 °C and 20 °C are all in use,
#: and differ by up to 7 %.
GAS_AT_SOME_STATE = frozenset(
    (
        *("Nm3", "Nm³", "NM3", "nm3", "Sm3", "Sm³", "标方", "標方", "标立方", "标立方米"),
        *("标准立方米", "标况立方米", "万标方", "万Nm3", "万Nm³"),
    )
)


class UnitError(ValueError):
    """A unit is unknown, or two units measure different things. The message says which."""


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Name of a unit -> what it measures, and how many base units it is."""
    kinds: dict[str, dict[str, str]] = json.loads(
        (files("footprint") / "units.json").read_text("utf-8")
    )
    return {name: (kind, size) for kind, sizes in kinds.items() for name, size in sizes.items()}


@cache
def _words() -> dict[str, str]:
    """Words that factories write, and the unit they mean; those with letters in lower case."""
    found: dict[str, str] = json.loads((files("footprint") / "unit_words.json").read_text("utf-8"))
    return found


#: One name for units that are one and the same: pcs, 个 and piece.
_COMMON = ("piece", "kg", "g", "m", "m2", "l", "kWh")


@cache
def common_unit(unit: str) -> str:
    """The usual name of a unit that has several, such as `piece` for `pcs`; others as they are.

    Raises `UnitError` for an unknown unit.
    """
    name = normal_unit(unit)
    for common in _COMMON:
        if name == common or (convertible(name, common) and factor(name, common) == 1.0):
            return common
    return name


def normal_unit(text: str) -> str:
    """The unit that `text` means, in the registry's spelling. Raises `UnitError` if unknown.

    `ton` is the metric tonne, as in the declared unit "ton kilometer" of PACT v3; short and long
    tons are not in the registry.
    """
    name = text.strip()
    if name in AMBIGUOUS:
        raise UnitError(f"unit {text!r} is ambiguous: write {AMBIGUOUS[name]}")
    if name in GAS_AT_SOME_STATE:
        raise UnitError(f"unit {text!r} does not say at which temperature the gas was measured")
    name = _words().get(name) or _words().get(name.lower()) or name
    if name not in _table() and name.lower() not in _AS_WRITTEN:
        name = name.lower()
    if name not in _table():
        raise UnitError(f"unit {text!r} is unknown")
    return name


@cache
def _ratio(source: str, target: str) -> Decimal | None:
    """How many `target` make one `source`; None if they differ in kind."""
    (kind, size), (other, unit) = (_table()[normal_unit(name)] for name in (source, target))
    return Decimal(size) / Decimal(unit) if kind == other else None


def exact_factor(source: str, target: str) -> Decimal:
    """As `factor`, to 28 digits."""
    ratio = _ratio(source, target)
    if ratio is None:
        raise UnitError(f"{source!r} is not convertible to {target!r}")
    return ratio


@cache
def factor(source: str, target: str) -> float:
    """How many `target` make one `source`. Raises `UnitError` if unknown or of different kinds."""
    return float(exact_factor(source, target))


def convert(amount: float, source: str, target: str) -> float:
    """`amount` of `source` in `target`, rounded once: 237 g are 0.237 kg, not 0.23700000000000002.

    Raises `UnitError` if a unit is unknown or the two differ in kind.
    """
    if source == target:
        return amount
    return float(Decimal(repr(amount)) * exact_factor(source, target))


@cache
def convertible(source: str, target: str) -> bool:
    """Whether `source` is a known unit of the same kind as `target`."""
    try:
        return _ratio(source, target) is not None
    except UnitError:
        return False


def is_mass(unit: str) -> bool:
    """Whether `unit` measures mass."""
    return convertible(unit, "kg")

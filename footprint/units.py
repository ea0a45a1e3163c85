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

#: Words that factories write, and the unit they mean. Keys are lower-case.
ALIASES = {
    "kgs": "kg",
    "公斤": "kg",
    "千克": "kg",
    "克": "g",
    "毫克": "mg",
    "吨": "t",
    "MT": "t",  # metric ton, as papers of trade write it
    "公吨": "t",
    "斤": "jin",
    "个": "piece",
    "件": "piece",
    "只": "piece",
    "条": "piece",
    "套": "piece",
    "张": "piece",
    "台": "piece",
    "片": "piece",
    "颗": "piece",
    "支": "piece",
    "粒": "piece",
    "根": "piece",
    "瓶": "piece",
    "盒": "piece",
    "袋": "piece",
    "卷": "piece",
    "双": "piece",
    "個": "piece",
    "張": "piece",
    "條": "piece",
    "雙": "piece",
    "顆": "piece",
    "pieces": "piece",
    "units": "piece",
    "nos": "piece",
    "升": "l",
    "毫升": "ml",
    "立方米": "m3",
    "方": "m3",
    "立方": "m3",
    "m³": "m3",
    "cubic meter": "m3",
    "平方米": "m2",
    "平米": "m2",
    "m²": "m2",
    "square meter": "m2",
    "cm²": "cm2",
    "mm²": "mm2",
    "米": "m",
    "厘米": "cm",
    "毫米": "mm",
    "公里": "km",
    "千米": "km",
    "度": "kWh",
    "千瓦时": "kWh",
    "kilowatt hour": "kWh",
    "兆焦": "MJ",
    "吉焦": "GJ",
    "megajoule": "MJ",
    "吨公里": "tkm",
    "t*km": "tkm",
    "t·km": "tkm",
    "ton-km": "tkm",
    "ton kilometer": "tkm",
    "megabit second": "megabit_second",
    "小时": "hour",
    "kwh": "kWh",
    "mwh": "MWh",
    "gwh": "GWh",
    "wh": "Wh",
    "mj": "MJ",
    "gj": "GJ",
    "ton": "t",
    "tons": "t",
    "tonnes": "t",
    "lbs": "lb",
    "ml": "ml",
    "liters": "l",
    "litres": "l",
    "hours": "hour",
    "hr": "hour",
    "hrs": "hour",
}


#: SI says one thing, a hurried writer means another, and they differ by a million or a milliard.
AMBIGUOUS = {"Mg": "t or mg", "MG": "t or mg", "mJ": "MJ or J", "mWh": "MWh or Wh", "mt": "t or m"}


class UnitError(ValueError):
    """A unit is unknown, or two units measure different things. The message says which."""


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Name of a unit -> what it measures, and how many base units it is."""
    kinds: dict[str, dict[str, str]] = json.loads(
        (files("footprint") / "units.json").read_text("utf-8")
    )
    return {name: (kind, size) for kind, sizes in kinds.items() for name, size in sizes.items()}


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
    name = ALIASES.get(name) or ALIASES.get(name.lower()) or name
    if name not in _table():
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

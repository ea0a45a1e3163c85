"""`python -m footprint.units_build`: write `units.json`, the table of units, from `units.txt`.

pint says what each name means; the program then reads the table and needs no pint to start. Run it
after a change of `units.txt`; a test compares the two.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from pint import UnitRegistry
from pint.errors import DimensionalityError, UndefinedUnitError

#: The prefixes that each unit is written with, by symbol. Of others it would be nonsense (a
#: centiday) or misread: pint takes `ct` (carats, a count, cents) for a hundredth of a tonne and
#: `kilos` for a thousand seconds, and `cm3` for a hundredth of a cubic metre.
PREFIXED: dict[str, tuple[str, ...]] = {
    "gram": ("k", "G", "M", "m", "µ", "μ", "u"),
    "metre": ("k", "d", "c", "m", "µ", "μ", "u"),
    "litre": ("k", "M", "G", "h", "d", "c", "m", "µ", "μ", "u"),
    "tonne": ("k", "M", "G"),
    "bit": ("k", "M", "G"),
    "joule": ("k", "M", "G", "T", "m"),
    "watt": ("k", "M", "G", "T", "m"),
    "watthour": ("k", "M", "G", "T", "m"),
    "tonne_kilometre": ("k", "M", "G"),
    "vehicle_kilometre": ("k", "M"),
}
_LONG = {
    **{"k": "kilo", "M": "mega", "G": "giga", "T": "tera", "h": "hecto", "d": "deci"},
    **{"c": "centi", "m": "milli", "µ": "micro"},
}
#: Symbols that get an s; others would be another unit (ms, ds, hs), or nothing.
_PLURAL = frozenset(("lb", "oz", "pc", "ea", "Wh"))
_POWERS = {"²": 2, "³": 3}


def registry() -> UnitRegistry[Decimal]:
    """pint with the units of `units.txt`."""
    return UnitRegistry(
        str(files("footprint") / "units.txt"), non_int_type=Decimal, cache_folder=None
    )


def unit_table() -> dict[str, dict[str, str]]:
    """What is measured -> name of a unit -> how many base units it is, exactly."""
    units = registry()
    table: dict[str, dict[str, str]] = {}
    for name, text in _names(units):
        try:
            one = units.Quantity(Decimal(1), text).to_root_units()
        except (UndefinedUnitError, DimensionalityError, AttributeError):
            continue  # a prefix or an ending that pint does not take there
        kind = table.setdefault(str(one.dimensionality), {})
        kind[name] = f"{Decimal(one.magnitude).normalize():f}"
    return {kind: dict(sorted(names.items())) for kind, names in sorted(table.items())}


def _names(units: UnitRegistry[Decimal]) -> Iterator[tuple[str, str]]:
    """Every name that may be written, and how pint reads it."""
    for unit in dict(units._units).values():
        for spelt in (unit.name, unit.symbol, *unit.aliases):
            for prefix in _prefixes(unit.name, spelt, symbol=spelt == unit.symbol):
                name = f"{prefix}{spelt}"
                yield name, name
                if spelt.isascii() and (len(spelt) > 2 or spelt in _PLURAL) and spelt[-1] != "s":
                    yield f"{name}s", name
                if unit.name == "metre":
                    yield from ((f"{name}{sign}", f"{name} ** {n}") for sign, n in _POWERS.items())


def _prefixes(unit: str, spelt: str, *, symbol: bool) -> Iterator[str]:
    """What may stand before a spelling of a unit: `k` before `g`, `kilo` before `gram`."""
    yield ""
    for sign in PREFIXED.get(unit, ()):
        if symbol or len(spelt) == 1:
            yield sign
        if spelt == unit or (len(spelt) > 1 and not symbol):
            yield from filter(None, [_LONG.get(sign)])


def table_text() -> str:
    """The text of `units.json`."""
    return json.dumps(unit_table(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    Path(str(files("footprint") / "units.json")).write_text(table_text(), "utf-8")
    sys.stdout.write("units.json written\n")

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

#: Units that are written with a prefix. Of others it would be nonsense (a centiday) or misread:
#: pint takes `cm3` for a hundredth of a cubic metre, everybody else for a cube of centimetres.
PREFIXED = frozenset(
    (
        *("gram", "metre", "second", "litre", "tonne", "bit", "joule", "watt", "watthour"),
        *("tonne_kilometre", "vehicle_kilometre"),
    )
)
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
    prefixes = ["", *filter(None, units._prefixes)]
    for unit in dict(units._units).values():
        for spelt in (unit.name, unit.symbol, *unit.aliases):
            for prefix in prefixes if unit.name in PREFIXED else ("",):
                name = f"{prefix}{spelt}"
                yield from ((name, name), (f"{name}s", f"{name}s"))
                if unit.name == "metre":
                    yield from ((f"{name}{sign}", f"{name} ** {n}") for sign, n in _POWERS.items())


def table_text() -> str:
    """The text of `units.json`."""
    return json.dumps(unit_table(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    Path(str(files("footprint") / "units.json")).write_text(table_text(), "utf-8")
    sys.stdout.write("units.json written\n")

"""Units as lists of parts write them: one word for each, in many languages and as UNECE codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, word_tables
from footprint.units import GAS_AT_SOME_STATE

#: Counted things: how many pieces one of them is, where that is fixed.
COUNTS = {"piece": 1.0, "pair": 1.0, "dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
#: Counted things of which the file alone knows what one is: counted as pieces, and asked.
CONTAINERS = frozenset(("set", "roll", "sheet", "box", "pair"))
#: Factor to kg, m, m2, m3 (exact: SI Brochure 9th edition, NIST SP 811; spoons and cups: 15, 5 and
#: 240 ml as in US food labelling, 21 CFR 101.9(b)(5)(viii)).
MASS = {
    "kg": 1.0,
    "g": 1e-3,
    "mg": 1e-6,
    "t": 1e3,
    "万吨": 1e7,
    "jin": 0.5,
    "lb": 0.45359237,
    "oz": 0.028349523125,
}
LENGTH = {
    "m": 1.0, "cm": 1e-2, "mm": 1e-3, "um": 1e-6, "km": 1e3,
    "ft": 0.3048, "in": 0.0254, "yd": 0.9144,
}  # fmt: skip
AREA = {
    "m2": 1.0, "dm2": 1e-2, "cm2": 1e-4, "mm2": 1e-6,
    "ft2": 0.09290304, "yd2": 0.83612736, "in2": 6.4516e-4,
}  # fmt: skip
VOLUME = {
    "m3": 1.0, "dm3": 1e-3, "cm3": 1e-6, "mm3": 1e-9, "in3": 1.6387064e-5, "ft3": 0.028316846592,
    "l": 1e-3, "dl": 1e-4, "cl": 1e-5, "ml": 1e-6, "gal": 3.785411784e-3, "floz": 2.95735295625e-5,
    "万立方米": 1e4, "tbsp": 15e-6, "tsp": 5e-6, "cup": 240e-6,
}  # fmt: skip
ENERGY = {
    "kWh": 1.0, "MWh": 1e3, "Wh": 1e-3, "GWh": 1e6, "万度": 1e4, "亿千瓦时": 1e8,
    "J": 1e-6 / 3.6, "kJ": 1e-3 / 3.6, "MJ": 1 / 3.6, "GJ": 1e3 / 3.6,
    "kcal": 4.1868e-3 / 3.6, "Gcal": 4.1868e3 / 3.6,
}  # fmt: skip
#: Standard coal: no energy by itself, for electricity and heat are counted in it in two ways.
COAL = {"kgce": 1e-3, "tce": 1.0, "万吨标准煤": 1e4}
#: What lines are counted in that weigh nothing, unless the file states a mass (a battery in kWh).
WEIGHTLESS = frozenset((*ENERGY, *COAL, "tkm", "hour"))
_DIMENSIONS = {
    "mass": MASS, "length": LENGTH, "area": AREA, "volume": VOLUME, "energy": ENERGY, "coal": COAL,
}  # fmt: skip
_PER_COUNT = late_pattern(r"(?P<count>[1-9][\d,. ]*)?\s*(?P<unit>\D.*)?")
#: So much in a mass or a number of products.
_RATE = late_pattern(r"(?P<unit>[^/／]{1,12}?)\s*[/／]\s*(?:1\s*)?(?P<of>[^/／\d]{1,12})")
_PLURAL = late_pattern(r"(?P<one>[^\W\d_]{3,})\((?:s|e|en|n|es)\)", re.I)
_BOTH = late_pattern(
    r"(?P<one>[^\W\d_]{1,12})\s*(?:[(（]|\s[-–]\s)\s*(?P<other>[^\W\d_]{1,12})[)）]?"
)
#: What stands before the unit in its external id in Odoo: `uom.product_uom_litre`.
_OF_ODOO = ".product_uom_"
#: SI says one thing, a hurried writer means another: a factor of a million or a milliard.
_AMBIGUOUS = {
    "Mg": ("t", "mg"),
    "MG": ("t", "mg"),
    "mJ": ("MJ", "J"),
    "mWh": ("MWh", "Wh"),
    "mt": ("t", "m"),
    "MT": ("t", "m"),
    "Mt": ("t", "m"),
}


@dataclass(frozen=True, slots=True)
class Per:
    """A mass per something, such as g/m2 or kg per 1000 pieces: kg per one `of` (base unit)."""

    text: str
    of: str
    kg: float


def _table() -> dict[str, str]:
    table: dict[str, str] = word_tables()["units"]
    return table


@lru_cache(maxsize=16384)
def unit_of(text: str) -> str | None:
    """Our word for a unit, or None if the text is none."""
    stripped = text.strip()
    if _OF_ODOO in stripped:
        stripped = stripped.partition(_OF_ODOO)[2].replace("_", " ")
    if not stripped or stripped in _AMBIGUOUS or stripped in GAS_AT_SOME_STATE:
        return None
    table = _table()
    found = table.get(stripped.casefold()) or table.get(fold(stripped))
    if found is None:
        bare = fold(stripped.strip("()（）[]【】 "))
        found = table.get(bare) or table.get(bare.rstrip("."))
    return found or _of_both(stripped)


def _of_both(text: str) -> str | None:
    """The unit that a cell gives by its code and its name: `KG (Kilogram)`, `EA - Each`; or in one
    and many: `Kilogram(s)`, `Einheit(en)`."""
    if plural := _PLURAL.fullmatch(text):
        return unit_of(plural["one"])
    both = _BOTH.fullmatch(text)
    one, other = (unit_of(both["one"]), unit_of(both["other"])) if both else (None, None)
    return one if one == other else None


def ambiguous(text: str) -> tuple[str, str] | None:
    """The two units that `Mg`, `mJ` ... may mean."""
    return _AMBIGUOUS.get(text.strip())


def open_state(text: str) -> bool:
    """Whether it is a cubic metre of gas at a temperature that the word leaves open."""
    return text.strip() in GAS_AT_SOME_STATE


@cache
def dimension(unit: str) -> str:
    """`mass`, `length`, `area`, `volume`, `energy`, `count`, or the unit itself."""
    if unit in COUNTS or unit in CONTAINERS:
        return "count"
    for name, table in _DIMENSIONS.items():
        if unit in table:
            return name
    return unit


def in_base(amount: float, unit: str) -> float:
    """The amount in kg, m, m2, m3 or kWh. Raises `KeyError` for a unit without such a base."""
    return amount * _DIMENSIONS[dimension(unit)][unit]


@lru_cache(maxsize=4096)
def per_of(text: str) -> Per | None:
    """A mass per piece, length, area, volume or count, such as `kg/1000 pcs`; or None."""
    plain = text.strip().strip("()（）[] ")
    if fold(plain) in {"gsm", "g sm", "g/qm", "克重"}:
        return Per("g/m2", "m2", 1e-3)
    parts = re.split(r"\s*(?:/|\bper\b|\bpro\b|\bpar\b|\bje\b|每|／)\s*", plain, maxsplit=1)
    if len(parts) != 2:
        return None
    mass = unit_of(parts[0])
    match = _PER_COUNT.fullmatch(parts[1].strip())
    if mass is None or mass not in MASS or match is None:
        return None
    count = float(re.sub(r"[,. ]", "", match["count"])) if match["count"] else 1.0
    below = unit_of(match["unit"]) if match["unit"] else "piece"
    if below is None:
        return None
    kg = MASS[mass] / count
    if below in COUNTS or below in CONTAINERS:
        return Per(
            f"{mass}/piece" if count == 1 else f"{mass}/{count:g} piece",
            "piece",
            kg / COUNTS.get(below, 1.0),
        )
    for base, table in (("m", LENGTH), ("m2", AREA), ("m3", VOLUME)):
        if below in table:
            of = below if count == 1 else f"{count:g} {below}"
            return Per(f"{mass}/{of}", base, kg / table[below])
    return None


@dataclass(frozen=True, slots=True)
class Rate:
    """A unit, and the amount of the product that its figures are for."""

    unit: str
    amount: float
    of: str


@lru_cache(maxsize=4096)
def rate_of(text: str) -> Rate | None:
    """The rate that a cell names, for a mass or a number of products; else None."""
    match = _RATE.fullmatch(text.strip())
    unit, of = (unit_of(match["unit"]), unit_of(match["of"])) if match else (None, None)
    if unit is None or of is None:
        return None
    if of in MASS:
        return Rate(unit, MASS[of], "kg")
    return Rate(unit, COUNTS[of], "piece") if of in COUNTS else None

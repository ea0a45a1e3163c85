"""How numbers and places are written on the pages: three digits everywhere, so that no two of them
differ."""

from __future__ import annotations

import math

from footprint import units
from footprint.certificates.display import exact, round_significant, written
from footprint.matching.places import place_names
from footprint.values.product import DECLARED_UNITS
from label_templates.console_pages import CONSOLE_LANGUAGES, console_words
from label_templates.languages import Language


def three(value: float) -> str:
    """A number with three significant digits."""
    return written(round_significant(exact(value)))


def rounded_percent(share: float) -> str:
    """A share (1 is all) in whole percent, never 100 for less than all and never 0 for more than
    nothing."""
    shown = round(share * 100)
    if shown == 100 and share < 1.0:
        shown = 99
    if shown == 0 and share > 0.0:
        return "< 1"
    return str(shown)


def mass_text(kg: float | None) -> str:
    """A mass in g or kg; "" where it is not known."""
    if kg is None:
        return ""
    return f"{three(kg * 1000)} g" if abs(kg) < 1 else f"{three(kg)} kg"


def place_text(code: str, language: Language) -> str:
    """What a place is called; its code in languages that have no names of places here."""
    if language not in CONSOLE_LANGUAGES:
        return code
    return place_names(language).get(code) or console_words(language).word("places_beyond", code)


def amount_text(value: float) -> str:
    """A quantity: a whole number in full, any other with three digits as all numbers here, or to
    whole ones where it has more (1.00 with a loss of 0.3 %, 1235 of 1234.56)."""
    whole = round(value)
    if abs(value) >= 100 or math.isclose(value, whole, rel_tol=1e-12):
        return str(whole) if abs(value) < 1e9 else three(value)
    return three(value)


def line_unit(unit: str) -> str:
    """A unit of a list as the words of units name it: `piece` for `pcs`, others as they are."""
    try:
        return "piece" if units.common_unit(unit) == "piece" else unit
    except units.UnitError:
        return unit


def per_unit(unit: str) -> str:
    """The unit of a dataset as the words of declared units name it (`square meter` for `m2`);
    others as they are, and so is kg, which is read in every language."""
    for one in DECLARED_UNITS:
        if unit != "kg" and units.convertible(unit, one) and units.factor(unit, one) == 1.0:
            return one
    return unit

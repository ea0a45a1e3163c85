"""Units that a sentence above the table gives for all of its masses or lengths."""

from __future__ import annotations

import re

from footprint.reading.builder import Builder
from footprint.reading.grid import filled_cells, text_of
from footprint.reading.units import LENGTH, MASS, unit_of

_MASSES = r"weights?|mass(?:es)?|gewichte?|massen?|poids|pes[oi]s?|masa|masy|重量|质量|質量|중량"
_LENGTHS = (
    r"dim(?:ension)?s?\.?|measurements?|lengths?|sizes?|maße?|abmessungen|längen|cotes|"
    r"longueurs|medidas|misure|wymiary|尺寸|长度|寸法|치수"
)
_IN = (
    r"(?:\s+(?:are|is|given|all))*\s*(?:in|en|:|：|单位|單位|単位|为|は)+\s*[:：(]?\s*"
    r"(?P<unit>[a-zµ]{1,5}|克|千克|毫米)"
)


def mass_unit_above(builder: Builder) -> str | None:
    """The unit of masses in a sentence above the table: `weights in g`."""
    found = _told(builder, _MASSES)
    return found if found in MASS else None


def length_unit_above(builder: Builder) -> str | None:
    """The unit of lengths in a sentence above the table: `all dims in mm`."""
    found = _told(builder, _LENGTHS)
    return found if found in LENGTH else None


def tells_units(text: str) -> bool:
    """Whether a sentence gives the unit of all masses or lengths."""
    return any(map(unit_of, _units_in(text, _MASSES) | _units_in(text, _LENGTHS)))


def _told(builder: Builder, words: str) -> str | None:
    rows = (filled_cells(builder.table.sheet.rows[row - 1]) for row in builder.table.above)
    texts = [text_of(cell) for row in rows for _, cell in row]
    units = {unit_of(one) for text in texts for one in _units_in(text, words)}
    return units.pop() if len(units) == 1 else None


def _units_in(text: str, words: str) -> set[str]:
    found = re.finditer(rf"(?<![a-z])(?:{words}){_IN}(?![a-z])", text, re.I)
    return {match["unit"] for match in found}

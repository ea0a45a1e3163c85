"""Units that stand neither in the unit's column nor in a heading: in a note, behind a name."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.builder import Builder
from footprint.reading.model import ReadLine
from footprint.reading.vocabulary import fold

_IN_NAME = late_pattern(r"[(\[（](?P<unit>kg|g|mg|mm|cm|m|ml|l|m2|m²|m3|m³|ft|yd|oz|lb)[)\]）]$")
#: `1 unit = 1 meter`, in a note or behind a name.
_EQUAL = late_pattern(
    r"\b1\s*(?:units?|pcs?|piece|qty|stk|stück|unité|unidad)\s*(?:=|is|:)\s*1\s*(?P<unit>[a-z]{1,6})\b",
    re.I,
)
#: A note that says what the quantity counts, and no more.
_NOTED = late_pattern(
    r"(?:units?|quantity|qty|amount|menge|einheit(?:en)?|quantité|unités?|cantidad|unidad(?:es)?|"
    r"quantità|unità|单位|数量单位|単位)\s*(?:(?:is|are|given|in|en|[:：=为是])\s*){1,3}"
    r"(?P<unit>[^\W\d_][^\s.,;]{0,14})\.?",
    re.I,
)


def unit_in_note(builder: Builder, line: ReadLine, told: bool) -> str:
    """The unit that the notes tell: `Units in meters.`; a list of the Russian standard has the
    bare unit of materials there."""
    note = "" if told else line.texts.get("note", "")
    if said := _NOTED.fullmatch(note.strip()):
        return said["unit"] if units.unit_of(said["unit"]) else ""
    note = "" if "unit" in builder.where else note
    russian = note and fold(builder.heading("note")).startswith(
        "прим"
    )  # `M3` is a thread elsewhere
    return note if russian and units.unit_of(note) else ""


def unit_in_name(builder: Builder, line: ReadLine) -> str | None:
    """The unit in brackets at the end of a name: `Filament (g)`. `(M)` is a size, and `(m)` beside
    a whole number a plug."""
    if builder.reading.documented:
        return None
    said = " ".join(filter(None, (line.name, line.texts.get("note"))))
    if equal := _EQUAL.search(said):
        return units.unit_of(equal["unit"])
    match = _IN_NAME.search(line.name)
    unit = units.unit_of(match["unit"]) if match else None
    if unit is None or units.dimension(unit) not in {"mass", "length", "area", "volume"}:
        return None
    plug = unit == "m" and (line.quantity is None or line.quantity == int(line.quantity))
    return None if plug else unit

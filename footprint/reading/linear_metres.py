"""`ml` is a millilitre, and in lists of Romance languages a metre as well
(`mètre linéaire`): what else the list counts tells which. `ft` is a lump sum (`forfait`) there, and
`MT` a metre, no tonne."""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.units import ambiguous
from footprint.reading.vocabulary import fold, headings

_ROMANCE = frozenset(("fr", "it", "es", "pt", "ro"))
#: Where `MT` is short for metri, metros; a tonne is written `T` or `TON` there.
_METRES = frozenset(("it", "es", "pt"))
_GERMAN, _VIETNAMESE = frozenset(("de",)), frozenset(("vi",))
#: What lists of cloth and of building works count; what is measured in recipes, and weighed there.
_MEASURED, _POURED = frozenset(("m", "m2", "m3")), frozenset(("l", "cl", "dl"))
_WEIGHED = frozenset(("g", "mg"))


def read_linear_metres(builder: Builder) -> None:
    """`ml` beside square metres or widths of cloth is a metre; with litres there, or beside pieces
    alone, it is asked; where grams are weighed or litres poured it is a millilitre."""
    lines = builder.reading.lines
    _read_tonnes(builder)
    meant = [line for line in lines if line.unit == "ml" and fold(line.unit_text) == "ml"]
    lumps = [line for line in lines if line.unit == "ft" and fold(line.unit_text) == "ft"]
    if not (meant or lumps) or not _is_romance(builder):
        return
    for line in lumps:
        line.unit = None
        builder.gather("unit", "unit_unknown", line.row, blocking=True)
    units = {line.unit for line in lines}
    measured = "width" in builder.where or "areal_mass" in builder.where or units & _MEASURED
    counted = "piece" in units and not units & (_POURED | _WEIGHED)
    for line in meant if measured or counted else ():
        if units & _POURED or not measured:
            line.unit = None
            builder.gather("unit", "unit_metre_or_litre", line.row, blocking=True)
        else:
            line.unit = "m"
            builder.gather("=unit", "unit_linear_metre", line.row)


def _read_tonnes(builder: Builder) -> None:
    """`to` is a tonne in German lists, and a sheet of paper (`tờ`) in Vietnamese ones."""
    for line in builder.reading.lines:
        if line.unit == "piece" and line.unit_text.strip(". ").casefold() == "to":
            if _has_words_of(builder, _VIETNAMESE):
                continue
            builder.answered("unit", line.row)
            line.unit = "t" if _has_words_of(builder, _GERMAN) else None
            if line.unit is None:
                builder.gather("unit", "unit_unknown", line.row, blocking=True)


def metres_of(builder: Builder, unit: str) -> str | None:
    """`m` for an `MT` in a list in Italian, Spanish or Portuguese, which elsewhere is a tonne or a
    metre."""
    of_both = ambiguous(unit) == ("t", "m")
    return "m" if of_both and _has_words_of(builder, _METRES) else None


def _is_romance(builder: Builder) -> bool:
    return _has_words_of(builder, _ROMANCE)


def _has_words_of(builder: Builder, languages: frozenset[str]) -> bool:
    """Whether some heading is a word of such a language and of no other."""
    words = (headings().get(fold(one.header)) for one in builder.reading.columns)
    known = [word.languages for word in words if word is not None]
    return any(one <= languages for one in known)

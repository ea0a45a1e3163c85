"""`ml` is a millilitre, and in French, Italian, Spanish and Portuguese lists a metre as well
(`mètre linéaire`): what else the list counts tells which."""

from __future__ import annotations

from footprint.reading.builder import Builder
from footprint.reading.vocabulary import fold, headings

_ROMANCE = frozenset(("fr", "it", "es", "pt"))
#: What lists of cloth and of building works count; and what is measured in recipes.
_MEASURED, _POURED = frozenset(("m", "m2", "m3")), frozenset(("l", "cl", "dl"))


def read_linear_metres(builder: Builder) -> None:
    """`ml` beside square metres or widths of cloth is a metre; with litres there, it is asked."""
    lines = builder.reading.lines
    meant = [line for line in lines if line.unit == "ml" and fold(line.unit_text) == "ml"]
    if not meant or not _is_romance(builder):
        return
    units = {line.unit for line in lines}
    of_cloth = "width" in builder.where or "areal_mass" in builder.where
    if not (of_cloth or units & _MEASURED):
        return
    for line in meant:
        if units & _POURED:
            line.unit = None
            builder.gather("unit", "unit_metre_or_litre", line.row, blocking=True)
        else:
            line.unit = "m"
            builder.gather("=unit", "unit_linear_metre", line.row)


def _is_romance(builder: Builder) -> bool:
    """Whether some heading is a word of such a language and of no other."""
    words = (headings().get(fold(one.header)) for one in builder.reading.columns)
    known = [word.languages for word in words if word is not None]
    return any(one <= _ROMANCE for one in known)

"""What notes say that one piece weighs: `68 g each` beside 272 g of four motors."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.amounts import Amount, amount_of
from footprint.reading.builder import Builder
from footprint.reading.model import ReadLine
from footprint.reading.units import MASS

_NUMBER = r"(?P<{0}>\d+(?:[.,]\d+)?\s*(?:kg|g|mg|lbs?|oz|克|千克))"
_EACH = late_pattern(
    _NUMBER.format("before") + r"\.?\s*(?:(?:each|apiece|a piece|ea|chacune?|cad|c/u)(?![a-z])"
    r"|(?:per|pro|je|par|por|per)\s+(?:piece|pc|unit|item|stuck|stück|stk|pièce|pieza|pezzo)(?![a-z])"
    r"|/\s*(?:pcs?|piece|unit|ea|stk|stück|pz)(?![a-z])|\s*[/／]\s*[个件只支])"
    r"|(?:(?<![a-z])(?:each|je|à|chacune?)|每[个件只支]|单[个件只支])\s*(?:weighs\s*)?"
    + _NUMBER.format("behind"),
    re.I,
)
#: Two figures that differ by no more say the same.
_SAME = 0.02
_NOTES = ("note", "description", "spec")


def noted_as_of_lines(builder: Builder) -> bool:
    """Whether a column of masses holds those of whole lines, as the notes beside it show: what one
    weighs, times the quantity, is the mass in the cell, in every row whose note tells."""
    heading = builder.meanings.unit("unit_mass")
    votes: dict[int, bool] = {}
    for line in builder.reading.lines:
        found = builder.measures.get(line.row, {}).get("unit_mass", Amount())
        unit = found.unit or heading
        noted = _of_one(builder, line)
        if not noted or not found.value or unit not in MASS or line.quantity in (None, 0.0, 1.0):
            continue
        stated, quantity = units.in_base(found.value, unit or "kg"), line.quantity or 1.0
        for is_line, one in ((True, stated / quantity), (False, stated)):
            if abs(one - noted) <= _SAME * noted:
                votes[line.row] = is_line
    if not votes or not all(votes.values()):
        return False
    for row in votes:
        builder.gather("=unit_mass", "mass_of_lines", row)
    return True


def _of_one(builder: Builder, line: ReadLine) -> float | None:
    """What one of the line weighs by its notes, in kg."""
    match = _EACH.search(" ".join(filter(None, map(line.texts.get, _NOTES))))
    if match is None:
        return None
    found = amount_of(match["before"] or match["behind"], builder.mark, lone_point=True)
    if found.value is None or found.unit not in MASS:
        return None
    return units.in_base(found.value, found.unit or "kg")

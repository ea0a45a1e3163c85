"""Which of several columns of masses is that of one, and which that of the line."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_products import (
    are_wholes,
    is_mass_of_all_lengths,
    is_mass_of_line,
    is_mass_of_steel_bars,
)
from footprint.reading.units import MASS, unit_of
from footprint.reading.vocabulary import fold

_OF_ONE = late_pattern(
    r"(?<![a-z])(?:unit|each|per|single|einzel|stuck|je|pro|unitar|birim|jedn|satuan|stk)"
    r"|(?<!\w)(?:ед(?:иниц|\b)|đơn vị)|/ ?(?:me|uom|um|ue|einheit|mengeneinheit)(?![a-z])"
    r"|单|單|個|个|개당|단중"
)
_WEIGHED = frozenset(("actual", "measured", "weighed", "gewogen", "gemessen", "mesure", "pese"))


def says_of_one(heading: str) -> bool:
    """Whether a heading of masses says that they are those of one: `Unit weight`, `单重`."""
    return bool(_OF_ONE.search(fold(heading)))


def masses(chooser: Chooser) -> None:
    """Of two columns of masses the one that is the other times the quantity is the line's."""
    masses = chooser.with_meaning("unit_mass")
    if len(masses) == 1 and _is_of_all(chooser, masses[0]):
        chooser.means[masses[0]] = "line_mass"
    elif len(masses) == 1 and _follows_total_length(chooser, masses[0]):
        chooser.doubts.append(("unit_mass", (chooser.shown[masses[0]],)))
    if len(masses) < 2:
        return
    quantity = chooser.with_meaning("quantity")
    first, second = masses[0], masses[1]
    if not (quantity or chooser.by_user(first)) and are_wholes(chooser, first, second):
        chooser.means[first], chooser.means[second] = "other", "quantity"
        return
    for at in masses[2:]:
        chooser.means[at] = "other"
    if quantity and is_mass_of_line(chooser, quantity[0], first, second):
        chooser.means[second] = "line_mass"
    elif quantity and is_mass_of_line(chooser, quantity[0], second, first):
        chooser.means[first] = "line_mass"
    elif _is_weighed(chooser, second) and not _is_weighed(chooser, first):
        chooser.means[first] = "other"
    else:
        unlike = chooser.values(first) != chooser.values(second) and not (
            _is_weighed(chooser, first) and not _is_weighed(chooser, second)
        )
        if unlike:
            chooser.doubts.append(("unit_mass", (chooser.shown[first], chooser.shown[second])))
        chooser.means[second] = "other"


def units_beside(chooser: Chooser) -> None:
    """A column that nobody knows, right of a mass whose heading names no unit, is that mass's unit
    where units of mass are all that it holds: `WUn` behind `Net weight`. Of two such pairs it is
    the unit of the mass of one."""
    if chooser.with_meaning("mass_unit"):
        return
    for at in (*chooser.with_meaning("unit_mass"), *chooser.with_meaning("line_mass")):
        beside = at + 1
        if chooser.means.get(beside) != "unknown" or chooser.by_user(beside):
            continue
        held = {unit_of(one) for one in chooser.values(beside)}
        if held and held <= MASS.keys() and not chooser.units.get(at, chooser.headings[at].unit):
            chooser.means[beside] = "mass_unit"
            return


def _is_of_all(chooser: Chooser, at: int) -> bool:
    return is_mass_of_all_lengths(chooser, at) or is_mass_of_steel_bars(chooser, at)


def _follows_total_length(chooser: Chooser, at: int) -> bool:
    """Whether a mass that does not say whose it is stands behind a total length, as totals do."""
    before = any(one < at for one in chooser.with_meaning("total_length"))
    counted = chooser.with_meaning("quantity") or chooser.with_meaning("total_quantity")
    many = any(set(chooser.values(one)) != {"1"} for one in counted)
    of_one = says_of_one(chooser.headings[at].text)
    return before and many and not of_one and not chooser.by_user(at)


def _is_weighed(chooser: Chooser, at: int) -> bool:
    """Whether a heading says that a mass was weighed: `Actual weight` beside `Claimed weight`."""
    filled = chooser.fill(at) >= 0.9
    return filled and not _WEIGHED.isdisjoint(fold(chooser.headings[at].text).split())

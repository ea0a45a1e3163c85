"""How the figures of a report are rounded: once, here, for every reader.

The headline and the ends of its interval have three significant digits, as on the certificate, its
label and every page. Tables have two digits more than three, with the same number of decimal
places, so that a column can be read down and added up; what rounds to nothing is written as
`< 0.0001`. Ties go away from zero.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from footprint.certificates.display import exact, round_significant, written
from footprint.report.figure import Figure, Headline
from footprint.values.result import Footprint

#: Decimal places of a table beyond those of the headline.
_MORE_PLACES = 2
_HEADLINE_DIGITS = 3
_AMOUNT_DIGITS = 4
#: Nothing is written with more decimal places than this; a smaller total reads `< 0.000...1`.
_MOST_PLACES = 15


def headline(footprint: Footprint) -> Headline:
    """The total, kg CO2e per declared unit, as it is shown largest."""
    interval = footprint.uncertainty
    if interval is None:
        return Headline(_shown(footprint.total), None, None)
    return Headline(_shown(footprint.total), _shown(interval.low), _shown(interval.high))


def _shown(value: float) -> Figure:
    return Figure(value, written(round_significant(exact(value), _HEADLINE_DIGITS)))


def table_places(total: float) -> int:
    """Decimal places of every kg CO2e in the tables of a result with this total."""
    number = exact(total)
    if not number:
        return 6
    digits = _HEADLINE_DIGITS + _MORE_PLACES
    return min(_MOST_PLACES, max(0, digits - 1 - number.adjusted()))


def fixed(value: float, places: int) -> Figure:
    """`value` with `places` decimal places and thousands apart."""
    number = exact(value)
    step = Decimal(1).scaleb(-places)
    with localcontext(prec=400):  # a float has up to 309 digits before the point
        rounded = number.quantize(step, rounding=ROUND_HALF_UP)
    if number and not rounded:
        return Figure(value, f"{'< ' if number > 0 else '> -'}{step:f}")
    return Figure(value, f"{rounded:,.{places}f}" if rounded else "0")


def amount(value: float) -> Figure:
    """A quantity or factor with four significant digits."""
    return Figure(value, written(round_significant(exact(value), _AMOUNT_DIGITS)))


def percent(share: float) -> Figure:
    """A share (1 is all) in percent with one decimal place."""
    shown = fixed(share * 100.0, 1)
    return Figure(share, f"{shown.text} %")


def whole_percent(share: float) -> Figure:
    """A share in percent with all its digits: a coverage of 0.9999 must not read 100 %."""
    number = (exact(share) * 100).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
    return Figure(share, f"{number.normalize():f} %")


def counted_percent(share: float) -> Figure:
    """How much is counted, in percent with one decimal place: never 100 for less than all, never 0
    for more than nothing."""
    tenths = (exact(share) * 1000).to_integral_value(rounding=ROUND_DOWN)
    if share > 0.0 and not tenths:
        return Figure(share, "< 0.1 %")
    return Figure(share, f"{(tenths / 10).normalize():f} %")


def rating(value: float) -> Figure:
    """A data quality rating, 1 (best) to 5, with one decimal place."""
    return Figure(value, fixed(value, 1).text)

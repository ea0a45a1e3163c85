"""Whether a number that was computed with binary floats keeps a limit that people wrote.

A footprint is a sum of floats, so the last of its digits are noise: a product with every quantity
x 0.98 comes out at 0.9800000000000001 of the old one. A difference of at most one part in 1e12
is therefore no difference, far below what any scheme asks for.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from footprint.rules.words import EXACT

#: Relative to the limit; without a unit.
TOLERANCE = Decimal("1e-12")
#: Shares are shown without what lies below this: far finer than the tolerance.
_SHOWN = Decimal("1e-14")


def as_good_as(value: Decimal, limit: Decimal) -> bool:
    """Whether the two differ by no more than the noise of binary floats. Same unit for both."""
    with localcontext(EXACT):
        return abs(value - limit) <= TOLERANCE * abs(limit)


def share_below(value: Decimal, reference: Decimal) -> Decimal:
    """(reference - value) / reference for sentences, without the noise: 0.02, not 0.01999999."""
    with localcontext(EXACT):
        return ((reference - value) / reference).quantize(_SHOWN)


def at_most(value: Decimal, limit: Decimal) -> bool:
    """value <= limit, the noise left aside. Same unit for both."""
    return value <= limit or as_good_as(value, limit)


def lower(value: Decimal, limit: Decimal) -> bool:
    """value < limit by more than the noise. Same unit for both."""
    return value < limit and not as_good_as(value, limit)

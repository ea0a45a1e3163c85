"""How many digits a number may show: never more than its interval supports.

The rule is that of JCGM 100:2008, 7.2.6, in its strict form: the last digit shown stands where the
first digit of half the interval's width stands. 2.3456 within 1.9 and 2.9 (half width 0.5) is 2.3.
"""

from __future__ import annotations

import math
from decimal import Decimal


def last_place(low: float, high: float) -> int | None:
    """The power of ten of the last digit that an interval supports; None for a width of zero."""
    half = (high - low) / 2.0
    return _place(half) if half > 0.0 else None


def _place(size: float) -> int:
    """The place of the first digit; 0.0999999999999999 is one tenth that was subtracted."""
    return math.floor(math.log10(size) + 1e-9)


def supported_digits(value: float, low: float, high: float) -> int | None:
    """Significant digits of `value` that its interval supports, at least 1; None without limit."""
    place = last_place(low, high)
    if place is None:
        return None
    if value == 0.0:
        return 1
    return max(1, _place(abs(value)) - place + 1)


def to_place(value: float, place: int) -> str:
    """`value` with its last digit at 10**place, rounded half to even, without exponent: 1,200."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(place))
    return f"{rounded:,.{max(0, -place)}f}"


def interval_text(value: float, low: float, high: float, digits: int = 3) -> tuple[str, str, str]:
    """Value and bounds for reading: at most `digits` digits, and no more than is supported."""
    biggest = max(abs(value), abs(low), abs(high))
    finest = _place(biggest) - digits + 1 if biggest > 0.0 else 0
    place = last_place(low, high)
    shown = finest if place is None else max(place, finest)
    return to_place(value, shown), to_place(low, shown), to_place(high, shown)

"""Numbers as a PACT document writes them: decimals as text, without exponent, never rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from footprint.late_pattern import late_pattern

#: As JSON and XML Schema spell numbers; an exponent is met in decimals too.
_NUMBER = late_pattern(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def spelt_decimal(text: str) -> Decimal:
    """The decimal that a text spells. Raises `ValueError` for what Python alone takes for one:
    `4_1`, digits of other scripts, infinities."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text[:40]!r} is no number")
    return Decimal(text.strip())


def decimal_of(value: float) -> Decimal:
    """A float as the shortest decimal that gives it back, as certified and exchanged."""
    return Decimal(repr(value))


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: the form PACT's pattern allows."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def maybe(value: float | None) -> str | None:
    """The text of a number that may be absent."""
    return None if value is None else decimal_text(decimal_of(value))


def rounding_of(*texts: str) -> Decimal:
    """How far a sum may be off because its numbers were rounded where they end; zero is exact."""
    total = Decimal(0)
    for text in texts:
        number = Decimal(text)
        if number:
            total += Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2
    return total

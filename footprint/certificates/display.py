"""How a certified number is shown. The number itself is never rounded.

This is this project's own rule, not a scheme's: three significant digits; grams below one
kilogram, kilograms below one tonne, tonnes from there on. Rounding comes first, so 0.9996 kg
reads 1.00 kg and not 1000 g. Ties go away from zero, as on paper. Amounts that would need a row
of zeros (below a millionth of a gram, from a thousand million tonnes) are written as 1.48e-9.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

SIGNIFICANT_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A rounded amount as it is printed, and its unit of mass (of CO2e)."""

    amount: str
    unit: Literal["g", "kg", "t"]


def rounded_amount(kg_co2e: Decimal) -> Shown:
    """`kg_co2e` (kg CO2e, finite) rounded for readers. Zero reads `0 kg`."""
    if not kg_co2e:
        return Shown("0", "kg")
    rounded = round_significant(kg_co2e)
    if abs(rounded) < 1:
        return Shown(written(rounded.scaleb(3)), "g")
    if abs(rounded) < 1000:
        return Shown(written(rounded), "kg")
    return Shown(written(rounded.scaleb(-3)), "t")


def written(rounded: Decimal) -> str:
    """A rounded amount in digits, or with a power of ten where digits would be a row of zeros."""
    if not rounded:
        return "0"
    if -6 <= rounded.adjusted() <= 8:
        return f"{rounded:f}"
    return f"{rounded:.{SIGNIFICANT_DIGITS - 1}e}".replace("e+", "e")


def round_significant(value: Decimal, digits: int = SIGNIFICANT_DIGITS) -> Decimal:
    """`value` rounded half up to `digits` significant digits, zeros kept (1.00)."""
    if not value:
        return Decimal(0)
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    with localcontext(prec=max(28, len(value.as_tuple().digits) + digits)):
        rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    # 9.996 became 10.00: one digit too many.
    if rounded.adjusted() > value.adjusted():
        rounded = rounded.quantize(step.scaleb(1))
    return rounded


def exact(value: float | int | str | Decimal) -> Decimal:
    """The decimal that a document's number is written as. Raises ValueError unless finite.

    Goes through the shortest text that reads back as the same float, so 0.1 is 0.1.
    """
    if isinstance(value, bool):
        raise ValueError(f"{value} is not a number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value} is not a finite number")
    return number


def plain(value: Decimal) -> str:
    """All digits of `value` without an exponent and without a minus sign before zero."""
    return f"{value:f}" if value else "0"

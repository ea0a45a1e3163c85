"""Field types shared by the two files that people write: rule files and evidence files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from footprint import units
from footprint.late_pattern import late_pattern
from footprint.rules.words import Bilingual
from footprint.values.product import DECLARED_UNITS

_ISO_DATE = late_pattern(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = late_pattern(r"\d+(?:\.\d+)?")
_MAX_DIGITS = 30


def _plain_date(value: Any) -> date:
    if isinstance(value, datetime):
        raise ValueError("a date without a time is needed")
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a date is written YYYY-MM-DD")


def _plain_decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("a plain number is needed")
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise ValueError("a plain number is needed, with a point for decimals") from None
    if not number.is_finite():
        raise ValueError("a finite number is needed")
    shown = number.as_tuple()
    if len(shown.digits) > _MAX_DIGITS or abs(int(shown.exponent)) > _MAX_DIGITS:
        raise ValueError(f"a number of at most {_MAX_DIGITS} digits is needed")
    return number


PlainDate = Annotated[date, BeforeValidator(_plain_date)]
Number = Annotated[Decimal, BeforeValidator(_plain_decimal)]
Positive = Annotated[Number, Field(gt=0)]
NotNegative = Annotated[Number, Field(ge=0)]
Months = Annotated[int, Field(strict=True, gt=0, le=1200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]


def _per(value: str) -> str:
    amount, _, unit = value.partition(" ")
    if _AMOUNT.fullmatch(amount) and Decimal(amount) > 0:
        found = value if unit in DECLARED_UNITS else _in_declared_unit(Decimal(amount), unit)
        if found is not None:
            return found
    named = ", ".join(DECLARED_UNITS)
    raise ValueError(f"write an amount and a unit, such as '1 piece'; units: {named}")


def _in_declared_unit(amount: Decimal, unit: str) -> str | None:
    """`1 万度` as `10000 kilowatt hour`; None for what is no unit, or of no such kind. Raises
    ValueError for standard coal, which may be counted in two ways."""
    if units.convertible(unit, "tce"):
        raise ValueError(
            "standard coal may be the energy itself (0.1229 kgce per kWh) or the coal burned for "
            "it: write kWh or MJ"
        )
    fitting = [one for one in DECLARED_UNITS if units.convertible(unit, one)]
    same = [one for one in fitting if units.exact_factor(unit, one) == 1]
    for one in (*same, *fitting):
        return f"{(amount * units.exact_factor(unit, one)).normalize():f} {one}"
    return None


#: What a value is per, such as `1 piece` or `0.1 kilogram`.
Per = Annotated[Words, AfterValidator(_per)]


class Strict(BaseModel):
    """A record from a file: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BilingualText(Strict):
    """Words in English and simplified Chinese; both are needed."""

    en: Words
    zh: Words

    @property
    def bilingual(self) -> Bilingual:
        return Bilingual(self.en, self.zh)

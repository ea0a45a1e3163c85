"""Kinds of members that several requests have, as the OpenAPI document describes them exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Base64Bytes, Field, WithJsonSchema

#: 15 digits before the point and 12 behind it hold every mass, energy and price that is asked for.
_MOST = 10**15
_DIGITS, _NOT_ZERO = r"[0-9]{1,15}(\.[0-9]{1,12})?", r"(?!0+(\.0+)?$)"


def _decimal(pattern: str, least: int, most: int = _MOST) -> dict[str, Any]:
    """Exact numbers are texts; whole ones may be numbers. A binary fraction is taken as printed."""
    whole = {"type": "integer", "minimum": least, "maximum": most}
    return {"anyOf": [{"type": "string", "pattern": pattern}, whole]}


Amount = Annotated[
    Decimal, Field(ge=0, le=_MOST, max_digits=30), WithJsonSchema(_decimal(f"^{_DIGITS}$", 0))
]
PositiveAmount = Annotated[
    Decimal,
    Field(gt=0, le=_MOST, max_digits=30),
    WithJsonSchema(_decimal(f"^{_NOT_ZERO}{_DIGITS}$", 1)),
]
SignedAmount = Annotated[
    Decimal,
    Field(ge=-_MOST, le=_MOST, max_digits=30),
    WithJsonSchema(_decimal(f"^-?{_DIGITS}$", -_MOST)),
]
#: A share of one; zero is none.
Share = Annotated[
    Decimal,
    Field(ge=0, le=1),
    WithJsonSchema(_decimal(r"^(0(\.[0-9]{1,12})?|1(\.0{1,12})?)$", 0, 1)),
]
PositiveShare = Annotated[
    Decimal,
    Field(gt=0, le=1),
    WithJsonSchema(_decimal(rf"^{_NOT_ZERO}(0(\.[0-9]{{1,12}})?|1(\.0{{1,12}})?)$", 1, 1)),
]


def file_in_base64(description: str) -> Any:
    """A file inside a JSON body, 6 MB at most."""
    whole = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
    shape = {"type": "string", "maxLength": 8_000_000, "contentEncoding": "base64"}
    return WithJsonSchema({**shape, "pattern": whole, "description": description})


FileBytes = Annotated[Base64Bytes, Field(max_length=8_000_000)]

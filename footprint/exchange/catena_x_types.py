"""Types that both versions of the Catena-X aspect model share: JSON numbers, texts, times, ids.

Source: Catena-X semantic models io.catenax.pcf 7.0.0 and 9.0.0 (Eclipse Tractus-X, CC-BY 4.0):
names and ranges are facts of the interface; models and words are ours.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from footprint.late_pattern import late_pattern

_MOMENT = late_pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_UUID = r"^(urn:uuid:)?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
#: A business partner number of a legal entity.
BPNL = late_pattern(r"urn:(?:bpn:)?(BPNL[0-9A-Z]{12})")

#: Subregions and regions of the United Nations, and two words of Catena-X's own.
CatenaRegion = Literal[
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand", "Central Asia",
    "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean", "Melanesia", "Micronesia",
    "Northern Africa", "Northern America", "Northern Europe", "Polynesia", "South-eastern Asia",
    "Southern Asia", "Southern Europe", "Sub-Saharan Africa", "Western Asia", "Western Europe",
    "Global", "Several",
]  # fmt: skip


def catena_name(name: str) -> str:
    """The name of a property: in camel case, with CO2 and DQR in capitals."""
    return to_camel(name).replace("Co2", "CO2").replace("Dqr", "DQR")


class CatenaPart(BaseModel):
    """A part of a document. Names that it does not know are left alone."""

    model_config = ConfigDict(
        frozen=True, strict=True, alias_generator=catena_name, populate_by_name=True
    )


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("is no number; Catena-X writes numbers without quotes")
    number = Decimal(value)
    if not -30 < number.adjusted() < 30:
        raise ValueError("is no usable number")
    return number


def _time(text: str) -> str:
    if not _MOMENT.fullmatch(text):
        raise ValueError("is no date with a time, such as 2026-01-01T00:00:00Z")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is no day or time that exists") from None
    return text


Amount = Annotated[Decimal, BeforeValidator(_number)]
Emission = Annotated[Amount, Field(ge=0)]
Removal = Annotated[Amount, Field(le=0)]
Positive = Annotated[Amount, Field(gt=0)]
Share = Annotated[Amount, Field(ge=0, le=100)]
Quality = Annotated[Amount, Field(ge=1, le=5)]
Time = Annotated[str, AfterValidator(_time)]
Word = Annotated[str, Field(min_length=1)]
Words = Annotated[list[Word], Field(min_length=1)]
DocumentId = Annotated[str, Field(pattern=_UUID)]

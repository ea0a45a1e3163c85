"""The kinds of cells in : ids, places, numbers and lists, each refused when it is none."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from footprint.late_pattern import late_pattern
from footprint.locations import is_location

_ID = late_pattern(r"[a-z0-9]+(-[a-z0-9]+)*")


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is not an id: lower-case letters, digits, single hyphens")
    return value


def _check_location(value: str) -> str:
    if not is_location(value):
        raise ValueError(f"{value!r} is not an ISO 3166 code or one of GLO, RoW, RER, RNA")
    return value


def _split_list(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    return value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a figure must be finite")
    return value


Id = Annotated[str, AfterValidator(_check_id)]
Location = Annotated[str, AfterValidator(_check_location)]
Text = Annotated[str, Field(min_length=1)]
TextList = Annotated[tuple[str, ...], BeforeValidator(_split_list)]
Number = Annotated[float, AfterValidator(_finite)]
OptionalNumber = Annotated[float | None, BeforeValidator(_empty_is_none)]
Rating = Annotated[int, Field(ge=1, le=5)]


class DataRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

"""The form of `NAME.site.yaml`: what is written there, checked value by value."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from footprint import units
from footprint.faults import InputRefused, Problem, Where
from footprint.late_pattern import late_pattern
from footprint.site import faults
from footprint.values.allocation import Method

_MEASURE = late_pattern(r"(\d+(?:\.\d+)?)\s*([^\d\s]\S*)")


def _decimal(value: Any) -> Any:
    """A YAML number as written: 0.1 is a tenth, and true is no number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number, without a unit or a separator")
    return Decimal(value)


def _share(value: Any) -> Any:
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        return Decimal(value.strip()[:-1].strip()) / 100
    return _decimal(value)


def _measure(value: Any) -> Any:
    match = _MEASURE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be an amount and a unit, such as 200 g")
    return Decimal(match[1]), units.normal_unit(match[2])


#: What is said of an error, and what to do, by the kind of error that the form finds.
_WORDS = {
    "missing": ("is missing", "Add it."),
    "extra_forbidden": ("is not a known key", "Correct its spelling or leave it out."),
    "greater_than_equal": ("is {value}, below {ge}", "Give {ge} or more."),
    "greater_than": ("is {value}, not above {gt}", "Give a number above {gt}."),
    "less_than_equal": ("is {value}, above {le}", "Give {le} or less; a share of 1 is 100 %."),
    "literal_error": ("is {value}, which is not known", "Write {expected}."),
    "string_too_short": ("is empty", "Write what it is."),
    "too_short": ("is an empty list", "Give at least one entry."),
}

Number = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, allow_inf_nan=False)]
AboveZero = Annotated[Decimal, BeforeValidator(_decimal), Field(gt=0, allow_inf_nan=False)]
Share = Annotated[Decimal, BeforeValidator(_share), Field(ge=0, le=1)]
Text = Annotated[str, Field(min_length=1)]


class _SiteModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FlowEntry(_SiteModel):
    """What the site used, burnt, let off or threw away in the year.

    `only` names the one product that used it; `metered` gives the shares that meters assign to
    products. What is left is shared out by the method.
    """

    name: Text
    quantity: Number
    unit: Text
    dataset: str = ""
    location: str = ""
    stage: str = "production"
    only: str = ""
    metered: dict[str, Share] = {}
    contract: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> FlowEntry:
        if self.only and self.metered:
            raise ValueError("give only or metered, not both")
        return self


class OutputEntry(_SiteModel):
    """What the site made in the year: amount, mass of ONE unit, revenue of the YEAR."""

    product: Text
    amount: AboveZero
    unit: Text
    mass: Annotated[tuple[Decimal, str] | None, BeforeValidator(_measure)] = None
    revenue: AboveZero | None = None

    @model_validator(mode="after")
    def _known_unit(self) -> OutputEntry:
        units.normal_unit(self.unit)
        return self


class AllocationEntry(_SiteModel):
    """How what no meter assigns is shared out, and why so."""

    method: Method
    reason: Text


class SiteFile(_SiteModel):
    """A year of a site."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    flows: Annotated[list[FlowEntry], Field(min_length=1)]
    outputs: Annotated[list[OutputEntry], Field(min_length=1)]
    this_product: Text
    allocation: AllocationEntry


def parse_site(mapping: dict[str, Any], where: Where) -> SiteFile:
    """The site data. Raises `InputRefused` (BOM-028) with everything that is malformed."""
    try:
        return SiteFile.model_validate(mapping)
    except ValidationError as error:
        raise InputRefused(_problem(item, where) for item in error.errors()) from None


def _problem(item: ErrorDetails, where: Where) -> Problem:
    """One error of the form in our words: which key, what stands there, what to write."""
    place, value = ".".join(map(str, item["loc"])), item["input"]
    if item["type"] in _WORDS:
        says, hint = _WORDS[item["type"]]
        known = {"value": value, **item.get("ctx", {})}
        message, hint = f"{place} {says.format(**known)}", hint.format(**known)
    else:
        words = item["msg"].removeprefix("Value error, ")
        shown = f" is {value}" if isinstance(value, str | int | float | Decimal) else ""
        message, hint = f"{place}{shown}: {words}", "Correct it; docs/bom.md shows an example."
    return faults.BAD_SITE.at(Where(where.file, column=place), message, hint)

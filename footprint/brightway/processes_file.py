"""The form of `NAME.processes.yaml`: processes of the maker's own, with parameters and loops.

An amount is a number or a formula on parameters (`+ - * / ^` and parentheses). docs/processes.md
explains each key.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from footprint.brightway import faults
from footprint.faults import InputRefused, Problem, Where
from footprint.late_pattern import late_pattern
from footprint.locations import is_location
from footprint.sidecar import read_sidecar

_ID = late_pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = late_pattern(r"[^\W\d]\w*")


def _amount(value: Any) -> Any:
    """A number or a formula; true and false are neither."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValueError("must be a number or a formula")
    return value.strip() if isinstance(value, str) else float(value)


def _id(value: Any) -> Any:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("must be lower-case letters and digits, with single hyphens")
    return value


def _location(value: Any) -> Any:
    if not isinstance(value, str) or not is_location(value):
        raise ValueError("must be an ISO 3166 code, or GLO, RoW, RER, RNA")
    return value


Amount = Annotated[float | str, BeforeValidator(_amount)]
Text = Annotated[str, Field(min_length=1)]
Above = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _ProcessModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ProcessFlow(_ProcessModel):
    """`gsd2`, or `minimum` and `maximum` (in the same unit), say how far the amount may be off."""

    amount: Amount
    unit: Text
    note: str = ""
    gsd2: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None

    @model_validator(mode="after")
    def _both_bounds(self) -> _ProcessFlow:
        if (self.minimum is None) != (self.maximum is None):
            raise ValueError("give minimum and maximum, or neither")
        if self.gsd2 is not None and self.minimum is not None:
            raise ValueError("give gsd2 or bounds, not both")
        return self


class InputEntry(_ProcessFlow):
    """What the process takes: `dataset` is a dataset's id or that of an own process."""

    dataset: Text


class EmissionEntry(_ProcessFlow):
    """What the process itself emits: `gas` is the id, name or formula of a greenhouse gas."""

    gas: Text


class MakesEntry(_ProcessModel):
    """What one run of the process makes, and what all amounts are for."""

    amount: Amount
    unit: Text


class ProcessEntry(_ProcessModel):
    """An own process."""

    id: Annotated[str, BeforeValidator(_id)]
    name: Text
    name_zh: str = ""
    makes: MakesEntry
    location: Annotated[str, BeforeValidator(_location)]
    year: Annotated[int, Field(ge=1990, le=2100)]
    boundary: Literal["cradle-to-gate", "gate-to-gate"] = "cradle-to-gate"
    inputs: list[InputEntry] = []
    emissions: list[EmissionEntry] = []
    mass_kg_per_unit: Above | None = None
    technological: Annotated[int, Field(ge=1, le=5)] = 3
    note: str = ""

    @model_validator(mode="after")
    def _not_empty(self) -> ProcessEntry:
        if not self.inputs and not self.emissions:
            raise ValueError("a process without inputs and emissions would be a silent zero")
        return self


class ProcessesFile(_ProcessModel):
    """All own processes of a product. Parameters are numbers or formulas on other parameters."""

    parameters: dict[str, Amount] = {}
    processes: Annotated[list[ProcessEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> ProcessesFile:
        for name in self.parameters:
            if not _NAME.fullmatch(name):
                raise ValueError(f"the parameter {name!r} is no plain name")
        names = [process.id for process in self.processes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two processes have the id {twice[0]!r}")
        return self


def parse_processes(data: bytes, file: str) -> ProcessesFile:
    """The file as values. Raises `InputRefused` (BRW-001) with everything that is malformed."""
    where = Where(file)
    try:
        return ProcessesFile.model_validate(read_sidecar(data, faults.BAD_PROCESSES, where))
    except ValidationError as error:
        raise InputRefused(_problem(item, where) for item in error.errors()) from None


def _problem(item: ErrorDetails, where: Where) -> Problem:
    place = ".".join(str(part) for part in item["loc"] if part != "function-before")
    words = item["msg"].removeprefix("Value error, ")
    message = f"{place}: {words}" if place else words
    hint = "docs/processes.md shows an example."
    return faults.BAD_PROCESSES.at(Where(where.file, column=place or None), message, hint)

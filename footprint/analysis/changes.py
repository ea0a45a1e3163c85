"""A file of changes: scenarios as YAML, strict, every mistake with its place.

scenarios:
  - name: Vietnamese power and lighter housing
    changes:
      - {change: grid, to: VN}
      - {change: quantity, where: {id: A101}, factor: 0.9}
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from footprint.analysis import faults
from footprint.faults import InputRefused, Where
from footprint.sidecar import read_sidecar

Text = Annotated[str, Field(min_length=1)]


class _ChangeModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class LineSelection(_ChangeModel):
    """Which lines a change is for: all that fit every condition given."""

    row: int | None = None
    id: str | None = None
    name: str | None = None
    dataset: str | None = None
    stage: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> LineSelection:
        if not self.model_fields_set:
            raise ValueError("give row, id, name, dataset or stage")
        return self


class SwapDataset(_ChangeModel):
    """Another material, supplier or process: the lines get the dataset `to`, also instead of a
    supplier's document."""

    change: Literal["dataset"]
    where: LineSelection
    to: Text


class SwapGrid(_ChangeModel):
    """Another grid: lines that buy grid electricity get the mix of the location `to`."""

    change: Literal["grid"]
    where: LineSelection | None = None
    to: Text


class Quantity(_ChangeModel):
    """More or less of something: the quantity times `factor`."""

    change: Literal["quantity"]
    where: LineSelection
    factor: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Recycled(_ChangeModel):
    """Another share of recycled material (0 to 1), with the dataset of the recycled part."""

    change: Literal["recycled_content"]
    where: LineSelection
    share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    dataset: str = ""


class SupplierNumber(_ChangeModel):
    """A supplier's own number: kg CO2e per one unit of the lines, instead of what stood for
    them."""

    change: Literal["supplier"]
    where: LineSelection
    kg: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
    company: str = ""


class Remove(_ChangeModel):
    """The lines are left out, and an assembly with all that it contains."""

    change: Literal["remove"]
    where: LineSelection


class GwpSet(_ChangeModel):
    """Another set of global warming potentials."""

    change: Literal["gwp_set"]
    to: Literal["AR6", "AR5", "AR4", "AR5-CH4-28"]


class ElectricityBasis(_ChangeModel):
    """Whether electricity under contract counts by the grid or by the contract."""

    change: Literal["electricity"]
    to: Literal["location", "market"]


class BiogenicChoice(_ChangeModel):
    """Whether biogenic CO2, taken up and released, counts in the number that is compared."""

    change: Literal["biogenic"]
    to: Literal["included", "excluded"]


Change = Annotated[
    SwapDataset
    | SwapGrid
    | Quantity
    | Recycled
    | SupplierNumber
    | Remove
    | GwpSet
    | ElectricityBasis
    | BiogenicChoice,
    Field(discriminator="change"),
]
LineChange = SwapDataset | SwapGrid | Quantity | Recycled | SupplierNumber | Remove


class Scenario(_ChangeModel):
    """A named list of changes, applied in their order."""

    name: Text
    name_zh: str = ""
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]


class ChangesFile(_ChangeModel):
    """The whole file: one or more scenarios, each compared with the unchanged product."""

    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]


def read_changes(data: bytes, filename: str) -> tuple[Scenario, ...]:
    """The scenarios of a YAML file. Raises `InputRefused` (ANA-003) with every mistake."""
    content = read_sidecar(data, faults.BAD_CHANGES, Where(filename))
    try:
        return ChangesFile.model_validate(content).scenarios
    except ValidationError as error:
        hint = (
            "changes: dataset, grid, quantity, recycled_content, supplier, remove, gwp_set, "
            "electricity, biogenic"
        )
        raise InputRefused(
            faults.BAD_CHANGES.at(
                Where(filename, column=".".join(map(str, item["loc"]))), item["msg"], hint
            )
            for item in error.errors()
        ) from None

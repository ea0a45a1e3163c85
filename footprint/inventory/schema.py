"""The rows of `lci_data/` as strict models: an unknown column or an empty citation is refused.

One class per file: `source.yaml` (`SourceFile`), `datasets.csv` (`DatasetRow`), `exchanges.csv`
(`ExchangeRow`), `flows.csv` (`FlowRow`), `gwp.csv` (`GwpRow`), `electricity_markets.csv`
(`MarketRow`), `electricity_technologies.csv` (`TechnologyRow`), `part_series.csv` (`SeriesRow`),
`part_sizes.csv` (`SizeRow`). The fields are explained in docs/inventory.md.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from footprint.inventory.model import GWP_SETS, SPLIT
from footprint.locations import is_location

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceFile(_Row):
    """The sidecar of a folder: who published the figures, their licence, and how verified."""

    id: Id
    producer: Text
    citation: Text
    title: Text
    edition: Text
    year: int
    url: Text
    licence: Text
    redistributable: Literal["yes", "conditional"]
    condition: str = ""
    attribution: Text
    accessed: Text
    verification: Literal[
        "official_file", "publisher_repository", "transcription_crosschecked", "transcription"
    ]
    taken_from: Text
    files: dict[str, str]

    @model_validator(mode="after")
    def _condition_is_said(self) -> SourceFile:
        if bool(self.condition) != (self.redistributable == "conditional"):
            raise ValueError(
                "a condition goes with `redistributable: conditional`, and only with it"
            )
        return self


class DatasetRow(_Row):
    """The head of a dataset, in `datasets.csv`."""

    id: Id
    name_en: Text
    name_zh: Text
    synonyms_en: TextList = ()
    synonyms_zh: TextList = ()
    unit: Text
    ref_amount: Annotated[Number, Field(gt=0)] = 1.0
    location: Location
    year: Annotated[int, Field(ge=1990, le=2030)]
    kind: Literal["unit_process", "aggregated", "market", "part"]
    activity: Literal["transformation", "market", "transport", "treatment", "energy", "service"]
    boundary: Literal[
        "cradle-to-gate", "gate-to-gate", "combustion", "well-to-tank", "well-to-wheel", "treatment"
    ]
    technology: str = ""
    codes: TextList = ()
    density_kg_per_l: OptionalNumber = None
    grammage_kg_per_m2: OptionalNumber = None
    mass_kg_per_unit: OptionalNumber = None
    lhv_mj_per_unit: OptionalNumber = None
    biogenic_carbon_kg_per_unit: Number = 0.0
    includes: TextList = ()
    technological: Rating = 3
    lacks_en: TextList = ()
    lacks_zh: TextList = ()
    lacks_up_to: OptionalNumber = None
    spread: OptionalNumber = None
    check_value: OptionalNumber = None
    check_tolerance: OptionalNumber = None
    check_source: str = ""
    status: Literal["draft", "reviewed", "estimate", "withdrawn"] = "reviewed"
    source: Id
    locator: Text
    comment: str = ""


class ExchangeRow(_Row):
    """One input or emission, in `exchanges.csv`, as the source prints it."""

    dataset: Id
    type: Literal["technosphere", "biosphere"]
    input: Text
    amount: Number
    unit: Text
    gsd2: OptionalNumber = None
    minimum: OptionalNumber = None
    maximum: OptionalNumber = None
    distribution: Literal[
        "", "lognormal", "normal", "triangular", "uniform", "beta-pert", "undefined"
    ] = ""
    centre: OptionalNumber = None
    sd: OptionalNumber = None
    pedigree: str = ""
    data_kind: Literal["measured", "calculated", "literature", "expert", "default"] = "literature"
    source: Id
    locator: Text
    comment: str = ""


class SeriesRow(_Row):
    """Parts of one design in several sizes, in `part_series.csv`: what a size is made of and how
    it is called. `{}` in a name is the label of the size."""

    series: Id
    dataset: Id
    sizes: Id
    unit: Text
    name_en: Text
    name_zh: Text
    factor: Annotated[Number, Field(gt=0)] = 1.0
    low: Annotated[Number, Field(gt=0, le=1)] = 1.0
    high: Annotated[Number, Field(ge=1)] = 1.0
    source: Id
    locator: Text
    comment: str = ""


class SizeRow(_Row):
    """How much of the dataset of its series one piece (metre, m2) of a size takes.

    `mass_g`: what a piece weighs, where the amount is not its mass (a chip by its area).
    """

    sizes: Id
    size: Id
    label: str = ""
    amount: Annotated[Number, Field(gt=0)]
    unit: Text
    minimum: OptionalNumber = None
    maximum: OptionalNumber = None
    source: str = ""
    locator: str = ""
    mass_g: OptionalNumber = None
    mass_locator: str = ""

    @model_validator(mode="after")
    def _mass_is_cited(self) -> SizeRow:
        if (self.mass_g is None) != (not self.mass_locator):
            raise ValueError("a mass goes with its locator")
        return self


class FlowRow(_Row):
    """An elementary flow, in `flows.csv`."""

    id: Id
    name_en: Text
    name_zh: Text
    formula: str = ""
    cas: str = ""
    category: Literal[SPLIT]  # type: ignore[valid-type]
    aircraft: bool = False
    removal: bool = False


class GwpRow(_Row):
    """A characterisation factor, in `gwp.csv`: kg CO2e per kg, 100 years."""

    set: Literal[GWP_SETS]  # type: ignore[valid-type]
    flow: Id
    value: Number
    source: Id
    locator: Text
    comment: str = ""


TECHNOLOGIES = (
    "coal",
    "gas",
    "oil",
    "nuclear",
    "hydro",
    "wind",
    "solar",
    "bioenergy",
    "other_renewables",
)


class MarketRow(_Row):
    """An electricity market, in `electricity_markets.csv`: shares of generation, and losses."""

    dataset: Id
    name_en: Text
    name_zh: Text
    synonyms_en: TextList = ()
    synonyms_zh: TextList = ()
    location: Location
    year: int
    coal: Number
    gas: Number
    oil: Number
    nuclear: Number
    hydro: Number
    wind: Number
    solar: Number
    bioenergy: Number
    other_renewables: Number
    technologies: Text
    loss: Annotated[Number, Field(ge=0, lt=0.5)]
    loss_source: str = ""
    loss_locator: str = ""
    delivery: str = ""
    source: Id
    locator: Text
    check_value: OptionalNumber = None
    check_tolerance: OptionalNumber = None
    check_source: str = ""
    comment: str = ""


class TechnologyRow(_Row):
    """Which dataset generates a technology's share, in `electricity_technologies.csv`."""

    set: Text
    technology: Literal[TECHNOLOGIES]  # type: ignore[valid-type]
    dataset: Id
    comment: str = ""

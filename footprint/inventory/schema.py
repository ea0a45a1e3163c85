"""The rows of `lci_data/` as strict models: an unknown column or an empty citation is refused.

One class per file: `source.yaml` (`SourceFile`), `datasets.csv` (`DatasetRow`), `exchanges.csv`
(`ExchangeRow`), `flows.csv` (`FlowRow`), `gwp.csv` (`GwpRow`), `electricity_markets.csv`
(`MarketRow`), `electricity_technologies.csv` (`TechnologyRow`), `part_series.csv` (`SeriesRow`),
`part_sizes.csv` (`SizeRow`). The fields are explained in docs/inventory.md.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from footprint.inventory.cell_types import (
    DataRow,
    Id,
    Location,
    Number,
    OptionalNumber,
    Rating,
    Text,
    TextList,
)
from footprint.inventory.model import GWP_SETS, SPLIT


class SourceFile(DataRow):
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


class DatasetRow(DataRow):
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


class ExchangeRow(DataRow):
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


class SeriesRow(DataRow):
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


class SizeRow(DataRow):
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


class FlowRow(DataRow):
    """An elementary flow, in `flows.csv`."""

    id: Id
    name_en: Text
    name_zh: Text
    formula: str = ""
    cas: str = ""
    category: Literal[SPLIT]  # type: ignore[valid-type]
    aircraft: bool = False
    removal: bool = False


class GwpRow(DataRow):
    """A characterisation factor, in `gwp.csv`: kg CO2e per kg, 100 years."""

    set: Literal[GWP_SETS]  # type: ignore[valid-type]
    flow: Id
    value: Number
    source: Id
    locator: Text
    comment: str = ""

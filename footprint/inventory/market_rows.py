"""Rows of electricity markets, and of the technologies that supply them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from footprint.inventory.cell_types import (
    DataRow,
    Id,
    Location,
    Number,
    OptionalNumber,
    Text,
    TextList,
)

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


class MarketRow(DataRow):
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


class TechnologyRow(DataRow):
    """Which dataset generates a technology's share, in `electricity_technologies.csv`."""

    set: Text
    technology: Literal[TECHNOLOGIES]  # type: ignore[valid-type]
    dataset: Id
    comment: str = ""

"""The EU's border adjustment as it stands in its file: goods, thresholds, mark-ups."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from footprint.rules.fields import BilingualText, NotNegative, PlainDate, Positive, Strict, Words
from footprint.rules.modules.law import Law, Sourced, load_law

Sector = Literal["cement", "electricity", "fertilisers", "iron-and-steel", "aluminium", "hydrogen"]
_Code = Annotated[str, Field(pattern=r"^\d{2,8}$")]


class Goods(Strict):
    """Goods of Annex I: a code with all below it, but for `excluded` codes.

    `only` marks goods of which a part is listed, so that the code alone does not decide.
    `direct_only`: listed in Annex II, where indirect emissions do not count.
    """

    cn: _Code
    excluded: tuple[_Code, ...] = ()
    only: BilingualText | None = None
    direct_only: bool
    unit: Literal["t", "t clinker", "kg N", "supplementary unit", "kWh"] = "t"
    gases: tuple[Literal["CO2", "N2O", "PFC"], ...]


class SectorEntry(Sourced):
    """The goods of a sector."""

    sector: Sector
    goods: Annotated[tuple[Goods, ...], Field(min_length=1)]


class Threshold(Sourced):
    """Net mass per importer and calendar year up to which nothing is due, t."""

    tonnes: Positive
    not_for: tuple[Sector, ...]


class Origins(Sourced):
    """Countries of origin (ISO 3166) outside the scope."""

    exempt: tuple[Words, ...]


class MarkUp(Sourced):
    """Mark-up on default values from a year on, as a share; by sector where one has its own."""

    from_year: int
    share: NotNegative
    sectors: dict[Sector, NotNegative] = Field(default_factory=dict)


class DefinitiveRules(Sourced):
    """The day from which the definitive rules apply."""

    since: PlainDate


class CbamLaw(Law):
    """The whole data file."""

    application: DefinitiveRules
    threshold: Threshold
    origins: Origins
    sectors: tuple[SectorEntry, ...]
    formula: Sourced
    mark_ups: Annotated[tuple[MarkUp, ...], Field(min_length=1)]


def load_cbam_law() -> CbamLaw:
    """The law as it ships."""
    return load_law("cbam.yaml", CbamLaw)

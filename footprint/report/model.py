"""The view model of a report: every figure rounded once, every choice as a code, no words.

Burdens are kg CO2e per declared unit. Texts of the user are as he wrote them, in one line and
without control characters; codes are translated by whoever prints them.
"""

from __future__ import annotations

from dataclasses import dataclass

from footprint.faults import Where
from footprint.report.figure import Figure, Headline
from footprint.report.shown_names import ShownName
from footprint.report.table_rows import (
    CheckRow,
    DocumentRow,
    HotSpot,
    LineRow,
    ReportedDataset,
    ReportedPart,
    SourceRow,
    StageRow,
)


@dataclass(frozen=True, slots=True)
class ReportedProduct:
    """The product, its maker, and what the result is per. Empty texts were not given."""

    name: str
    name_zh: str
    company: str
    company_zh: str
    product_ids: tuple[str, ...]
    company_ids: tuple[str, ...]
    category: str
    description: str
    country: str
    mass_kg: Figure | None
    period_start: str
    period_end: str
    amount: str
    unit: str


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """Primary data share in percent, ratings 1 (best) to 5. `counted_mass` is the share of the mass
    that any figure stands for, `data_mass` the part of it that data cover, `data_lines` that of the
    lines; of the mass None where nobody can tell. `whole`: whether the total is complete, and not
    only the least that it can be; `screening`: whether it is a screening result. `screened` and
    `unknown` are the shares of the mass with a screening figure only and with none, the latter None
    as well; `unlisted` that of the product's mass which no line is. `gaps` lines have no
    figure."""

    primary_data_share: Figure
    technological: Figure
    geographical: Figure
    temporal: Figure
    counted_mass: Figure | None
    data_mass: Figure | None
    data_lines: Figure
    complete: bool
    whole: bool
    screening: bool
    screened: Figure
    unknown: Figure | None
    unlisted: Figure
    gaps: int


@dataclass(frozen=True, slots=True)
class ElectricityFacts:
    """The whole total on both bases, and the one that the result is on."""

    location_based: Figure
    market_based: Figure
    basis: str


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """How site data were shared out (see `footprint.site.share.Allocation`)."""

    method: str
    reason: str
    year: int
    product: str
    share: Figure
    outputs: int
    metered: tuple[str, ...]
    price_ratio: Figure | None
    file: str
    hash: str


@dataclass(frozen=True, slots=True)
class IntervalFacts:
    """How the interval was drawn; `causes` are the lines with the largest share of the variance."""

    level: Figure
    draws: int
    seed: int
    settled: bool
    unstated: Figure
    causes: tuple[tuple[ShownName, Figure], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of the calculation, in English; whoever prints it in Chinese translates it."""

    code: str
    message: str
    hint: str
    where: Where


@dataclass(frozen=True, slots=True)
class ReportedRemark:
    """A sentence by its code, with the texts for its gaps."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What the result was made of: versions and content hashes."""

    engine: str
    inventory: str
    bom: str
    document: str
    file: str


@dataclass(frozen=True, slots=True)
class FootprintReport:
    """A whole report, dated (ISO 8601) by whoever asks for it."""

    date: str
    subject: ReportedProduct
    headline: Headline
    boundary: str
    gwp_set: str
    gwp_sets_used: tuple[str, ...]
    parts: tuple[ReportedPart, ...]
    stages: tuple[StageRow, ...]
    hot_spots: tuple[HotSpot, ...]
    lines: tuple[LineRow, ...]
    datasets: tuple[ReportedDataset, ...]
    sources: tuple[SourceRow, ...]
    documents: tuple[DocumentRow, ...]
    quality: QualityFacts
    electricity: ElectricityFacts | None
    recycled: tuple[Figure, Figure] | None
    site: SiteFacts | None
    interval: IntervalFacts | None
    cut_offs: tuple[ReportedRemark, ...]
    limitations: tuple[ReportedRemark, ...]
    checks: tuple[CheckRow, ...]
    notices: tuple[Notice, ...]
    origin: Origin

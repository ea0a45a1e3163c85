"""The rows of a report's tables: parts, stages, hot spots, lines, datasets, sources, checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from footprint.report.figure import Figure
from footprint.report.shown_names import ShownName


@dataclass(frozen=True, slots=True)
class ReportedPart:
    """One part of the footprint. `place`: a term of the total, part of it, beside it, a sum."""

    name: str
    kg: Figure
    share: Figure | None
    place: Literal["term", "of-which", "beside", "sum"]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A life-cycle stage; without lines `lines` is 0. `inside`: whether it counts in the total.
    `left_out`: of how many lines of it something is not counted."""

    stage: str
    kg: Figure
    share: Figure | None
    lines: int
    inside: bool
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class HotSpot:
    """What one row of the bill of materials adds with its transport. `name` is its name in the
    list, `shown` what it is called in the languages of a report."""

    row: int
    line: str
    name: str
    shown: ShownName
    kg: Figure
    share: Figure
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One calculation: amount times factor, with its dataset and where the figure is from.
    `name` and `shown` as of a `HotSpot`."""

    number: int
    row: int
    line: str
    name: str
    shown: ShownName
    note: str
    stage: str
    location: str
    dataset: str
    dataset_name: str
    dataset_name_zh: str
    amount: Figure
    unit: str
    factor: Figure | None
    kg: Figure
    share: Figure
    inside: bool
    matched_by: str
    data_type: str
    source: str


@dataclass(frozen=True, slots=True)
class ReportedDataset:
    """A dataset behind lines. `locator`: where in its source. `pedigree`: reliability,
    completeness, time, place, technology, each 1 (best) to 5, of the figure or the worst of its
    figures; empty where none is stated."""

    id: str
    name: str
    name_zh: str
    unit: str
    location: str
    year: str
    boundary: str
    factor: Figure
    technological: str
    data_kinds: tuple[str, ...]
    figures: int
    pedigree: str
    source: str
    locator: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source to be named, with its licence and address."""

    id: str
    citation: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A supplier's document that the result rests on."""

    company: str
    file: str
    id: str
    kind: str
    valid_until: str
    primary_data_share: Figure | None
    hash: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A method check as the result's document states it."""

    id: str
    outcome: str
    says: str
    says_zh: str
    source: str
    confidence: str

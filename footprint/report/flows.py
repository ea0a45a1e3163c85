"""The flows of a report's Sankey diagram: rows to stages, stages to the total, total to gases.

Three sums of one result: the rows of a stage add up to the stage, the stages to the total, and the
parts of the split to the total. Credits cannot be drawn as a width and are listed apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from footprint.report.figures import fixed, table_places
from footprint.report.model import FootprintReport

TOTAL = "total"
OTHER = "other"
#: So many rows stand alone, if each is at least this share of what is drawn.
MOST_ROWS = 10
LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that flows pass: `column` 0 rows, 1 stages, 2 the total, 3 the split.

    `kind` says what `name` is: a row's id and name, a stage, a part of the split; `other` counts
    rows.
    `kg_co2e` is what is drawn, `text` the figure that the tables have (net of credits).
    """

    id: str
    column: int
    kind: str
    name: str
    kg_co2e: float
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Band:
    """kg CO2e per declared unit from one stop to another; above zero."""

    source: str
    target: str
    kg_co2e: float


@dataclass(frozen=True, slots=True)
class Flows:
    """Stops by column from top to bottom, bands between them, and the sum of what is not drawn.

    `credits_kg_co2e` is at most zero: drawn minus it is the total.
    """

    stops: tuple[Stop, ...]
    bands: tuple[Band, ...]
    credits_kg_co2e: float
    credits_text: str


def flows_of(
    report: FootprintReport,
    places: int | None = None,
    language: Literal["en", "zh"] | None = None,
) -> Flows:
    """The flows of a report's total, in figures of `places` decimal places (left out: those of its
    tables). Rows have their names for readers of `language`; left out, those of the list. Without
    any emission above zero there is no stop."""
    inside = [line for line in report.lines if line.inside]
    drawn: dict[tuple[int, str, str, str], list[float]] = {}
    for line in inside:
        if line.kg.value > 0.0:
            title = _titled(line.line, line.name)
            if language is not None:
                title = _titled(line.shown.mark(language), line.shown.of(language))
            key = (line.row, line.line, title, line.stage)
            drawn.setdefault(key, []).append(line.kg.value)
    sums = {key: math.fsum(values) for key, values in drawn.items()}
    whole = math.fsum(sums.values())
    credit = math.fsum(line.kg.value for line in inside if line.kg.value < 0.0)
    places = table_places(whole + credit) if places is None else places
    if not whole:
        return Flows((), (), credit, fixed(credit, places).text)
    rows, row_bands = _rows(sums, whole, places)
    stages, stage_bands = _stages(sums, {row.stage: row.kg.text for row in report.stages})
    parts, part_bands = _parts(report)
    shown = next(part.kg.text for part in report.parts if part.place == "sum")
    total = Stop(TOTAL, 2, TOTAL, "", whole, shown)
    stops = (*rows, *stages, total, *parts)
    bands = (*row_bands, *stage_bands, *part_bands)
    return Flows(stops, bands, credit, fixed(credit, places).text)


Sums = dict[tuple[int, str, str, str], float]


def _rows(sums: Sums, whole: float, places: int) -> tuple[list[Stop], list[Band]]:
    """The largest rows, by stage and size, and per stage one stop for the rest."""
    ranked = sorted(sums, key=lambda key: (-sums[key], key))
    alone = {key for key in ranked[:MOST_ROWS] if sums[key] >= LEAST_SHARE * whole}
    stops: list[Stop] = []
    bands: list[Band] = []
    for stage in _ordered(sums):
        rest = [key for key in ranked if key[3] == stage and key not in alone]
        for key in ranked:
            if key[3] == stage and key in alone:
                name = f"row:{key[0]}:{key[1]}:{stage}"
                text = fixed(sums[key], places).text
                stops.append(Stop(name, 0, "row", key[2], sums[key], text))
                bands.append(Band(name, f"stage:{stage}", sums[key]))
        if rest:
            value = math.fsum(sums[key] for key in rest)
            name = rest[0][2] if len(rest) == 1 else ""
            kind = "row" if len(rest) == 1 else OTHER
            text = fixed(value, places).text
            stops.append(Stop(f"other:{stage}", 0, kind, name, value, text, len(rest)))
            bands.append(Band(f"other:{stage}", f"stage:{stage}", value))
    return stops, bands


def _titled(mark: str, name: str) -> str:
    """The line's id before its name: long names that begin alike are cut alike."""
    return name if name == mark else f"{mark} {name}"


def _ordered(sums: Sums) -> Sequence[str]:
    """Stages, largest first."""
    whole: dict[str, list[float]] = {}
    for key, value in sums.items():
        whole.setdefault(key[3], []).append(value)
    return sorted(whole, key=lambda stage: (-math.fsum(whole[stage]), stage))


def _stages(sums: Sums, texts: Mapping[str, str]) -> tuple[list[Stop], list[Band]]:
    stops, bands = [], []
    for stage in _ordered(sums):
        value = math.fsum(amount for key, amount in sums.items() if key[3] == stage)
        stops.append(Stop(f"stage:{stage}", 1, "stage", stage, value, texts[stage]))
        bands.append(Band(f"stage:{stage}", TOTAL, value))
    return stops, bands


def _parts(report: FootprintReport) -> tuple[list[Stop], list[Band]]:
    """The split of the total; a part below zero is a credit like a line below zero."""
    stops, bands = [], []
    for part in report.parts:
        if part.place == "term" and part.kg.value > 0.0:
            name = f"part:{part.name}"
            stops.append(Stop(name, 3, "part", part.name, part.kg.value, part.kg.text))
            bands.append(Band(TOTAL, name, part.kg.value))
    return stops, bands

"""The Sankey picture of a report: stops as bars in four columns, flows as bands between them."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.report.flows import OTHER, TOTAL, Flows, Stop
from footprint.report.model import FootprintReport
from label_templates.drawing.shapes import (
    ACCENT,
    INK,
    SOFT,
    TINT,
    Box,
    Drawing,
    Ink,
    Outline,
    Text,
    stacked,
)
from label_templates.report.words import ReportWords
from label_templates.type.direction import isolated
from label_templates.type.fit import roomy_width, shortened, wrapped

_WIDTH, _BAR, _SIZE, _TOP = 700.0, 11.0, 11.0, 28.0
#: Left edges of the bars of each column; names of rows stand left of the first, of gases right of
#: the last, of stages and the total above their bars.
_LEFT = (214.0, 368.0, 512.0, 574.0)
_DRAWN = 150.0
#: What a bar needs at least, and what stands free between bars: names of stages and of the total
#: stand there, the others beside their bars.
_SLOT = (18.0, 0.0, 0.0, 44.0)
_FREE = (6.0, 20.0, 20.0, 6.0)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stop with the top of its bar and its height."""

    stop: Stop
    y: float
    height: float


def sankey_drawing(flows: Flows, report: FootprintReport, words: ReportWords) -> Drawing | None:
    """The picture of `flows`; None when there is nothing above zero to draw."""
    if not flows.stops:
        return None
    whole = next(stop.kg_co2e for stop in flows.stops if stop.id == TOTAL)
    places = _places(flows, _DRAWN / whole)
    height = max(p.y + max(p.height, 24.0) for p in places.values()) + 12
    labels = [
        Text(_LEFT[0] - 8, 14, _SIZE, Ink(SOFT), words.say("sankey_rows"), anchor="end"),
        Text(_LEFT[1] + _BAR, 14, _SIZE, Ink(SOFT), words.say("sankey_stages"), anchor="end"),
        Text(_LEFT[3] + _BAR + 8, 14, _SIZE, Ink(SOFT), words.say("sankey_parts")),
    ]
    boxes = []
    for placed in places.values():
        x = _LEFT[placed.stop.column]
        boxes.append(Box(x, placed.y, _BAR, placed.height, ACCENT))
        labels += _labels(placed, words)
    described = words.say(
        "sankey_desc", per=words.per(report.subject), items=_described(flows, words)
    )
    return Drawing(
        "sankey",
        _WIDTH,
        height,
        words.say("sankey_title"),
        described,
        tuple(boxes),
        _bands(flows, places),
        tuple(labels),
    )


def _places(flows: Flows, scale: float) -> dict[str, _Placed]:
    """Bars from top to bottom in each column, no closer than their names need, and centred."""
    columns = [[s for s in flows.stops if s.column == at] for at in range(len(_LEFT))]
    heights = [
        sum(max(stop.kg_co2e * scale + _FREE[at], _SLOT[at]) for stop in column)
        for at, column in enumerate(columns)
    ]
    tallest = max(heights)
    places = {}
    for at, column in enumerate(columns):
        spare = (tallest - heights[at]) / (len(column) + 1)
        y = _TOP + spare
        for stop in column:
            bar = max(stop.kg_co2e * scale, 0.8)
            slot = max(bar + _FREE[at], _SLOT[at])
            top = y + (slot - bar if at in {1, 2} else (slot - bar) / 2)
            places[stop.id] = _Placed(stop, top, bar)
            y += slot + spare
    return places


def _bands(flows: Flows, places: dict[str, _Placed]) -> tuple[Outline, ...]:
    out = {name: place.y for name, place in places.items()}
    into = dict(out)
    order = {stop.id: at for at, stop in enumerate(flows.stops)}
    whole = next(p for p in places.values() if p.stop.id == TOTAL)
    scale = whole.height / whole.stop.kg_co2e
    shapes = []
    for band in sorted(flows.bands, key=lambda b: (order[b.source], order[b.target])):
        thick = band.kg_co2e * scale
        x1 = _LEFT[places[band.source].stop.column] + _BAR
        x2 = _LEFT[places[band.target].stop.column]
        y1, y2 = out[band.source], into[band.target]
        out[band.source] += thick
        into[band.target] += thick
        shown = max(thick, 0.6)
        middle = (x1 + x2) / 2
        shapes.append(
            Outline(
                (
                    ("M", (x1, y1)),
                    ("C", (middle, y1, middle, y2, x2, y2)),
                    ("L", (x2, y2 + shown)),
                    ("C", (middle, y2 + shown, middle, y1 + shown, x1, y1 + shown)),
                    ("Z", ()),
                ),
                fill=TINT,
                opacity=0.75,
            )
        )
    return tuple(shapes)


def _labels(placed: _Placed, words: ReportWords) -> list[Text]:
    stop, middle = placed.stop, placed.y + placed.height / 2
    name, figure = _named(stop, words), stop.text
    x = _LEFT[stop.column]
    if stop.column == 0:
        room = _LEFT[0] - 10
        room -= roomy_width(f" {figure}", _SIZE)
        short = isolated(shortened(name, room, _SIZE))
        return [
            Text(x - 8, middle + _SIZE * 0.35, _SIZE, Ink(INK), f"{short} {figure}", anchor="end")
        ]
    if stop.column == 3:
        lines = [*wrapped(name, _WIDTH - x - _BAR - 8, _SIZE, 2), figure]
        return stacked(lines, x + _BAR + 8, middle, _SIZE)
    if stop.column == 2:
        return [
            Text(x + _BAR, placed.y - 5, _SIZE, Ink(INK, 0.3), f"{name} {figure}", anchor="end")
        ]
    return [Text(x, placed.y - 5, _SIZE, Ink(INK), f"{name} {figure}")]


def _named(stop: Stop, words: ReportWords) -> str:
    if stop.kind == OTHER:
        return words.say("sankey_other", count=stop.count)
    if stop.kind == "stage":
        return words.word("stages", stop.name)
    if stop.kind == "part":
        return words.word("parts", stop.name)
    return words.say("sankey_total") if stop.kind == TOTAL else stop.name


def _described(flows: Flows, words: ReportWords) -> str:
    items = [
        f"{_named(stop, words)} {stop.text}"
        for stop in flows.stops
        if stop.kind not in {OTHER, "row"}
    ]
    return words["joiner"].join(items)

"""The picture of the system boundary: the stages as boxes, and which of them count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from footprint.report.model import FootprintReport
from footprint.report.table_rows import StageRow
from label_templates.drawing.shapes import (
    ACCENT,
    INK,
    LINE,
    PALE,
    SOFT,
    Box,
    Drawing,
    Ink,
    Outline,
    Text,
    polyline,
    stacked,
)
from label_templates.report.words import ReportWords
from label_templates.type.fit import wrapped

#: The stages by column, from raw material to end of life.
_COLUMNS: tuple[tuple[str, ...], ...] = (
    ("material", "packaging"),
    ("inbound_transport",),
    ("production", "direct_emission", "waste"),
    ("distribution",),
    ("use",),
    ("end_of_life",),
)
_GATE = 3  # columns before the factory gate
_SIZE = 11.0
_BOX = 56.0


def boundary_drawing(report: FootprintReport, words: ReportWords, width: float) -> Drawing:
    """Boxes in columns, or one below the other when `width` is below 500 units.

    A frame holds what is inside the boundary. Boxes that do not count are dashed and say so.
    """
    rows = {row.stage: row for row in report.stages}
    say = words.say
    drawing = _tall if width < 500 else _wide
    boxes, shapes, labels, height = drawing(report, rows, words, width)
    described = say(
        "flow_desc",
        inside=_names([r for r in report.stages if r.inside and r.lines], words),
        outside=_names([r for r in report.stages if not r.inside], words),
        empty=_names([r for r in report.stages if not r.lines and not r.left_out], words),
    )
    left_out = [(words.word("stages", r.stage), r.left_out) for r in report.stages if r.left_out]
    if left_out:
        items = words["joiner"].join(f"{stage} {count}" for stage, count in left_out)
        described += say("flow_left_out_desc", items=items)
    name = "flow-tall" if width < 500 else "flow"
    return Drawing(
        name,
        width,
        height,
        say("flow_title"),
        described,
        tuple(boxes),
        tuple(shapes),
        tuple(labels),
    )


def _names(rows: Sequence[StageRow], words: ReportWords) -> str:
    found = words["joiner"].join(words.word("stages", row.stage) for row in rows)
    return found or words.say("flow_none")


_Parts = tuple[list[Box], list[Outline], list[Text], float]


def _wide(
    report: FootprintReport, rows: dict[str, StageRow], words: ReportWords, width: float
) -> _Parts:
    step = (width - 16) / len(_COLUMNS)
    box_width, top, row_height = step - 16, 34.0, _BOX + 12
    height = top + max(map(len, _COLUMNS)) * row_height + 2
    edge = _edge(report)
    boxes = [Box(1, 1, 7 + edge * step, height - 2, "none", ACCENT)]
    shapes: list[Outline] = []
    labels = [Text(12, 20, _SIZE, Ink(ACCENT, 0.3), words.say("flow_inside"))]
    if edge < len(_COLUMNS):
        labels.append(Text(16 + edge * step, 20, _SIZE, Ink(SOFT), words.say("flow_outside")))
    middle = (top + height - 8) / 2
    for at, stages in enumerate(_COLUMNS):
        x = 16 + at * step
        start = middle - (len(stages) * row_height - 12) / 2
        for place, stage in enumerate(stages):
            y = start + place * row_height
            made, texts = _stage_box(rows[stage], words, (x, y), box_width)
            boxes.append(made)
            labels += texts
        if at:
            shapes.append(_arrow((x - 15, middle), (x - 2, middle)))
    return boxes, shapes, labels, height


def _edge(report: FootprintReport) -> int:
    """How many columns lie inside the boundary."""
    return len(_COLUMNS) if report.boundary == "cradle-to-grave" else _GATE


def _tall(
    report: FootprintReport, rows: dict[str, StageRow], words: ReportWords, width: float
) -> _Parts:
    edge = _edge(report)
    boxes: list[Box] = []
    labels = [Text(12, 20, _SIZE + 1, Ink(ACCENT, 0.3), words.say("flow_inside"))]
    shapes: list[Outline] = []
    y, height = 30.0, 46.0
    places: list[float] = []
    frame = 0.0
    for at, stages in enumerate(_COLUMNS):
        if at == edge:
            frame = y - 6
            labels.append(Text(12, y + 14, _SIZE + 1, Ink(SOFT), words.say("flow_outside")))
            y += 24
        for stage in stages:
            made, texts = _stage_box(rows[stage], words, (12, y), width - 24, height)
            boxes.append(made)
            labels += texts
            places.append(y)
            y += height + 14
    frame = frame or y - 6
    for first, second in pairwise(places):
        shapes.append(_arrow((width / 2, first + height + 1), (width / 2, second - 1)))
    boxes.insert(0, Box(1, 1, width - 2, frame, "none", ACCENT))
    return boxes, shapes, labels, max(y, frame + 2)


def _stage_box(
    row: StageRow,
    words: ReportWords,
    place: tuple[float, float],
    width: float,
    height: float = _BOX,
) -> tuple[Box, list[Text]]:
    counted = row.inside and row.lines > 0
    x, y = place
    fill, stroke = (PALE, ACCENT) if counted else ("#ffffff", LINE)
    box = Box(x, y, width, height, fill, stroke, dash=not counted)
    ink = INK if counted else SOFT
    name = wrapped(words.word("stages", row.stage), width - 8, _SIZE, 2)
    if row.lines:
        note = f"{row.kg.text} kg" if row.inside else words.say("flow_apart")
    elif row.left_out:
        note = words.say("flow_left_out", count=row.left_out)
    else:
        note = words.say("flow_no_lines")
    lines = [*name, *wrapped(note, width - 8, _SIZE - 1, 1)]
    middle = y + height / 2
    return box, stacked(lines, x + width / 2, middle, _SIZE, fill=ink, anchor="middle")


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Outline:
    x2, y2 = end
    if start[1] == y2:
        head = polyline((x2 - 4, y2 - 4), (x2, y2), (x2 - 4, y2 + 4))
    else:
        head = polyline((x2 - 4, y2 - 4), (x2, y2), (x2 + 4, y2 - 4))
    return Outline((*polyline(start, end), *head), stroke=SOFT)

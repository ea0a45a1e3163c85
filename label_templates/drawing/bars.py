"""The bar chart of a report: one bar a row, with its name before it and its figure behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from label_templates.drawing.shapes import (
    ACCENT,
    LINE,
    SOFT,
    Box,
    Drawing,
    Ink,
    Outline,
    Text,
    polyline,
    stacked,
)
from label_templates.type.fit import roomy_width, wrapped

_SIZE = 12.0
_BAR, _GAP = 15.0, 11.0
#: Length of a bar without a figure, and from one of its slanting lines to the next.
_UNKNOWN, _HATCH = 60.0, 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: `value` decides the length, `text` is printed. `apart`: not part of the total;
    `unknown`: there is no figure, so that the bar is hatched and its length says nothing."""

    name: str
    value: float
    text: str
    apart: bool = False
    unknown: bool = False


def bars_drawing(
    name: str, bars: Sequence[Bar], width: float, title: str, description: str
) -> Drawing:
    """Bars from one axis; what is below zero goes to its left, dashed, and what is unknown is
    hatched. Below 500 units of width
    the names stand above the bars."""
    narrow = width < 500
    values = [max(bar.value, 0.0) for bar in bars]
    below = [max(-bar.value, 0.0) for bar in bars]
    text_room = max((roomy_width(bar.text, _SIZE) for bar in bars), default=0.0) + 8
    name_room = 0.0 if narrow else min(width * 0.32, 220.0)
    span = max(values, default=0.0) + max(below, default=0.0)
    scale = (width - name_room - text_room) / span if span else 0.0
    axis = name_room + max(below, default=0.0) * scale
    boxes: list[Box] = []
    labels: list[Text] = []
    hatches: list[Outline] = []
    y = 4.0
    for bar in bars:
        lines = wrapped(bar.name, width if narrow else name_room - 10, _SIZE, 2)
        head = _SIZE * 1.25 * len(lines)
        if narrow:
            labels += stacked(lines, 0, y + head / 2, _SIZE)
            y += head + 2
            height = _BAR
        else:
            height = max(_BAR, head)
            labels += stacked(lines, 0, y + height / 2, _SIZE)
        length = _UNKNOWN if bar.unknown else abs(bar.value) * scale
        left = axis - length if bar.value < 0 else axis
        hollow = bar.apart or bar.unknown or bar.value < 0
        fill, stroke = ("#ffffff", ACCENT) if hollow else (ACCENT, "")
        if bar.unknown:
            fill = "none"  # the hatching lies below
        top = y + (height - _BAR) / 2
        boxes.append(Box(left, top, max(length, 0.8), _BAR, fill, stroke, dash=hollow))
        if bar.unknown:
            hatches.append(_hatch(left, top, length))
        x = axis + (length if bar.unknown else max(bar.value, 0.0) * scale) + 6
        labels.append(Text(x, top + _BAR * 0.76, _SIZE, Ink(SOFT), bar.text))
        y += height + _GAP
    height = y - _GAP + 4
    line = Outline(polyline((axis, 0.0), (axis, height)), stroke=LINE)
    shapes = (*hatches, line)
    return Drawing(name, width, height, title, description, tuple(boxes), shapes, tuple(labels))


def _hatch(left: float, top: float, length: float) -> Outline:
    """Slanting lines over a bar, so that nobody reads its length."""
    steps = range(1, int(length / _HATCH))
    lines = (
        polyline((left + at * _HATCH, top + _BAR), (left + (at + 1) * _HATCH, top)) for at in steps
    )
    return Outline(tuple(step for line in lines for step in line), stroke=ACCENT)

"""Pictures of the console that reports do not have, drawn as those of reports are."""

from __future__ import annotations

from collections.abc import Sequence

from api.console.figures import percent, three
from api.language import Language
from footprint.drafts.work import Kind
from label_templates.console_pages import console_words
from label_templates.report_drawing import (
    ACCENT,
    INK,
    LINE,
    PALE,
    SOFT,
    TINT,
    Box,
    Drawing,
    Label,
    Shape,
    shortened,
    text_width,
)

_WIDTH, _ROW, _BAR, _SIZE = 640.0, 30.0, 16.0, 13.0
_NAMES = 210.0


def rows_drawing(
    top: Sequence[Kind],
    rest: Sequence[Kind],
    left: float | None,
    open_lines: int,
    language: Language,
) -> Drawing:
    """The largest rows, the others together, and what is not counted yet: a hatched bar with a
    question mark, as long as its share of the mass (`left`), or as can be told of it: not at all.
    """
    words = console_words(language)
    bars = [(kind.line.name, kind.kg_co2e or 0.0, ACCENT) for kind in top]
    if rest:
        others = sum(kind.kg_co2e or 0.0 for kind in rest)
        bars.append((words.say("other_rows", count=len(rest)), others, TINT))
    room = max(text_width(f"{three(kg)} kg", _SIZE) for _, kg, _ in bars) + 14
    scale = (_WIDTH - _NAMES - room) / max(*(kg for _, kg, _ in bars), 1e-30)
    boxes: list[Box] = []
    shapes: list[Shape] = []
    labels: list[Label] = []
    y = 4.0
    for name, kg, fill in bars:
        labels.append(_name(name, y))
        length = max(kg * scale, 1.0)
        boxes.append(Box(_NAMES, y, length, _BAR, fill, LINE if fill == TINT else ""))
        labels.append(Label(_NAMES + length + 6, y + 12.5, f"{three(kg)} kg", _SIZE, SOFT))
        y += _ROW
    if open_lines:
        labels.append(_name(words.say("not_counted"), y))
        length = (_WIDTH - _NAMES - room) * (0.5 if left is None else max(left, 0.05))
        boxes.append(Box(_NAMES, y, length, _BAR, PALE, LINE, dash=True))
        shapes += _hatched(_NAMES, y, length)
        said = "?" if left is None else words.say("of_mass", percent=percent(left))
        labels.append(Label(_NAMES + length + 6, y + 12.5, said, _SIZE, INK))
        y += _ROW
    described = words.say(
        "rows_desc",
        items=words["joiner"].join(f"{name} {three(kg)} kg" for name, kg, _ in bars),
        open=open_lines,
    )
    title = words.say("rows_title")
    return Drawing("rows", _WIDTH, y, title, described, tuple(boxes), tuple(shapes), tuple(labels))


def _name(text: str, y: float) -> Label:
    return Label(0, y + 12.5, shortened(text, _NAMES - 12, _SIZE), _SIZE)


def _hatched(x: float, y: float, length: float) -> list[Shape]:
    lines, at = [], x + 6
    while at < x + length - 2:
        start = max(at - 8, x)
        lines.append(Shape(f"M{start:.2f} {y + _BAR - 1:.2f}L{at:.2f} {y + 1:.2f}", stroke=LINE))
        at += 9
    return lines

"""Pictures of the console that reports do not have, drawn as those of reports are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.console.figures import rounded_percent, three
from api.language import Language
from footprint.drafts.work import LineKind
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import (
    ACCENT,
    INK,
    LINE,
    PALE,
    SOFT,
    TINT,
    Box,
    Drawing,
    Ink,
    Outline,
    Text,
    polyline,
)
from label_templates.type.fit import roomy_width, shortened

_BAR, _SIZE = 16.0, 13.0


@dataclass(frozen=True, slots=True)
class Rest:
    """What does not stand alone in a picture: further rows, and what is not counted: `left` is its
    share of the mass (None: cannot be told), `lines` how many."""

    kinds: Sequence[LineKind]
    left: float | None
    lines: int


@dataclass(frozen=True, slots=True)
class _Bar:
    """A row of the picture: its name, the length as a share of the longest, and what is printed."""

    name: str
    length: float
    text: str
    fill: str
    hatched: bool = False


def rows_drawing(
    top: Sequence[LineKind], rest: Rest, language: Language, *, phone: bool = False
) -> Drawing:
    """The largest rows, the others together, and what is not counted yet: a hatched bar with a
    question mark, as long as its share of the mass. On a phone the names stand above the bars."""
    words = console_words(language)
    rows = [(kind.line.name, kind.whole_kg_co2e or 0.0, ACCENT) for kind in top]
    if rest.kinds:
        others = sum(kind.whole_kg_co2e or 0.0 for kind in rest.kinds)
        rows.append((words.say("other_rows", count=len(rest.kinds)), others, TINT))
    longest = max(*(kg for _, kg, _ in rows), 1e-30)
    bars = [_Bar(name, kg / longest, f"{three(kg)} kg", fill) for name, kg, fill in rows]
    if rest.lines:
        known = rest.left is not None
        said = words.say("of_mass", percent=rounded_percent(rest.left or 0.0)) if known else "?"
        length = max(rest.left or 0.0, 0.05) if known else 0.5
        bars.append(_Bar(words.say("not_counted"), length, said, PALE, hatched=True))
    described = words.say(
        "rows_desc",
        items=words["joiner"].join(f"{name} {three(kg)} kg" for name, kg, _ in rows),
        open=rest.lines,
    )
    return _drawn(bars, words.say("rows_title"), described, phone=phone)


def _drawn(bars: Sequence[_Bar], title: str, described: str, *, phone: bool) -> Drawing:
    width, names, row = (320.0, 0.0, 46.0) if phone else (640.0, 210.0, 30.0)
    room = max(roomy_width(bar.text, _SIZE) for bar in bars) + 14
    boxes: list[Box] = []
    shapes: list[Outline] = []
    labels: list[Text] = []
    y = 4.0
    for bar in bars:
        top = y + 19 if phone else y
        space = width if phone else names - 12
        labels.append(Text(0, y + 12.5, _SIZE, Ink(INK), shortened(bar.name, space, _SIZE)))
        length = max(bar.length * (width - names - room), 1.0)
        edge = LINE if bar.fill != ACCENT else ""
        # Boxes are drawn over shapes: a filled one would hide its hatching.
        fill = "none" if bar.hatched else bar.fill
        boxes.append(Box(names + 0.5, top, length, _BAR, fill, edge, dash=bar.hatched))
        if bar.hatched:
            shapes += _hatched(names, top, length)
        ink = INK if bar.hatched else SOFT
        labels.append(Text(names + length + 6, top + 12.5, _SIZE, Ink(ink), bar.text))
        y += row
    name = "rows-tall" if phone else "rows"
    return Drawing(name, width, y, title, described, tuple(boxes), tuple(shapes), tuple(labels))


def _hatched(x: float, y: float, length: float) -> list[Outline]:
    lines, at = [], x + 6
    while at < x + length - 2:
        start = max(at - 8, x)
        lines.append(Outline(polyline((start, y + _BAR - 1), (at, y + 1)), stroke=LINE))
        at += 9
    return lines


@dataclass(frozen=True, slots=True)
class Whisker:
    """A bar with its interval: the name above, the value, its limits, and what is printed."""

    name: str
    value: float
    low: float
    high: float
    text: str


def whisker_drawing(rows: Sequence[Whisker], language: Language, *, phone: bool = False) -> Drawing:
    """Totals as bars from zero with a line from the low to the high end of each interval."""
    words = console_words(language)
    width = 320.0 if phone else 640.0
    room = max(roomy_width(row.text, _SIZE) for row in rows) + 14
    longest = max(*(max(row.high, row.value) for row in rows), 1e-30)
    scale = (width - room) / longest
    boxes: list[Box] = []
    labels: list[Text] = []
    y = 4.0
    for row in rows:
        labels.append(Text(0, y + 12.5, _SIZE, Ink(INK), shortened(row.name, width, _SIZE)))
        top, middle = y + 19, y + 19 + _BAR / 2
        boxes.append(Box(0.5, top, max(row.value * scale, 1.0), _BAR, TINT, LINE))
        low, high = max(row.low, 0.0) * scale, max(row.high, 0.0) * scale
        boxes.append(Box(low, middle - 0.75, max(high - low, 1.5), 1.5, INK))
        boxes += [Box(end - 0.75, top + 3, 1.5, 10.0, INK) for end in (low, high)]
        end = max(row.value * scale, high) + 6
        labels.append(Text(end, top + 12.5, _SIZE, Ink(INK), row.text))
        y += 48
    said = words["joiner"].join(
        f"{row.name} {row.text} ({three(row.low)}–{three(row.high)})" for row in rows
    )
    name = "compare-tall" if phone else "compare"
    title = words.say("compare_bars")
    return Drawing(name, width, y, title, said, tuple(boxes), (), tuple(labels))

"""What a drawing is made of: boxes, shapes, lines of text, a code, a word across it.

Plain numbers in the drawing's own units. One template makes them SVG (`drawing.svg`), one makes
the typesetter draw them (`templates/drawing.typ`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

INK, SOFT, LINE = "#16232b", "#4a5a63", "#9aa7ad"
ACCENT, TINT, PALE = "#0b5563", "#bcd5d9", "#eaf2f3"
RED = "#8a1c1c"

Anchor = Literal["start", "middle", "end"]
#: A step of an outline: M (move) and L (line) to a point, C (curve) with two control points and
#: its end, Z (close).
Step = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Ink:
    """Colour, and the width of an outline in the same colour, which makes the regular weight of
    the embedded fonts look bold."""

    fill: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line with its baseline at `y`; `anchor` says which part of it stands at `x`.

    `length`: its measured width, to which viewers with another font squeeze it; 0 lets them set
    it as wide as it comes.
    """

    x: float
    y: float
    size: float
    ink: Ink
    content: str
    length: float = 0.0
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `dash` marks what is not counted, so that colour is never the only sign."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    thickness: float = 1.2
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline of steps."""

    steps: tuple[Step, ...]
    fill: str = "none"
    stroke: str = ""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code: runs of dark modules (column, row, length), place of its upper left corner,
    size of a module, side in modules."""

    runs: tuple[tuple[int, int, int], ...]
    x: float
    y: float
    scale: float
    modules: int


@dataclass(frozen=True, slots=True)
class TurnedWord:
    """A word across the label, turned by `angle` degrees about its middle at (x, y)."""

    x: float
    y: float
    size: float
    angle: float
    content: str
    length: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its name (an XML id, empty where it stands alone), size, what it is called, and
    what it shows in words. Drawn in this order: shapes, boxes, texts, mark, code."""

    name: str
    width: float
    height: float
    title: str
    description: str
    boxes: tuple[Box, ...]
    shapes: tuple[Outline, ...]
    texts: tuple[Text, ...]
    code: Code | None = None
    mark: TurnedWord | None = None


def polyline(*points: tuple[float, float]) -> tuple[Step, ...]:
    """The steps of a line through `points`."""
    first, *rest = points
    return (("M", first), *(("L", point) for point in rest))


def stacked(
    lines: Sequence[str],
    x: float,
    middle: float,
    size: float,
    *,
    fill: str = INK,
    anchor: Anchor = "start",
) -> list[Text]:
    """Lines of text around the height `middle`."""
    step = size * 1.25
    first = middle - step * (len(lines) - 1) / 2 + size * 0.35
    return [
        Text(x, first + step * at, size, Ink(fill), line, anchor=anchor)
        for at, line in enumerate(lines)
    ]


def rounded(value: float) -> float:
    """Two decimals are finer than any printer and keep the file short."""
    return round(value, 2)

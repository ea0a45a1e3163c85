"""Drawings of a report as plain shapes, and their measured text; one template makes them SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from label_templates.fonts import metrics, printable

INK, SOFT, LINE = "#16232b", "#4a5a63", "#9aa7ad"
ACCENT, TINT, PALE = "#0b5563", "#bcd5d9", "#eaf2f3"
ELLIPSIS = "…"
#: Viewers of an SVG have other fonts than the one that was measured; some are wider.
_WIDER = 1.06
#: Characters between which a line may break.
CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{CJK}]|[^\s{CJK}]+|\s+")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `dash` marks what is not counted, so that colour is never the only sign."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A path: SVG path data with numbers of two decimal places."""

    data: str
    fill: str = "none"
    stroke: str = ""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text. `anchor`: start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    fill: str = INK
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its name (an XML id), size, what it is called, and what it shows in words."""

    name: str
    width: float
    height: float
    title: str
    description: str
    boxes: tuple[Box, ...]
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


def text_width(text: str, size: float) -> float:
    """Width of `text` in one line, with room for wider fonts than the one that is measured.

    Measured with the Latin letters of English, which are wider than those of the Chinese font.
    """
    return metrics("en").width(printable(text), size) * _WIDER


def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """`text` in at most `lines` lines no wider than `width`; what does not fit ends in `…`."""
    done: list[str] = []
    current = ""
    pieces = _PIECES.findall(text)
    for at, piece in enumerate(pieces):
        if text_width(current + piece, size) <= width:
            current += piece
            continue
        if len(done) == lines - 1:
            return (*done, shortened(current + "".join(pieces[at:]), width, size))
        if current.strip():
            done.append(current.strip())
            current = ""
        rest = piece.lstrip()
        while text_width(rest, size) > width:
            if len(done) == lines - 1:
                return (*done, shortened(rest + "".join(pieces[at + 1 :]), width, size))
            head = _head(rest, width, size)
            done.append(head)
            rest = rest[len(head) :]
        current = rest
    return (*done, current.strip()) if current.strip() or not done else tuple(done)


def shortened(text: str, width: float, size: float) -> str:
    """`text` no wider than `width` in one line; what does not fit ends in `…`."""
    if text_width(text, size) <= width:
        return text.strip()
    return _head(text, width - text_width(ELLIPSIS, size), size).rstrip() + ELLIPSIS


def _head(text: str, width: float, size: float) -> str:
    """The longest beginning of `text` within `width`; one character at least."""
    used = 0.0
    for at, char in enumerate(text):
        used += text_width(char, size)
        if used > width and at:
            return text[:at]
    return text


def stacked(lines: Sequence[str], x: float, middle: float, size: float, **look: str) -> list[Label]:
    """Lines of text around the height `middle`."""
    step = size * 1.25
    first = middle - step * (len(lines) - 1) / 2 + size * 0.35
    return [
        Label(x, first + step * at, line, size, **look)  # type: ignore[arg-type]
        for at, line in enumerate(lines)
    ]

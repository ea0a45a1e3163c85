"""The pen that places the lines and boxes of a label from top to bottom, and its inks."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, inf

from label_templates.drawing.shapes import RED, Box, Drawing, Ink, Text, rounded
from label_templates.type.fit import fit, text_width
from label_templates.type.fonts import printable

BLACK = "#111111"
GREY = "#444444"
#: Height of a line, and of the part of it below the letters, as shares of the type's size. Thai
#: has marks above marks.
_PITCH, _THAI_PITCH = (1.25, 0.2), (1.42, 0.27)
#: Thickness of a frame.
_FRAME = 1.5
#: This project's own rule for print: a module of the code, and the height of the smallest type,
#: are no smaller than this, in mm.
MODULE_MM = 0.4
TYPE_MM = 1.6
PLAIN, SOFT = Ink(BLACK), Ink(GREY)
SEMIBOLD, BOLD, HEAVY = Ink(BLACK, 0.25), Ink(BLACK, 0.4), Ink(BLACK, 1.0)
WHITE, WHITE_BOLD = Ink("#ffffff"), Ink("#ffffff", 0.6)
WARNING, ALARM = Ink(RED, 0.25), Ink(RED, 0.8)


def least_width_mm(label: Drawing) -> int:
    """How wide a label must be printed for its code and its smallest type (see above)."""
    smallest = min(text.size for text in label.texts)
    module = label.code.scale if label.code else inf
    return ceil(label.width * max(MODULE_MM / module, TYPE_MM / smallest) - 1e-9)


@dataclass(slots=True)
class Pen:
    """Collects what is drawn, from top to bottom; `y` is the lower edge so far. `left` and `inner`
    are the left edge and the width of a line where none is given."""

    language: str
    left: float
    inner: float
    y: float = 0.0
    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def write(
        self,
        content: str,
        size: float,
        *,
        width: float = 0.0,
        smallest: float = 0.0,
        lines: int = 1,
        ink: Ink = PLAIN,
        gap: float = 0.0,
    ) -> None:
        """Lines of text below what is there, shrunk and cut to `width` and `lines`."""
        if not content:
            return
        fitted = fit(
            content,
            width or self.inner,
            size,
            smallest=smallest or size,
            lines=lines,
            language=self.language,
        )
        self.y += gap
        pitch, drop = _THAI_PITCH if self.language == "th" else _PITCH
        for line in fitted.lines:
            self.y += fitted.size * pitch
            self.line(line, fitted.size, self.left, self.y - fitted.size * drop, ink)

    def line(self, content: str, size: float, x: float, y: float, ink: Ink = PLAIN) -> None:
        """One line with its baseline at `y`, as wide as it comes."""
        content = printable(content)
        length = self.width(content, size)
        self.texts.append(Text(rounded(x), rounded(y), size, ink, content, rounded(length)))

    def width(self, content: str, size: float) -> float:
        """Width of one line in the fonts of the label's language."""
        return text_width(content, size, self.language)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = ""
    ) -> None:
        self.boxes.append(
            Box(rounded(x), rounded(y), rounded(width), rounded(height), fill, stroke, _FRAME)
        )

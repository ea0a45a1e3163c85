"""What a label is drawn from: lines of text, boxes, a code, and the pen that places them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil

from label_templates.fit import fit, text_width
from label_templates.fonts import printable

BLACK = "#111111"
GREY = "#444444"
RED = "#8a1c1c"
#: Height of a line, and of the part of it below the letters, as shares of the type's size. Thai
#: has marks above marks.
_PITCH, _THAI_PITCH = (1.25, 0.2), (1.42, 0.27)
#: This project's own rule for print: a module of the code, and the height of the smallest type,
#: are no smaller than this, in mm.
MODULE_MM = 0.4
TYPE_MM = 1.6


@dataclass(frozen=True, slots=True)
class Ink:
    """Colour, and the width of an outline in the same colour, which makes the regular weight of
    the embedded fonts look bold."""

    fill: str = BLACK
    weight: float = 0.0


PLAIN, SOFT = Ink(), Ink(GREY)
SEMIBOLD, BOLD, HEAVY = Ink(weight=0.25), Ink(weight=0.4), Ink(weight=1.0)
WHITE, WHITE_BOLD = Ink("#ffffff"), Ink("#ffffff", 0.6)
WARNING, ALARM = Ink(RED, 0.25), Ink(RED, 0.8)


@dataclass(frozen=True, slots=True)
class Text:
    """One line. `length` is its measured width: viewers with another font squeeze it to fit."""

    x: float
    y: float
    size: float
    ink: Ink
    content: str
    length: float


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code: path, place of its upper left corner, size of a module, side in modules."""

    path: str
    x: float
    y: float
    scale: float
    modules: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A word across the label, turned by `angle` degrees about its middle at (x, y)."""

    x: float
    y: float
    size: float
    angle: float
    content: str
    length: float


@dataclass(frozen=True, slots=True)
class LabelLayout:
    width: float
    height: float
    title: str
    description: str
    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]
    code: Code
    mark: Mark | None = None

    @property
    def least_width_mm(self) -> int:
        """How wide the label must be printed for its code and its smallest type (see above)."""
        smallest = min(text.size for text in self.texts)
        return ceil(self.width * max(MODULE_MM / self.code.scale, TYPE_MM / smallest) - 1e-9)

    def described(self, description: str) -> LabelLayout:
        """The same label with the sentence that screen readers say."""
        return replace(self, description=description)


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
            Box(rounded(x), rounded(y), rounded(width), rounded(height), fill, stroke)
        )


def rounded(value: float) -> float:
    """Two decimals are finer than any printer and keep the file short."""
    return round(value, 2)

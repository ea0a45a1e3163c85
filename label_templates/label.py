"""The label: a plain rectangle of our own. Here every place and size is computed; the template
only draws. Shapes that other people use as marks (foot, leaf, globe) are never drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.certificates.view import CertificateView
from label_templates.fit import fit, text_width
from label_templates.fonts import printable
from label_templates.qr import qr_path
from label_templates.sheet import Sheet, make_sheet
from label_templates.words import Words

#: Units of the drawing; it may be printed at any size.
WIDTH = 400.0
_MARGIN = 18.0
_INNER = WIDTH - 2 * _MARGIN
_QR_SIDE = 118.0
_COLUMN = _INNER - _QR_SIDE - 12
_BAND = 66.0
_UNIT_GAP = 7.0
_BAR_LEFT, _BAR_RIGHT, _BAR_HEIGHT, _BAR_STEP = 132.0, 296.0, 9.0, 16.0
BLACK = "#111111"
GREY = "#444444"


@dataclass(frozen=True, slots=True)
class Ink:
    """Colour, and the width of an outline in the same colour, which makes the regular weight of
    the one embedded font look bold."""

    fill: str = BLACK
    weight: float = 0.0


PLAIN, SOFT = Ink(), Ink(GREY)
SEMIBOLD, BOLD, HEAVY = Ink(weight=0.25), Ink(weight=0.4), Ink(weight=1.0)
WHITE, WHITE_BOLD = Ink("#ffffff"), Ink("#ffffff", 0.6)
WARNING = Ink("#8a1c1c", 0.25)


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
class LabelLayout:
    height: float
    title: str
    description: str
    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]
    qr_path: str
    qr_x: float
    qr_y: float
    qr_scale: float


@dataclass(slots=True)
class _Pen:
    """Collects what is drawn, from top to bottom; `y` is the lower edge so far."""

    y: float = 0.0
    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def write(
        self,
        content: str,
        size: float,
        *,
        x: float = _MARGIN,
        width: float = _INNER,
        smallest: float = 0.0,
        lines: int = 1,
        ink: Ink = PLAIN,
        gap: float = 0.0,
    ) -> None:
        """Lines of text below what is there, shrunk and cut to `width` and `lines`."""
        if not content:
            return
        fitted = fit(content, width, size, smallest=smallest or size, lines=lines)
        self.y += gap
        for line in fitted.lines:
            self.y += fitted.size * 1.25
            self.line(line, fitted.size, x, self.y - fitted.size * 0.2, ink)

    def line(self, content: str, size: float, x: float, y: float, ink: Ink = PLAIN) -> None:
        """One line with its baseline at `y`, as wide as it comes."""
        content = printable(content)
        length = text_width(content, size)
        self.texts.append(Text(_r(x), _r(y), size, ink, content, _r(length)))

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = ""
    ) -> None:
        self.boxes.append(Box(_r(x), _r(y), _r(width), _r(height), fill, stroke))


def label_layout(view: CertificateView, words: Words) -> LabelLayout:
    """Where everything stands on the label of `view`."""
    sheet = make_sheet(view, words)
    pen = _Pen()
    pen.box(0, 0, WIDTH, _BAND, sheet.colour)
    pen.y = 10
    pen.write(sheet.tier, 22, smallest=14, ink=WHITE_BOLD)
    pen.write(sheet.rules_of, 11.5, smallest=9.5, ink=WHITE, gap=2)
    pen.y = _BAND + 8
    pen.write(sheet.product, 17, smallest=13, lines=2, ink=BOLD)
    pen.write(sheet.holder, 11.5, smallest=9.5, ink=SOFT)
    top = pen.y + 10
    path, modules = qr_path(view.verify_url)
    _headline(pen, sheet, view, words, top)
    pen.y = max(pen.y, top + _QR_SIDE - 8)
    _bars(pen, sheet, words)
    _foot(pen, sheet, view, words)
    height = _r(pen.y + 12)
    pen.box(0.75, 0.75, WIDTH - 1.5, height - 1.5, "none", BLACK)
    return LabelLayout(
        height=height,
        title=f"{words.say('product_footprint')}{words['colon']}{sheet.product}",
        description=_description(sheet, view, words),
        texts=tuple(pen.texts),
        boxes=tuple(pen.boxes),
        qr_path=path,
        qr_x=_r(WIDTH - _MARGIN - _QR_SIDE + 6),
        qr_y=_r(top - 4),
        qr_scale=round(_QR_SIDE / modules, 5),
    )


def _headline(pen: _Pen, sheet: Sheet, view: CertificateView, words: Words, top: float) -> None:
    """The number, its unit and what it is per, beside the code."""
    pen.y = top
    pen.write(words.say("product_footprint"), 11.5, width=_COLUMN, smallest=9, ink=SOFT)
    size = 46.0
    while size > 6 and _amount_width(sheet, size) > _COLUMN:
        size -= 1
    baseline = pen.y + 46
    pen.line(sheet.amount, size, _MARGIN, baseline, HEAVY)
    x = _MARGIN + text_width(sheet.amount, size) + _UNIT_GAP
    for piece, scale, drop in _unit_pieces(sheet.unit):
        pen.line(piece, _r(size * scale), x, baseline + size * drop, BOLD)
        x += text_width(piece, size * scale)
    pen.y = baseline + 6
    pen.write(sheet.per, 14, width=_COLUMN, smallest=9)
    boundary = words.word("boundaries", view.boundary)
    pen.write(boundary, 11.5, width=_COLUMN, smallest=9, ink=SOFT)


def _unit_pieces(unit: str) -> tuple[tuple[str, float, float], ...]:
    """The unit in pieces: text, size and drop below the baseline as shares of the number's size.

    The font has no subscript two, so it is drawn as a small, lowered one.
    """
    return ((f"{unit} CO", 0.44, 0.0), ("2", 0.28, 0.07), ("e", 0.44, 0.0))


def _amount_width(sheet: Sheet, size: float) -> float:
    pieces = _unit_pieces(sheet.unit)
    unit = sum(text_width(piece, size * scale) for piece, scale, _ in pieces)
    return text_width(sheet.amount, size) + _UNIT_GAP + unit


def _bars(pen: _Pen, sheet: Sheet, words: Words) -> None:
    if not sheet.bars:
        return
    pen.write(words.say("by_stage"), 11.5, gap=2, ink=SEMIBOLD)
    pen.y += 4
    scale = _BAR_RIGHT - _BAR_LEFT
    first = pen.y
    for bar in sheet.bars:
        label = fit(bar.label, _BAR_LEFT - _MARGIN - 6, 10.5, smallest=8)
        pen.line(label.lines[0], label.size, _MARGIN, pen.y + _BAR_HEIGHT, SOFT)
        fill = "#9a9a9a" if bar.negative else sheet.colour
        length = max(bar.length * scale, 0.75)
        pen.box(_BAR_LEFT + bar.start * scale, pen.y, length, _BAR_HEIGHT, fill)
        value = fit(bar.value, WIDTH - _MARGIN - _BAR_RIGHT - 6, 10.5, smallest=6)
        right = WIDTH - _MARGIN - text_width(value.lines[0], value.size)
        pen.line(value.lines[0], value.size, right, pen.y + _BAR_HEIGHT, SOFT)
        pen.y += _BAR_STEP
    zero = _BAR_LEFT + scale * next((b.start for b in sheet.bars if not b.negative), 1.0)
    pen.box(zero - 0.5, first - 3, 1, pen.y - first + 1, BLACK)


def _foot(pen: _Pen, sheet: Sheet, view: CertificateView, words: Words) -> None:
    """Who verified, how long it holds, which number it has, and what it is not."""
    pen.box(_MARGIN, pen.y + 3, _INNER, 0.75, BLACK)
    pen.y += 7
    if not sheet.covered_in_full:
        pen.write(sheet.coverage, 11.5, smallest=9, lines=2, ink=WARNING, gap=1)
    ink = SEMIBOLD if sheet.self_declared else PLAIN
    pen.write(sheet.verified, 11.5, smallest=9.5, lines=2, ink=ink)
    issuer = words.pick(view.issuer_name, view.issuer_name_zh)
    issued = words.say("issued_by", issuer=issuer, day=view.issued_at[:10])
    pen.write(issued, 10.5, smallest=9, lines=2, gap=1)
    pen.write(sheet.term, 10.5, smallest=9, gap=1)
    pen.write(words.say("number_short", number=view.number), 12, gap=3, ink=SEMIBOLD)
    pen.write(sheet.not_scheme, 9, smallest=8, lines=2, ink=SOFT, gap=3)


def _description(sheet: Sheet, view: CertificateView, words: Words) -> str:
    return words.say(
        "label_desc",
        tier=sheet.tier,
        amount=sheet.amount,
        unit=sheet.unit,
        per=sheet.per,
        verified=sheet.verified,
        number=words.say("number_short", number=view.number),
    )


def _r(value: float) -> float:
    """Two decimals are finer than any printer and keep the file short."""
    return round(value, 2)

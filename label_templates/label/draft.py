"""What every size of the label has: the number with its unit, the code, the frame, and the signs
that the label is not in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin

from footprint.certificates.register import State
from footprint.certificates.view import CertificateView
from label_templates.content.phrases import least_where
from label_templates.content.sheet import CertificateSheet, make_sheet
from label_templates.drawing.qr import qr_code
from label_templates.drawing.shapes import RED, Code, Drawing, TurnedWord, rounded
from label_templates.label.pen import (
    ALARM,
    BLACK,
    BOLD,
    HEAVY,
    SOFT,
    WHITE_BOLD,
    Pen,
    least_width_mm,
)
from label_templates.type.fit import fit
from label_templates.words import Words

#: The tier's band of a label that is not in force.
_GREY_BAND = "#5f5f5f"
#: Between a number and its unit, as a share of the number's size.
_UNIT_GAP = 0.15
#: Turn in degrees of the word across a label, and its greatest height as a share of its width.
_ANGLE, _MARK_SIZE = -14.0, 0.3


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label that is being drawn, `width` units wide."""

    view: CertificateView
    words: Words
    sheet: CertificateSheet
    state: State
    width: float
    pen: Pen

    @property
    def in_force(self) -> bool:
        return self.state == "issued"

    @property
    def band_colour(self) -> str:
        """The tier's colour, of which a label that is not in force has none."""
        return self.sheet.colour if self.in_force else _GREY_BAND


def begin(
    view: CertificateView, words: Words, state: State, width: float, margin: float
) -> LabelDraft:
    """An empty label with an equal margin on both sides. What was made as a draft stays one."""
    state = "draft" if view.draft and state == "issued" else state
    pen = Pen(words.language, margin, width - 2 * margin)
    return LabelDraft(view, words, make_sheet(view, words), state, width, pen)


def write_claim(draft: LabelDraft, size: float, smallest: float) -> None:
    """The statement; below it and just as large, whether nobody but the holder stands behind it."""
    pen, sheet = draft.pen, draft.sheet
    lines = [sheet.tier, draft.words.say("self_declared_short")] if sheet.self_declared else []
    language = draft.words.language
    fitted = [fit(line, pen.inner, size, smallest=smallest, language=language) for line in lines]
    common = min((one.size for one in fitted), default=size)
    for line in lines or [sheet.tier]:
        pen.write(line, common, smallest=smallest, ink=WHITE_BOLD)


def write_status(draft: LabelDraft, size: float) -> None:
    """The state and what it means at the head of a label that is not in force; else nothing."""
    if draft.in_force:
        return
    pen, words = draft.pen, draft.words
    pen.y = size * 0.25
    says = words.word("state_says", draft.state)
    if draft.state == "draft":  # its sentence says the word itself
        pen.write(says, size, smallest=size * 0.5, ink=ALARM)
    else:
        pen.write(words.word("states", draft.state), size, smallest=size * 0.6, ink=ALARM)
        pen.write(says, size * 0.5, smallest=size * 0.42, lines=2)
    pen.y += size * 0.35
    edge = size * 0.12
    pen.box(edge, edge, draft.width - 2 * edge, pen.y - edge, "none", RED)
    pen.y += edge


def write_heading(draft: LabelDraft, size: float, smallest: float, width: float) -> None:
    """What the number is, above it; bold where it is at least so much."""
    ink = SOFT if draft.sheet.complete else BOLD
    draft.pen.write(draft.sheet.heading, size, width=width, smallest=smallest, lines=2, ink=ink)


def write_amount(draft: LabelDraft, size: float, width: float, baseline: float) -> None:
    """The number and its unit in one line, shrunk until they fit `width`."""
    pen, sheet = draft.pen, draft.sheet
    pieces = _unit_pieces(sheet.unit)

    def gap_and_unit(size: float) -> float:
        unit = sum(pen.width(piece, size * scale) for piece, scale, _ in pieces)
        return size * _UNIT_GAP + unit

    while size > 3 and pen.width(sheet.amount, size) + gap_and_unit(size) > width:
        size -= 0.5
    pen.line(sheet.amount, size, pen.left, baseline, HEAVY)
    x = pen.left + pen.width(sheet.amount, size) + size * _UNIT_GAP
    for piece, scale, drop in pieces:
        pen.line(piece, rounded(size * scale), x, baseline + size * drop, BOLD)
        x += pen.width(piece, size * scale)


def _unit_pieces(unit: str) -> tuple[tuple[str, float, float], ...]:
    """The unit in pieces: text, size and drop below the baseline as shares of the number's size.

    Not every font has a subscript two, so it is drawn as a small, lowered one.
    """
    return ((f"{unit} CO", 0.44, 0.0), ("2", 0.28, 0.07), ("e", 0.44, 0.0))


def code_at(draft: LabelDraft, x: float, y: float, side: float) -> Code:
    """The code with its upper left corner at (x, y), its quiet zone within `side`."""
    return qr_code(draft.view.verify_url, rounded(x), rounded(y), side)


def finish(
    draft: LabelDraft, height: float, code: Code, across: tuple[float, float, float]
) -> Drawing:
    """The label in its frame. A state that is not in force is written `across` the number by the
    code, that of a draft in a place of its own: x and y of its middle, and its width."""
    words, sheet, pen = draft.words, draft.sheet, draft.pen
    height = rounded(height)
    pen.box(0.75, 0.75, draft.width - 1.5, height - 1.5, "none", BLACK)
    drawing = Drawing(
        name="",
        width=draft.width,
        height=height,
        title=f"{words.say('product_footprint')}{words['colon']}{sheet.product}",
        description="",
        texts=tuple(pen.texts),
        boxes=tuple(pen.boxes),
        shapes=(),
        code=code,
        mark=None if draft.in_force else _mark(draft, *across),
    )
    return replace(drawing, description=_description(draft, least_width_mm(drawing)))


def place_across(
    draft: LabelDraft, number: tuple[float, float, float], width: float
) -> tuple[float, float, float]:
    """Where the word across goes: over the `number`, which holds no longer; that of a draft, whose
    number is to be read, below all that is there, `width` wide: nothing else is written there."""
    if draft.state != "draft":
        return number
    pen, word = draft.pen, _mark(draft, 0.0, 0.0, width)
    turn = abs(radians(_ANGLE))
    height = word.length * sin(turn) + word.size * cos(turn)
    pen.y += height
    return pen.left + pen.inner / 2, pen.y - height / 2, width


def _mark(draft: LabelDraft, x: float, y: float, width: float) -> TurnedWord:
    word = draft.words.word("states", draft.state).upper()
    fitted = fit(word, width, width * _MARK_SIZE, smallest=4, language=draft.words.language)
    (line,) = fitted.lines
    length = rounded(draft.pen.width(line, fitted.size))
    # The middle of the letters is about a third of their size above the baseline.
    return TurnedWord(rounded(x), rounded(y + fitted.size / 3), fitted.size, _ANGLE, line, length)


def _description(draft: LabelDraft, least_mm: int) -> str:
    words, sheet = draft.words, draft.sheet
    said = words.say(
        "label_desc",
        tier=words["colon"].join(part for part in (sheet.tier, sheet.claim) if part),
        amount=least_where(sheet.amount, words, partial=not sheet.complete),
        unit=sheet.unit,
        per=sheet.per,
        verified=words["stop"].join(part for part in (sheet.verified, sheet.limits) if part),
        number=words.say("number_short", number=draft.view.number),
    )
    status = "" if draft.in_force else words.word("state_says", draft.state) + " "
    return f"{status}{said} {words.say('print_size', mm=least_mm)}"

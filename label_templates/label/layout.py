"""The label: a plain rectangle of our own, in three sizes. Here every place and size of the full
one is computed; the template only draws. Shapes that other people use as marks (foot, leaf,
globe) are never drawn.
"""

from __future__ import annotations

from typing import Literal, get_args

from footprint.certificates.register import State
from footprint.certificates.view import CertificateView
from label_templates.drawing.shapes import Drawing
from label_templates.label.draft import (
    LabelDraft,
    begin,
    code_at,
    finish,
    place_across,
    write_amount,
    write_claim,
    write_heading,
    write_status,
)
from label_templates.label.pen import (
    BLACK,
    BOLD,
    PLAIN,
    SEMIBOLD,
    SOFT,
    WARNING,
    WHITE,
    WHITE_BOLD,
)
from label_templates.label.small import compact, mini
from label_templates.type.fit import fit
from label_templates.words import Words

Size = Literal["full", "compact", "mini"]
SIZES: tuple[Size, ...] = get_args(Size)
#: Units of the drawing of the full label; it may be printed at any size above the least one.
WIDTH = 400.0
_MARGIN = 18.0
_INNER = WIDTH - 2 * _MARGIN
_QR_SIDE = 118.0
_COLUMN = _INNER - _QR_SIDE - 12
_BAND = 66.0
_STATUS = 26.0
#: How wide the word across a draft is.
_DRAFT = 180.0
_BAR_LEFT, _BAR_RIGHT, _BAR_HEIGHT, _BAR_STEP = 132.0, 296.0, 9.0, 16.0


def label_layout(
    view: CertificateView, words: Words, size: Size = "full", state: State = "issued"
) -> Drawing:
    """Where everything stands on the label of `view`, whose register says `state`."""
    if size == "full":
        return _full(begin(view, words, state, WIDTH, _MARGIN))
    return compact(view, words, state) if size == "compact" else mini(view, words, state)


def _full(draft: LabelDraft) -> Drawing:
    pen, sheet = draft.pen, draft.sheet
    write_status(draft, _STATUS)
    top = pen.y
    pen.y += 10
    write_claim(draft, 22, 14)
    pen.write(sheet.claim, 13, smallest=10, lines=2, ink=WHITE_BOLD, gap=2)
    pen.write(sheet.rules_on_label, 11.5, smallest=9.5, ink=WHITE, gap=2)
    bottom = max(pen.y + 8, top + _BAND)
    pen.box(0, top, WIDTH, bottom - top, draft.band_colour)
    pen.y = bottom + 8
    pen.write(sheet.product, 17, smallest=13, lines=2, ink=BOLD)
    pen.write(sheet.holder, 11.5, smallest=9.5, ink=SOFT)
    top = pen.y + 10
    _headline(draft, top)
    pen.y = max(pen.y, top + _QR_SIDE - 8)
    number = (_MARGIN + _COLUMN / 2, top + _QR_SIDE * 0.5, _COLUMN)
    _bars(draft)
    across = place_across(draft, number, _DRAFT)
    _foot(draft)
    code = code_at(draft, WIDTH - _MARGIN - _QR_SIDE + 6, top - 4, _QR_SIDE)
    return finish(draft, pen.y + 12, code, across)


def _headline(draft: LabelDraft, top: float) -> None:
    """The number, its unit and what it is per, beside the code."""
    pen, words = draft.pen, draft.words
    pen.y = top
    write_heading(draft, 11.5, 9, _COLUMN)
    baseline = pen.y + 46
    write_amount(draft, 46, _COLUMN, baseline)
    pen.y = baseline + 6
    pen.write(draft.sheet.per, 14, width=_COLUMN, smallest=9)
    boundary = words.word("boundaries", draft.view.boundary)
    pen.write(boundary, 11.5, width=_COLUMN, smallest=9, lines=2, ink=SOFT)


def _bars(draft: LabelDraft) -> None:
    pen, sheet, language = draft.pen, draft.sheet, draft.words.language
    if not sheet.bars:
        return
    pen.write(draft.words.say("by_stage"), 11.5, gap=2, ink=SEMIBOLD)
    pen.y += 4
    scale = _BAR_RIGHT - _BAR_LEFT
    first = pen.y
    for bar in sheet.bars:
        room = _BAR_LEFT - _MARGIN - 6
        label = fit(bar.label, room, 10.5, smallest=8, language=language)
        pen.line(label.lines[0], label.size, _MARGIN, pen.y + _BAR_HEIGHT, SOFT)
        fill = "#9a9a9a" if bar.negative else draft.band_colour
        length = max(bar.length * scale, 0.75)
        pen.box(_BAR_LEFT + bar.start * scale, pen.y, length, _BAR_HEIGHT, fill)
        room = WIDTH - _MARGIN - _BAR_RIGHT - 6
        value = fit(bar.value, room, 10.5, smallest=6, language=language)
        right = WIDTH - _MARGIN - pen.width(value.lines[0], value.size)
        pen.line(value.lines[0], value.size, right, pen.y + _BAR_HEIGHT, SOFT)
        pen.y += _BAR_STEP
    zero = _BAR_LEFT + scale * next((b.start for b in sheet.bars if not b.negative), 1.0)
    pen.box(zero - 0.5, first - 3, 1, pen.y - first + 1, BLACK)


def _foot(draft: LabelDraft) -> None:
    """Who verified, how long it holds, which number it has, and what it is not."""
    pen, sheet, view, words = draft.pen, draft.sheet, draft.view, draft.words
    pen.box(_MARGIN, pen.y + 3, _INNER, 0.75, BLACK)
    pen.y += 7
    if not sheet.covered_in_full:
        pen.write(sheet.coverage, 11.5, smallest=9, lines=2, ink=WARNING, gap=1)
    pen.write(sheet.lacks, 11.5, smallest=9, lines=5, ink=WARNING, gap=1)
    pen.write(sheet.limits, 11.5, smallest=9, lines=2, ink=WARNING, gap=1)
    pen.write(sheet.weak, 10.5, smallest=9, lines=2, ink=WARNING, gap=1)
    ink = SEMIBOLD if sheet.self_declared else PLAIN
    pen.write(sheet.verified, 11.5, smallest=9.5, lines=2, ink=ink)
    issuer = words.pick(view.issuer_name, view.issuer_name_zh)
    issued = words.say("issued_by", issuer=issuer, day=view.issued_at[:10])
    pen.write(issued, 10.5, smallest=9, lines=2, gap=1)
    pen.write(sheet.term, 10.5, smallest=9, lines=2, gap=1)
    pen.write(words.say("number_short", number=view.number), 12, gap=3, ink=SEMIBOLD)
    pen.write(sheet.not_scheme_on_label, 9, smallest=8, lines=2, ink=SOFT, gap=3)

"""The two small labels, for packages that have no room for the full one.

Both keep what may not be missing: the statement, the number with its unit and what it is per,
whether anybody verified it, whether data are missing, the certificate number and the code, which
leads to everything else.
"""

from __future__ import annotations

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
    PLAIN,
    SEMIBOLD,
    WARNING,
    WHITE_BOLD,
)
from label_templates.words import Words

_COMPACT_WIDTH, _COMPACT_MARGIN, _COMPACT_BAND, _COMPACT_CODE = 220.0, 9.0, 30.0, 92.0
_MINI_WIDTH, _MINI_MARGIN, _MINI_CODE = 242.0, 7.0, 72.0
_MINI_BAND = 17.0
#: How wide the word across a draft is.
_DRAFT = 90.0
#: The code's white keeps off the frame.
_EDGE = 2.0


def compact(view: CertificateView, words: Words, state: State) -> Drawing:
    """A small rectangle: the statement above, the number beside the code."""
    draft = begin(view, words, state, _COMPACT_WIDTH, _COMPACT_MARGIN)
    pen, sheet = draft.pen, draft.sheet
    write_status(draft, 16)
    band = pen.y
    pen.y += 5
    write_claim(draft, 15, 8)
    pen.write(sheet.claim, 8.5, smallest=7, lines=3, ink=WHITE_BOLD, gap=1)
    top = max(pen.y + 5, band + _COMPACT_BAND)
    pen.box(0, band, _COMPACT_WIDTH, top - band, draft.band_colour)
    column = _COMPACT_WIDTH - _COMPACT_MARGIN - _COMPACT_CODE - _EDGE
    pen.y = top + 4
    write_heading(draft, 8.5, 6.5, column)
    baseline = pen.y + 26
    write_amount(draft, 30, column, baseline)
    pen.y = baseline + 2
    pen.write(sheet.per, 10, width=column, smallest=7.5, lines=2)
    pen.y = max(pen.y, top + _COMPACT_CODE - 2)
    _assurance(draft, 8.5, 7)
    pen.write(words.say("number_short", number=view.number), 9, smallest=7, ink=SEMIBOLD, gap=1)
    code = code_at(draft, _COMPACT_MARGIN + column, top, _COMPACT_CODE)
    number = (_COMPACT_MARGIN + column / 2, top + _COMPACT_CODE * 0.5, column)
    across = place_across(draft, number, _DRAFT)
    return finish(draft, pen.y + 7, code, across)


def mini(view: CertificateView, words: Words, state: State) -> Drawing:
    """A strip: the code on its left, everything else in lines beside it."""
    draft = begin(view, words, state, _MINI_WIDTH, _MINI_MARGIN)
    pen, sheet = draft.pen, draft.sheet
    write_status(draft, 13)
    top, left = pen.y, _EDGE + _MINI_CODE
    pen.left, pen.inner = left + 5, _MINI_WIDTH - left - 5 - _MINI_MARGIN
    pen.y += 2
    write_claim(draft, 10.5, 6.5)
    pen.write(sheet.claim, 7, smallest=6.5, lines=3, ink=WHITE_BOLD, gap=1)
    bottom = max(pen.y + 2, top + _MINI_BAND)
    pen.box(left, top, _MINI_WIDTH - left, bottom - top, draft.band_colour)
    pen.y = bottom
    if not sheet.complete:  # the strip has no room for the words above a number that is all
        pen.y += 2
        write_heading(draft, 7.5, 6.5, pen.inner)
    baseline = pen.y + 20
    write_amount(draft, 22, pen.inner, baseline)
    pen.y = baseline + 1
    pen.write(sheet.per, 7.5, smallest=6.5)
    _assurance(draft, 7, 6.5)
    pen.write(words.say("number_short", number=view.number), 7.5, smallest=6.5, ink=SEMIBOLD)
    height = max(pen.y + 5, top + _MINI_CODE + 2 * _EDGE)
    number = (pen.left + pen.inner / 2, (bottom + height) / 2, pen.inner)
    across = place_across(draft, number, _DRAFT)
    height = max(pen.y + 5, height)
    code = code_at(draft, _EDGE, (top + height - _MINI_CODE) / 2, _MINI_CODE)
    return finish(draft, height, code, across)


def _assurance(draft: LabelDraft, size: float, smallest: float) -> None:
    """Missing data, where it must not be shown, weak rules, and who verified."""
    pen, sheet = draft.pen, draft.sheet
    if not sheet.covered_in_full:
        pen.write(sheet.coverage, size, smallest=smallest, lines=3, ink=WARNING)
    pen.write(sheet.limits, size, smallest=smallest, lines=3, ink=WARNING)
    pen.write(sheet.weak, size, smallest=smallest, lines=2, ink=WARNING)
    ink = SEMIBOLD if sheet.self_declared else PLAIN
    pen.write(sheet.verified, size, smallest=smallest, lines=2, ink=ink)

"""Make a text fit a box: wrap it, then shrink it, then cut it with an ellipsis."""

from __future__ import annotations

import re
from dataclasses import dataclass

from label_templates.fonts import metrics, printable

ELLIPSIS = "…"
#: Where a line may break: after each Chinese, Japanese or Korean character with the closing
#: punctuation that clings to it, and between runs of blanks and runs of anything else.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "\u3001\u3002\uff0c\uff1b\uff1a\uff09\uff01\uff1f\u300b\u300d\u300f\u3011)\\]},.;:!?"
_PIECES = re.compile(rf"[{_CJK}\uff00-\uffef][{_CLOSING}]*|[^\s{_CJK}\uff00-\uffef]+|\s+")
_SHRINK = 0.95
#: In em. The narrowest column of the certificate holds a heading of 13 pt in 125 mm.
_LONGEST_WORD = 26
_LONG_WORD = re.compile(r"\S{20,}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The size that was chosen and the lines at that size, each no wider than the box."""

    size: float
    lines: tuple[str, ...]


def fit(text: str, width: float, size: float, *, smallest: float, lines: int = 1) -> Fitted:
    """`text` in at most `lines` lines of `width`, at `size` or smaller but not below `smallest`.

    What does not fit even then ends in an ellipsis. Widths and sizes share one unit.
    """
    shown = printable(text)
    while True:
        wrapped = _wrap(shown, width, size)
        if len(wrapped) <= lines:
            return Fitted(size, tuple(wrapped))
        if size * _SHRINK < smallest:
            break
        size = round(size * _SHRINK, 2)
    rest = " ".join(wrapped[lines - 1 :])
    return Fitted(size, (*wrapped[: lines - 1], _cut(rest, width, size)))


def text_width(text: str, size: float) -> float:
    """Width of one line of printed text."""
    return metrics().width(printable(text), size)


def breakable(text: str) -> str:
    """`text` with invisible break points in words too long for a column of the certificate.

    Content hashes stay whole: people copy them.
    """
    return _LONG_WORD.sub(_with_breaks, text)


def _with_breaks(match: re.Match[str]) -> str:
    word = match[0]
    if _HASH.fullmatch(word) or text_width(word, 1) <= _LONGEST_WORD:
        return word
    return "\u200b".join(word)


def _wrap(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    used = 0.0
    for piece in _PIECES.findall(text):
        length = text_width(piece, size)
        if used + length <= width:
            lines[-1] += piece
            used += length
            continue
        if piece.isspace():
            continue
        if lines[-1].strip():
            lines.append("")
        rest = piece
        while length > width:
            lines[-1] = _prefix(rest, width, size)
            rest = rest[len(lines[-1]) :]
            length = text_width(rest, size)
            lines.append("")
        lines[-1], used = rest, length
    return [line.strip() for line in lines if line.strip()] or [""]


def _cut(text: str, width: float, size: float) -> str:
    if text_width(text, size) <= width:
        return text
    room = width - text_width(ELLIPSIS, size)
    return _prefix(text, room, size).rstrip() + ELLIPSIS


def _prefix(text: str, width: float, size: float) -> str:
    """The longest beginning of `text` within `width`; one character at least."""
    used = 0.0
    for place, character in enumerate(text):
        used += text_width(character, size)
        if used > width and place:
            return text[:place]
    return text

"""Make a text fit a box: wrap it, then shrink it, then cut it with an ellipsis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from label_templates.type.clusters import breakable_pieces, clusters
from label_templates.type.fonts import metrics, printable

ELLIPSIS = "…"
_SHRINK = 0.95
#: Viewers of a picture have other fonts than the one that was measured; some are wider.
ROOMY = 1.06
#: Runs of these letters are mostly words: one shorter than this share of a line is kept whole.
_WORD_SHARE = 0.4
_WORD = re.compile("[\u0e00-\u0e7f]+|[\u1100-\u11ff\uac00-\ud7af]+|[\u30a0-\u30ff]+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The size that was chosen and the lines at that size, each no wider than the box."""

    size: float
    lines: tuple[str, ...]


def fit(
    text: str,
    width: float,
    size: float,
    *,
    smallest: float,
    lines: int = 1,
    language: str = "zh",
) -> Fitted:
    """`text` in at most `lines` lines of `width`, at `size` or smaller but not below `smallest`.

    What does not fit even then ends in an ellipsis. Widths and sizes share one unit. `language`
    decides the fonts that the text is measured with.
    """
    shown = printable(text)
    if text_width(shown, size, language) <= width:
        return Fitted(size, (shown.strip(),))
    while True:
        wrapped = _wrap(shown, width, size, language)
        if len(wrapped) <= lines:
            return Fitted(size, tuple(wrapped))
        if size * _SHRINK < smallest:
            break
        size = round(size * _SHRINK, 2)
    rest = _after(wrapped[: lines - 1], shown)
    return Fitted(size, (*wrapped[: lines - 1], _cut(rest, width, size, language)))


def text_width(text: str, size: float, language: str = "zh") -> float:
    """Width of one line of printed text."""
    return metrics(language).width(printable(text), size)


@cache
def widest_plain(language: str) -> float:
    """The width of the widest ASCII character, in em: so many of them times it is always enough."""
    return max(text_width(chr(code), 1, language) for code in range(128))


def roomy_width(text: str, size: float) -> float:
    """Width of one line with room for the fonts of viewers, some of which are wider.

    Measured with the Latin letters of English, which are wider than those of the Chinese font.
    """
    return text_width(text, size, "en") * ROOMY


@lru_cache(maxsize=4096)  # names of datasets and stages are measured for every report
def wrapped(text: str, width: float, size: float, lines: int) -> tuple[str, ...]:
    """`text` in at most `lines` lines no wider than `width` in any viewer's fonts."""
    return fit(text, width / ROOMY, size, smallest=size, lines=lines, language="en").lines


def shortened(text: str, width: float, size: float) -> str:
    """`text` in one line no wider than `width`; what does not fit ends in an ellipsis."""
    return wrapped(text, width, size, 1)[0]


def _wrap(text: str, width: float, size: float, language: str) -> list[str]:
    lines = [""]
    used = 0.0
    for piece in _words(text, width * _WORD_SHARE, size, language):
        length = text_width(piece, size, language)
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
            lines[-1] = _prefix(rest, width, size, language)
            rest = rest[len(lines[-1]) :]
            length = text_width(rest, size, language)
            lines.append("")
        lines[-1], used = rest, length
    return [line.strip() for line in lines if line.strip()] or [""]


def _words(text: str, width: float, size: float, language: str) -> list[str]:
    """The pieces of a text; those of one word are joined if the word is no wider than `width`."""
    found: list[str] = []
    word: list[str] = []
    for piece in breakable_pieces(text):
        if word and not _same_word(word[-1], piece):
            found += _joined(word, width, size, language)
            word = []
        word.append(piece)
    return found + _joined(word, width, size, language)


def _same_word(piece: str, following: str) -> bool:
    """Whether the letters on both sides of a boundary are of one script that has words."""
    match = _WORD.fullmatch(piece[-1] + following[0])
    return match is not None


def _joined(word: list[str], width: float, size: float, language: str) -> list[str]:
    whole = "".join(word)
    return [whole] if text_width(whole, size, language) <= width else word


def _after(lines: list[str], text: str) -> str:
    """What follows the first lines of a text."""
    place = 0
    for line in lines:
        place = text.index(line, place) + len(line)
    return text[place:].strip()


def _cut(text: str, width: float, size: float, language: str) -> str:
    if text_width(text, size, language) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, language)
    return _prefix(text, room, size, language).rstrip() + ELLIPSIS


def _prefix(text: str, width: float, size: float, language: str) -> str:
    """The longest beginning of `text` within `width`, in whole clusters; one at least."""
    used = 0.0
    kept = ""
    for cluster in clusters(text):
        used += text_width(cluster, size, language)
        if used > width and kept:
            break
        kept += cluster
    return kept

"""Make a text fit a box: wrap it, then shrink it, then cut it with an ellipsis."""

from __future__ import annotations

import re
from dataclasses import dataclass

from label_templates.clusters import clusters, pieces
from label_templates.fonts import metrics, printable

ELLIPSIS = "…"
_SHRINK = 0.95
#: In em. The narrowest column of the certificate holds a heading of 13 pt in 125 mm.
_LONGEST_WORD = 26
#: Thai words are found by the typesetter's dictionary. What it takes for one endless word may
#: break after so many clusters.
_THAI_STRIDE = 16
_THAI = re.compile("[\u0e00-\u0e7f]")
_LONG_WORD = re.compile(r"\S{20,}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_BREAK = "\u200b"
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


def breakable(text: str, language: str = "zh") -> str:
    """`text` with invisible break points in words too long for a column of the certificate.

    Content hashes stay whole: people copy them.
    """

    def with_breaks(match: re.Match[str]) -> str:
        word = match[0]
        if _HASH.fullmatch(word) or text_width(word, 1, language) <= _LONGEST_WORD:
            return word
        return "".join(_broken(run, language) for run in _runs(word))

    return _LONG_WORD.sub(with_breaks, text)


def _runs(word: str) -> list[str]:
    """A word in runs of Thai and of pieces that are not."""
    runs: list[str] = []
    for piece in pieces(word):
        if runs and _THAI.match(piece) and _THAI.match(runs[-1]):
            runs[-1] += piece
        else:
            runs.append(piece)
    return runs


def _broken(run: str, language: str) -> str:
    if _HASH.fullmatch(run) or text_width(run, 1, language) <= _LONGEST_WORD:
        return run
    stride = _THAI_STRIDE if _THAI.match(run) else 1
    parts = clusters(run)
    return _BREAK.join(
        "".join(parts[place : place + stride]) for place in range(0, len(parts), stride)
    )


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
    for piece in pieces(text):
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

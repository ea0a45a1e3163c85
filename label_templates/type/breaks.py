"""Invisible places to break in words that are wider than the column they stand in.

The typesetter divides Thai by its own dictionary and other words at blanks. What it takes for one
endless word may end a line here. Letters are never parted from their marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from label_templates.type.clusters import breakable_pieces, clusters
from label_templates.type.fit import text_width, widest_plain

BREAK = "\u200b"
#: In em. The narrowest column of the certificate holds a heading of 13 pt in 125 mm.
LONGEST_WORD = 26.0
#: Letters that join, or whose words a dictionary finds: a break mark after each of them would undo
#: either. They have one after so many clusters at most, and one per em of the column's width.
_RARE = re.compile("[\u0600-\u08ff\u0e00-\u0e7f\ufb50-\ufdff\ufe70-\ufefc]")
_STRIDE = 16
_WORD = re.compile(r"\S{2,}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
#: Where a path, an address or a number may be divided first.
_JOINTS = re.compile(r"(?<=[-/._:,;=&?@])")


@lru_cache(maxsize=4096)
def breakable(
    text: str,
    language: str = "zh",
    room: float = LONGEST_WORD,
    *,
    at_joints: bool = False,
    hashes: bool = False,
) -> str:
    """`text` with break marks in words wider than `room` (in em) in the fonts of `language`.

    `at_joints`: at the joints of addresses and numbers where that suffices. Content hashes stay
    whole unless `hashes`: people copy them. What was asked last is kept: most texts of one
    certificate stand in the next one too.
    """

    sure = room / widest_plain(language)
    if text.isascii() and all(len(word) < sure for word in text.split()):
        return text  # nearly every text: no word can be too wide, so none is measured

    def fits(run: str) -> bool:
        if len(run) < sure and run.isascii():
            return True
        kept = _HASH.fullmatch(run) and not hashes
        return bool(kept) or text_width(run, 1, language) <= room

    if fits(text):
        return text

    def divided(run: str) -> str:
        if fits(run):
            return run
        parts = _JOINTS.split(run) if at_joints else [run]
        return BREAK.join(part if fits(part) else _broken(part, room) for part in parts)

    def with_breaks(match: re.Match[str]) -> str:
        word = match[0]
        return word if fits(word) else "".join(map(divided, _runs(word)))

    return _WORD.sub(with_breaks, text)


def _runs(word: str) -> list[str]:
    """A word in runs of letters that have few break marks and of pieces that are not."""
    runs: list[str] = []
    for piece in breakable_pieces(word):
        if runs and _RARE.match(piece) and _RARE.match(runs[-1]):
            runs[-1] += piece
        else:
            runs.append(piece)
    return runs


def _broken(run: str, room: float) -> str:
    stride = max(1, min(_STRIDE, int(room))) if _RARE.match(run) else 1
    parts = clusters(run)
    return BREAK.join(
        "".join(parts[place : place + stride]) for place in range(0, len(parts), stride)
    )

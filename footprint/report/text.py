"""Texts of users as a report prints them: one line, and nothing that hides what follows."""

from __future__ import annotations

import unicodedata

from footprint.late_pattern import late_pattern

#: Marks that change the direction of what follows; a name must not rearrange a report.
_DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANKS = late_pattern(r"\s+")


def printable_line(text: str) -> str:
    """`text` in one line; control characters, unpaired surrogates and direction marks as `\ufffd`.

    No form of a report can hold them all: XML 1.0 forbids most control characters.
    """
    one_line = _BLANKS.sub(" ", text).strip()
    if one_line.isprintable():
        return one_line  # nearly every text; looking at each character took a third of a report
    return "".join("\ufffd" if _refused(char) else char for char in one_line)


def _refused(char: str) -> bool:
    return (
        char in _DIRECTION
        or unicodedata.category(char) in {"Cc", "Cs"}
        or ord(char) & 0xFFFE == 0xFFFE  # noncharacters at the end of each plane
    )

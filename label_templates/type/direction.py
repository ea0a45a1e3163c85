"""Text from right to left among text from left to right."""

from __future__ import annotations

import unicodedata

#: Bidirectional classes of letters that are written from right to left, and of their digits.
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """`text` as a part of a sentence: the order of what stands around it does not change.

    Without this a date after an Arabic name reads `21-11-2026`. Text from left to right stays as
    it is, and the marks themselves are invisible.
    """
    if text.isascii():
        return text
    if not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"

"""Which letters a text is written in, as far as its readers are concerned."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Letters, marks and letter-like numbers that a reader of English can read, by the first word of
#: their names: Greek ones are signs of units and grades (µm, Ω, α-olefin).
_READ = frozenset(("LATIN", "GREEK", "COMBINING", "MODIFIER", "VARIATION"))
#: Signs that are parts of such letters, though they count as symbols.
_PARTS = ("CJK", "KANGXI", "IDEOGRAPH", "HANGUL", "HIRAGANA", "KATAKANA")


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in `text` (also in one that Japanese writes)."""
    return not text.isascii() and any(map(_is_han, unicodedata.normalize("NFKC", text)))


def is_read_in_english(text: str) -> bool:
    """Whether a reader of English can read `text`: some letter or digit, and no letter but Latin
    and Greek ones. Digits, punctuation and signs of any script are no hindrance."""
    if text.isascii():
        return any(map(str.isalnum, text))
    # Squared and bracketed signs fall apart: `㎏` is read, `㈱` is not.
    plain = unicodedata.normalize("NFKC", text)
    return any(map(str.isalnum, plain)) and not any(map(_is_foreign, plain))


def has_latin(text: str) -> bool:
    """Whether there is a Latin letter in `text`."""
    return any(
        char.isalpha() and unicodedata.name(char, "").startswith("LATIN")
        for char in unicodedata.normalize("NFKC", text)
    )


@lru_cache(maxsize=16384)
def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("CJK UNIFIED", "CJK COMPAT", "IDEOGRAPHIC NUM"))


@lru_cache(maxsize=16384)
def _is_foreign(char: str) -> bool:
    name, kind = unicodedata.name(char, ""), unicodedata.category(char)
    if kind[0] in "LM" or kind == "Nl":
        return name.partition(" ")[0] not in _READ
    return kind == "So" and any(part in name for part in _PARTS)

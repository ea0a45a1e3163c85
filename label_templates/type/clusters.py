"""Where a text may be divided: between clusters at all, and between pieces where a line may end.

A cluster is what a reader takes for one letter: a base with its marks, a Thai consonant with the
vowels before, above, below and after it, a Korean syllable of several letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain

#: Thai vowels that are written before their consonant, and signs that never begin a line.
_THAI_LEADING = "\u0e40-\u0e44"
_THAI_TRAILING = "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46"
_THAI_LETTER = "\u0e01-\u0e2e\u0e3f\u0e4f-\u0e5b"
_HANGUL_JAMO = "[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*"
_JOINER = 0x200D
#: Scripts in which a line may end after each letter. Small kana and closing marks stay with the
#: letter or the word before them, opening marks with the letter after.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_THAI = "\u0e01-\u0e5b"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b"
_CLOSING = (
    "\u3001\u3002\uff0c\uff0e\uff1b\uff1a\uff09\uff3d\uff5d\uff01\uff1f\u3009\u300b\u300d\u300f"
    "\u3011\u3015\u30fb\u30fc\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6)\\]},.;:!?%"
)


def clusters(text: str) -> list[str]:
    """`text` in clusters; joined they give `text`."""
    return _patterns()[0].findall(text)


def breakable_pieces(text: str) -> list[str]:
    """`text` in pieces after each of which a line may end: blanks, words, and in Chinese, Japanese,
    Korean and Thai single letters. Joined they give `text`."""
    return _patterns()[1].findall(text)


#: Where marks may stand: ideographs, syllables and private characters between are none.
_WITH_MARKS = (
    range(0x300, 0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),
    range(0xE0100, 0xE01F0),
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a cluster and the pattern of a piece."""
    marks = f"[{_marks()}]*"
    tail = f"{marks}(?:[{_THAI_TRAILING}]{marks})*"
    thai = f"(?:[{_THAI_LEADING}]+[{_THAI_LETTER}]?|[{_THAI_LETTER}]){tail}"
    closing = f"(?:[{_CLOSING}]{marks})*"
    cluster = rf"{thai}|{_HANGUL_JAMO}{marks}|[\s\S]{marks}"
    cjk = f"(?:[{_OPENING}]{marks})*[{_CJK}]{marks}{closing}"
    word = rf"(?:[^\s{_CJK}{_THAI}]{marks})+"
    piece = rf"\s+{marks}|{cjk}|{thai}{closing}|{word}{closing}|[\s\S]{marks}"
    return re.compile(cluster), re.compile(piece)


def _marks() -> str:
    """The characters that belong to the one before them, as the inside of a character class: marks,
    the joiner and variation selectors. Scripts beyond the first plane that need marks have no font
    here."""
    codes = [
        code
        for code in chain(*_WITH_MARKS)
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc") or code == _JOINER
    ]
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)

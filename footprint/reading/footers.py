"""What stands below a list: who approved it, on which page, when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, row_words

#: A number that stands alone in its row, as below a column of prices.
FIGURE = late_pattern(r"[€$¥£]?\s*\d[\d.,'’ ]*\s*[€$¥£]?")
#: What ends a key: `Approved by:`, `Approved ____`.
_KEY_ENDS = late_pattern(r"[:：]|__|_\s*$")
#: What stands behind such a word where it begins a sentence; `Printed part` is none.
_BEHIND = (
    *("by ", "on ", "at ", "am ", "von ", "durch ", "par ", "le ", "por ", "da ", "il ", "el "),
    *map(str, range(10)),
)


def is_footer(texts: Sequence[str], has_amount: bool, counted: bool) -> bool:
    """Whether a row, of which `texts` are the filled cells, is one below the list."""
    word = _footer_word(texts[0]) if may_begin(texts[0][:2], "footer") else ""
    if not word:
        return False
    worded = [one for one in texts if not FIGURE.fullmatch(one)]
    if word == "all" and len(worded) > 1 and all(map(_is_below, worded)):
        return True  # `Approved`, `Notes` beside the sum of the quantities
    return word == "marked" or (not has_amount and (word == "all" or not counted))


def _is_below(text: str) -> bool:
    return fold(text) in row_words("footer") | row_words("note")


def _footer_word(text: str) -> str:
    """Whether a text is `Approved by:` (`marked`), a word of a footer (`all`), begins with a long
    one (`begins`), or is none of these ("")."""
    first = fold(text)
    if first.isdigit():
        return ""
    if fold(_KEY_ENDS.split(text, maxsplit=1)[0]) in row_words("footer"):
        return "marked" if ":" in text or "：" in text or "__" in text else "all"
    return "begins" if first.startswith(_long_words()) else ""


@cache
def _long_words() -> tuple[str, ...]:
    """What a sentence of a footer begins with."""
    words = [word for word in row_words("footer") if len(word) > 5]
    whole = [word for word in words if " " in word or not word.isascii()]
    return (*whole, *(f"{word} {one}" for word in words if word not in whole for one in _BEHIND))


@lru_cache(maxsize=65536)
def may_begin(first: str, kind: str) -> bool:
    """Whether a text whose first two characters are these can begin with a word of a kind. Most
    cannot, which spares folding 100,000 different names."""
    if not (first[:1].isascii() and first[:1].isalnum()):
        return True  # accents, width and punctuation are folded away
    if not (first.isascii() and first.isalnum()):
        first = first[:1]  # what is folded away is behind it
    words = {word[: len(first)] for word in row_words(kind)}
    return first.lower() in words

"""Which letters of some texts cannot be printed: asked before a page is made, and answered by name.

A character may have no font at all. Or it has one and cannot be set where it stands: a mark
without a letter below it, for example.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from label_templates.type import typesetting
from label_templates.type.breaks import BREAK
from label_templates.type.clusters import clusters
from label_templates.type.fonts import families, missing_characters, printable

#: General categories of characters whose look depends on their neighbours: marks, format
#: characters and whatever else is no letter of its own.
_DEPENDENT = frozenset(("Mn", "Mc", "Me", "Cc", "Cf", "Cs", "Co", "Cn"))
_INVISIBLE = frozenset(("Cc", "Cf"))
#: So many letters are named at most: each costs some milliseconds to find.
MOST_NAMED = 10


def unprintable_letters(texts: Iterable[str], language: str = "en") -> tuple[str, ...]:
    """The letters of `texts`, each with its marks, that the fonts of `language` cannot show.

    Empty when everything can be printed. Takes microseconds for texts of common letters, and some
    milliseconds where letters depend on their neighbours.
    """
    shown = [printable(text) for text in texts]
    rare = tuple(missing_characters(shown))
    marks = {char for char in set().union(*shown) if _depends(char)}
    dependent = tuple(text for text in dict.fromkeys(shown) if not marks.isdisjoint(text))
    if not _set(rare, language):
        return tuple(islice(_refused(rare, language), MOST_NAMED))
    found = (
        letter for text in _refused(dependent, language) for letter in _letters(text, language)
    )
    return tuple(dict.fromkeys(islice(found, MOST_NAMED)))


def named(letters: Sequence[str]) -> str:
    """Letters with their code points, for a message: `अ (U+0905), ी (U+0940)`."""
    return ", ".join(
        f"{letter} ({' '.join(f'U+{ord(char):04X}' for char in letter)})"
        for letter in letters[:MOST_NAMED]
    )


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of fields apart."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)


def _depends(char: str) -> bool:
    """Whether the look of a character depends on its neighbours. Between letters of which none
    does, a place to break changes nothing."""
    return char != BREAK and unicodedata.category(char) in _DEPENDENT


def _refused(texts: tuple[str, ...], language: str) -> Iterator[str]:
    """Those of some texts that cannot be set, found by halving."""
    if _set(texts, language):
        return
    if len(texts) == 1:
        yield texts[0]
        return
    middle = len(texts) // 2
    for half in (texts[:middle], texts[middle:]):
        yield from _refused(half, language)


def _letters(text: str, language: str) -> Iterator[str]:
    """The letters at fault in a text that cannot be set."""
    parts = tuple(dict.fromkeys(clusters(text)))
    alone = _set(parts, language)
    yield from _together(clusters(text), language) if alone else _refused(parts, language)


def _together(parts: list[str], language: str) -> Sequence[str]:
    """The letters at fault in clusters that can be set one by one but not in a row: the invisible
    ones of the shortest such row, or else all of it."""

    def fails(start: int, end: int) -> bool:
        return not _set(("".join(parts[start:end]),), language)

    end = bisect_left(range(len(parts)), True, key=lambda at: fails(0, at))
    start = bisect_left(range(end), True, key=lambda at: not fails(at, end)) - 1
    row = parts[max(start, 0) : end]
    hidden = [part for part in row if unicodedata.category(part[0]) in _INVISIBLE]
    return hidden or ["".join(row)]


@lru_cache(maxsize=256)
def _set(texts: tuple[str, ...], language: str) -> bool:
    """Whether the typesetter can set the texts."""
    if not texts:
        return True
    inputs = {
        "texts.json": json.dumps(texts, ensure_ascii=False),
        "fonts.json": json.dumps(families(language)),
    }
    try:
        typesetting.pdf("glyph.typ", inputs, 0)
    except typesetting.CannotSetError:
        return False
    return True

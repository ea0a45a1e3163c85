"""Which letters of some texts cannot be printed: asked before a page is made, and answered by name.

A character may have no font at all. Or it has one and cannot be set where it stands: a mark
without a letter below it, for example.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from label_templates.type import typesetting
from label_templates.type.clusters import clusters
from label_templates.type.fonts import families, missing_characters, printable

#: General categories of characters whose look depends on their neighbours: marks, format
#: characters and whatever else is no letter of its own.
_DEPENDENT = frozenset(("Mn", "Mc", "Me", "Cc", "Cf", "Cs", "Co", "Cn"))
#: So many letters are named at most: each costs some milliseconds to find.
MOST_NAMED = 10


def unprintable(texts: Iterable[str], language: str = "en") -> tuple[str, ...]:
    """The letters of `texts`, each with its marks, that the fonts of `language` cannot show.

    Empty when everything can be printed. Takes microseconds for texts of common letters, and some
    milliseconds where letters depend on their neighbours.
    """
    shown = [printable(text) for text in texts]
    rare = tuple(missing_characters(shown))
    dependent = tuple(text for text in dict.fromkeys(shown) if _depends(text))
    for kind in (rare, dependent):
        if kind and not _set(kind, language):
            return tuple(dict.fromkeys(islice(_culprits(kind, language), MOST_NAMED)))
    return ()


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


def _depends(text: str) -> bool:
    return any(unicodedata.category(char) in _DEPENDENT for char in text)


def _culprits(texts: tuple[str, ...], language: str) -> Iterator[str]:
    """The letters at fault in texts of which at least one cannot be set, found by halving."""
    if len(texts) > 1:
        middle = len(texts) // 2
        for half in (texts[:middle], texts[middle:]):
            if not _set(half, language):
                yield from _culprits(half, language)
        return
    parts = clusters(texts[0])
    alone = [part for part in parts if not _set((part,), language)]
    yield from alone or [texts[0]]


@lru_cache(maxsize=256)
def _set(texts: tuple[str, ...], language: str) -> bool:
    """Whether the typesetter can set the texts."""
    inputs = {
        "texts": json.dumps(texts, ensure_ascii=False),
        "fonts": json.dumps(families(language)),
    }
    try:
        typesetting.pdf("glyph.typ", inputs, 0)
    except typesetting.CannotSetError:
        return False
    return True

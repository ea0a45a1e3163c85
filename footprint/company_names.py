"""Names of companies for counting and comparing: without their legal form, which people write in
many ways. `Example Co., Ltd.`, `EXAMPLE Limited` and `Example GmbH` are one name here.

`legal_forms.json` lists the forms. What comes out is a key and is never shown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from footprint.late_pattern import late_pattern

#: Single letters with points or strokes between them are one word: S.A., A/S, G.m.b.H., o.o.
_INITIALS = late_pattern(r"(?<!\w)\w(?:[./]\s?\w(?!\w))+")
_BETWEEN = " .,;:·・"


class _Forms(NamedTuple):
    """Forms as words, at the end or at the beginning of a name; and in writing without blanks."""

    words: frozenset[tuple[str, ...]]
    leading: frozenset[tuple[str, ...]]
    scripts: tuple[str, ...]


@lru_cache(maxsize=8192)
def company_key(name: str) -> str:
    """What is equal for the names of one company. One word stays, be it a form; "" is the key of a
    name without a letter or a digit."""
    words = _words(_without_scripts(_folded(name)))
    stripped = _without_words(words)
    return "".join(stripped or _words(_folded(name)))


def _without_scripts(text: str) -> str:
    """A name without the forms that are written to it without a blank."""
    rest, before = text.strip(_BETWEEN), ""
    while rest != before:
        before = rest
        for form in _forms().scripts:
            rest = rest.removesuffix(form).removeprefix(form).strip(_BETWEEN)
    return rest


def _without_words(words: Sequence[str]) -> Sequence[str]:
    """The words of a name without forms at its beginning and end; longer forms first."""
    forms = _forms()
    plain = [_unmarked(word) for word in words]
    longest = max(map(len, forms.words | forms.leading))
    start, end = 0, len(words)
    for count in range(longest, 0, -1):
        if end > count and tuple(plain[:count]) in forms.leading:
            start = count
            break
    found = True
    while found:
        found = False
        for count in range(min(longest, end - start - 1), 0, -1):
            if tuple(plain[end - count : end]) in forms.words:
                end, found = end - count, True
                break
    return words[start:end]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _words(text: str) -> list[str]:
    joined = _INITIALS.sub(lambda found: re.sub(r"[./\s]", "", found[0]) + " ", text)
    letters = (char if char.isalnum() or _is_mark(char) else " " for char in joined)
    return "".join(letters).split()


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


def _unmarked(word: str) -> str:
    """A word without accents, as forms are often written."""
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not _is_mark(char)).replace("ł", "l")


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    lists = json.loads((files("footprint") / "legal_forms.json").read_text("utf-8"))
    words, leading = (
        frozenset(tuple(_unmarked(word) for word in _words(_folded(form))) for form in lists[name])
        for name in ("words", "leading")
    )
    scripts = sorted(map(_folded, lists["scripts"]), key=len, reverse=True)
    return _Forms(words, leading, tuple(scripts))

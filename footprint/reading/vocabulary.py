"""The words of bills of materials: what headings, units, rows and product facts are called.

The lists are data (`words/*.yaml`), in thirty-nine languages; `words/folded.json` has them as
look-up tables.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from footprint.late_pattern import late_pattern
from footprint.shipped_yaml import shipped_yaml

_PUNCTUATION = late_pattern(r"[\s_\-.:：*·,;'\"’ʼ′´`]+")
_SPECIAL = str.maketrans(
    {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "№": "no", "ı": "i"}
)
_MARKS = late_pattern("[\u0300-\u036f]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text for comparing words: without case, width, accents and the punctuation between words."""
    if text.isascii():
        plain = text.casefold()
    else:
        wide = unicodedata.normalize("NFKC", text).translate(_SPECIAL).casefold()
        split = _MARKS.sub("", unicodedata.normalize("NFD", wide))
        plain = unicodedata.normalize("NFC", split)
    return _PUNCTUATION.sub(" ", plain).strip()


def folded_words(text: str) -> frozenset[str]:
    """The words of a list separated by bars, for comparing with folded texts."""
    return frozenset(map(fold, text.split("|")))


def words_of(text: str) -> list[str]:
    """The entries of a list separated by bars."""
    return [word.strip() for word in text.split(" | ") if word.strip()]


@cache
def load(name: str) -> Any:
    """The content of a shipped word list (`columns`, `units`, `rows`, `facts`, `materials`)."""
    return shipped_yaml("footprint.reading", "words", f"{name}.yaml")


@dataclass(frozen=True, slots=True)
class Word:
    """A heading word: what it may mean, in the order of the list, and its language."""

    means: tuple[str, ...]
    languages: frozenset[str]


@cache
def word_tables() -> dict[str, Any]:
    """The look-up tables that `footprint.reading.words_build` makes of the word lists."""
    text = files("footprint.reading").joinpath("words", "folded.json").read_text("utf-8")
    tables: dict[str, Any] = json.loads(text)
    return tables


@cache
def headings() -> dict[str, Word]:
    """Folded heading -> what it means. One word may mean several things (`part`, `material`)."""
    tables = word_tables()
    kinds = [Word(tuple(means), frozenset(said)) for means, said in tables["heading_kinds"]]
    return {key: kinds[kind] for key, kind in tables["headings"].items()}


def fact_keys() -> dict[str, str]:
    """Folded key above a table -> the product fact that it names; the first list wins."""
    keys: dict[str, str] = word_tables()["facts"]
    return keys


@cache
def row_words(kind: str) -> frozenset[str]:
    """Folded words of one kind of row or cell (`total`, `footer`, `dnp` ...)."""
    return frozenset(word_tables()["rows"][kind])


@cache
def row_pattern(kind: str) -> re.Pattern[str]:
    """Finds a word of one kind anywhere in folded text, Latin ones as whole words."""
    ordered = sorted(row_words(kind), key=lambda word: (-len(word), word))
    latin = [re.escape(word) for word in ordered if word.isascii()]
    other = [re.escape(word) for word in ordered if not word.isascii()]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join(parts + other))

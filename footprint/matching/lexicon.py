"""What words are worth: the data file `words.yaml` as a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from footprint.late_pattern import late_pattern
from footprint.shipped_yaml import shipped_yaml

#: What a word says of a line: the material or thing itself (core, code), its family (generic), its
#: shape (form), a step of making it (process), its colour, or nothing that tells products apart
#: (stop). A code is a grade number that makes another material; a part number is a maker's own.
Kind = Literal["core", "code", "part_number", "generic", "form", "process", "colour", "stop"]
_DIGIT = late_pattern(r"\d")
_FIRST_WORD = late_pattern(r"[^\W_\u3400-\u9fff]+")
_LISTS: tuple[tuple[str, Kind], ...] = (
    ("form", "form"),
    ("process", "process"),
    ("generic", "generic"),
    ("stop", "stop"),
    ("colour", "colour"),
    ("supplier", "stop"),
)


class Spellings:
    """Finds any of many words in plain text, the longest first; English ones as whole words."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted(words, key=lambda word: (-len(word), word))
        latin = [word for word in ordered if not is_chinese(word[0])]
        chinese = [word for word in ordered if is_chinese(word[0])]
        self._latin = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, latin))})(?![a-z0-9])")
        self._chinese = re.compile("|".join(map(re.escape, chinese)))
        # Most texts hold none of the words: to see that by a set is 10 times as fast as to search.
        self._starts = frozenset(_FIRST_WORD.match(word)[0] for word in latin)  # type: ignore[index]

    def sub(self, replacement: Callable[[str], str], text: str) -> str:
        """`text` with every word that is found replaced."""
        if not self._starts.isdisjoint(_FIRST_WORD.findall(text)):
            text = self._latin.sub(lambda match: replacement(match[0]), text)
        if not text.isascii():
            text = self._chinese.sub(lambda match: replacement(match[0]), text)
        return text


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by kind, spellings of one thing, and characters that stand for one another."""

    kinds: dict[str, Kind]
    endings: frozenset[str]
    single: frozenset[str]
    single_means: dict[str, str]
    never_typos: frozenset[str]
    characters: dict[int, str]
    same: Spellings
    meant: dict[str, str]
    grade: re.Pattern[str]
    grade_prefix: re.Pattern[str]
    longest: int

    def plain(self, text: str) -> str:
        """Text without case and width, traditional and mistaken characters replaced, and one blank
        where there were several."""
        folded = fold_width(text)
        if not folded.isascii():  # no character of ASCII stands for another
            folded = folded.translate(self.characters)
        return " ".join(folded.split())


def fold_width(text: str) -> str:
    """Text without case and width, for comparison (Unicode NFKC and case folding)."""
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=256)  # the words of one line are asked for a dozen times in a row
def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def is_chinese(char: str) -> bool:
    """Whether a character is an ideograph."""
    return "\u3400" <= char <= "\u9fff"


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """An English word without the endings of plural, -ed and -ing: what its forms share."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "shes", "ches", "sses")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@cache
def lexicon() -> Lexicon:
    """The words that ship with the program, read once."""
    data: dict[str, Any] = shipped_yaml("footprint.matching", "words.yaml")
    characters = {ord(wrong): meant for wrong, meant in data["characters"].items()}

    def words(name: str) -> list[str]:
        return [fold_width(word).translate(characters) for word in data[name].split()]

    kinds: dict[str, Kind] = {}
    for name, kind in _LISTS:
        for word in words(name):
            kinds[word if not word.isascii() or _DIGIT.search(word) else stem(word)] = kind
    meant = {
        fold_width(spelling).translate(characters): fold_width(word).translate(characters)
        for spelling, word in data["same"].items()
    }
    return Lexicon(
        kinds=kinds,
        endings=frozenset(words("form_endings")),
        single=frozenset(words("single")),
        single_means=data["single_means"],
        never_typos=frozenset(map(stem, words("never_typos"))),
        characters=characters,
        same=Spellings(meant),
        meant=meant,
        grade=re.compile("|".join(data["grades"].split())),
        grade_prefix=re.compile(rf"(?<![a-z0-9])({'|'.join(words('grade_prefixes'))})[-\s](?=\d)"),
        longest=max(len(word) for word in kinds if is_chinese(word[0])),
    )

"""Headings that say in which language the names below them are: `英文名称`, `Description (EN)`; and
whether a cell below holds one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, headings, row_words
from footprint.scripts import has_han, has_latin, is_read_in_english

NameLanguage = Literal["name_en", "name_zh"]

#: The headings of the documented form, folded.
DOCUMENTED_NAMES: dict[str, NameLanguage] = {"name en": "name_en", "name zh": "name_zh"}
_WORDS: dict[NameLanguage, str] = {
    "name_en": "英文|英语|英語|영문|영어|english|englisch|anglais|inglese|ingles",
    "name_zh": "中文|汉语|漢語|华文|華文|중문|chinese|chinesisch|chinois",
}
#: Short words, which mean other things as well: only behind a name, and never before it
#: (`EN number` is of a standard, `CN code` of customs).
_CODES: dict[NameLanguage, str] = {
    "name_en": "en|eng|en us|en gb",
    "name_zh": "zh|cn|chs|cht|zh cn|zh tw",
}
#: Single letters of Chinese: only in brackets.
_LETTERS: dict[NameLanguage, str] = {"name_en": "英", "name_zh": "中"}
_NAMED = frozenset(("name", "description"))
#: What is left of `英文名` and `영문명`.
_SHORT = frozenset(("名", "명"))
#: Heads of columns that are names in some lists only.
_WEAK = frozenset("comment val value element wire cable fabric hardware 值 参数值 标称值".split())
#: A designation may be one by a European standard (EN).
_BY_STANDARD = late_pattern(r"designation|bezeichnung|norm|standard|material name")


@lru_cache(maxsize=4096)
def name_language(heading: str) -> NameLanguage | None:
    """`name_en` or `name_zh` where a heading says that names in that language stand below it."""
    plain = fold(unicodedata.normalize("NFKC", heading))
    if plain in DOCUMENTED_NAMES:
        return DOCUMENTED_NAMES[plain]
    for language, words in _WORDS.items():
        if re.fullmatch(words, plain):
            return language
        if any(map(_is_named, _stems(plain, language))) or any(
            _is_named(stem) and not _BY_STANDARD.search(stem)
            for stem in _stems_by_code(plain, language)
        ):
            return language
    return None


def says_nothing(text: str) -> bool:
    """Whether a cell holds no name at all: `-`, `n/a`, 无."""
    return not any(map(str.isalnum, text)) or fold(text) in row_words("cad_default")


def is_name_in(language: str, text: str) -> bool:
    """Whether a cell can be a name in English (`name_en`) or Chinese (`name_zh`)."""
    if says_nothing(text):
        return False
    if language == "name_zh":
        return has_han(text)
    return is_read_in_english(text) and has_latin(text)


def _stems(plain: str, language: NameLanguage) -> list[str]:
    """What a heading says beside the word for a language."""
    word = _WORDS[language]
    forms = (
        rf"(?P<stem>.+?)\s*[(\[【/|]\s*(?:{word}|{_LETTERS[language]})\s*[)\]】]",
        rf"(?P<stem>.+?)\s*/\s*(?:{word})",
        rf"(?:{word})\s+(?P<stem>.+)",
        rf"(?P<stem>.+?)\s+(?:in\s+|auf\s+)?(?:{word})",
    )
    found = [match["stem"] for form in forms if (match := re.fullmatch(form, plain))]
    # Chinese and Korean headings have no blanks: 物料英文名称.
    for one in word.split("|"):
        if not one.isascii() and plain.count(one) == 1:
            found.append(plain.replace(one, "").strip())
    return found


def _stems_by_code(plain: str, language: NameLanguage) -> list[str]:
    code = _CODES[language]
    forms = (
        rf"(?P<stem>.+?)\s*[(\[【]\s*(?:{code})\s*[)\]】]",
        rf"(?P<stem>.+?)\s*[\s/|]\s*(?:{code})",
    )
    return [match["stem"] for form in forms if (match := re.fullmatch(form, plain))]


def _is_named(stem: str) -> bool:
    if stem in _WEAK:
        return False
    word = headings().get(stem)
    return stem in _SHORT or (word is not None and word.means[0] in _NAMED)

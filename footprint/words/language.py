"""A problem in the language that is asked for.

Problems are raised in English, as f-strings where they are found. `sentences.yaml` has each as a
template with the Chinese beside it: the template that a sentence fits gives the Chinese, and what
was filled in is carried over (and looked up in turn: a reason is a sentence of its own). A sentence
that fits none stays English, so that nothing is ever lost; the tests hold every sentence of the
code against the list.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from footprint.faults import Problem, Where
from footprint.inventory.shipped import shipped
from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import load
from footprint.shipped_yaml import shipped_yaml

Language = Literal["en", "zh"]
#: A sentence with fewer characters of its own fits nearly everything: `{one}: {other}`.
_FEW = 6
_PLACE = late_pattern(r"\{(\w+)\}")
_ROW, _MORE = late_pattern(r"(['\"]) \(row (\d+)\)"), late_pattern(r" and (\d+) more$")


@dataclass(frozen=True, slots=True)
class _Sentence:
    pattern: re.Pattern[str]
    chinese: str
    own: int


def pairs() -> list[tuple[str, str]]:
    """Every sentence as (English, Chinese), with {names} for what is filled in."""
    read = shipped_yaml("footprint.words", "sentences.yaml")
    found = [(english, chinese) for english, chinese in read]
    for words in load("questions").values():
        found.append((words["en"], words["zh"]))
        if "do" in words:
            found.append((words["do"], words["do_zh"]))
    return found + [(words["en"], words["zh"]) for words in load("reasons").values()]


@cache
def _steps() -> dict[str, str]:
    """The steps that part models lack, as the inventory names them in both languages."""
    text = (shipped() / "parts" / "datasets.csv").read_text("utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        names = zip(row["lacks_en"].split("|"), row["lacks_zh"].split("|"), strict=True)
        found |= {english: chinese for english, chinese in names if english}
    return found


@cache
def _sentences() -> tuple[_Sentence, ...]:
    """All sentences, those with the most words of their own first: the narrowest fit wins."""
    found = [
        _Sentence(_pattern(english), chinese, len(_PLACE.sub("", english)))
        for english, chinese in pairs()
    ]
    return tuple(sorted(found, key=lambda sentence: -sentence.own))


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    found = "".join(
        f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
    return re.compile(found, re.DOTALL)


@lru_cache(maxsize=4096)
def in_chinese(english: str) -> str:
    """The Chinese of a sentence; the sentence itself where none is known."""
    if english in _steps():
        return _steps()[english]
    listed = ""
    for sentence in _sentences():
        if sentence.own < _FEW and not listed and (listed := _listed(english)):
            break  # what is left fits nearly everything
        match = sentence.pattern.fullmatch(english)
        if match:
            return _filled(sentence.chinese, match.groupdict())
    return listed or english


def _listed(english: str) -> str:
    """Steps in a row, or reasons of which each has its Chinese; "" for any other text. Names of
    steps hold commas themselves (`cage, seals and grease`)."""
    if english.split(", ", maxsplit=1)[0] in _steps() or _step_at(english):
        found, rest = [], english
        while rest:
            step = _step_at(rest)
            if not step:
                return ""
            found.append(_steps()[step])
            rest = rest[len(step) :].removeprefix(", ")
        return "、".join(found)
    parts = english.split("; ")
    if len(parts) == 1:
        return ""
    known = [in_chinese(part) for part in parts]
    return "；".join(known) if known != parts else ""


def _step_at(text: str) -> str:
    """The longest name of a step that a text begins with, up to a comma or its end."""
    fitting = [one for one in _steps() if text == one or text.startswith(f"{one}, ")]
    return max(fitting, key=len, default="")


def _filled(chinese: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: _rows_named(in_chinese(values[place[1]])), chinese)


def _rows_named(text: str) -> str:
    """Lines in a row, each with its place: `'Box' (row 8), 'Film' (row 9) and 3 more`."""
    if not _ROW.search(text):
        return text
    return _MORE.sub(r" 等另外 \1 行", _ROW.sub(r"\1（第 \2 行）", text).replace("）, ", "）、"))


def in_words(english: str, language: Language) -> str:
    """A sentence in a language."""
    return in_chinese(english) if language == "zh" else english


def in_language(problem: Problem, language: Language) -> Problem:
    """The problem with its message and hint in a language; code and place stay as they are."""
    if language == "en":
        return problem
    return problem._replace(message=in_chinese(problem.message), hint=in_chinese(problem.hint))


def place_in_chinese(where: Where) -> str:
    """A place in an input as Chinese readers are told it; "" for none."""
    places = [where.file] if where.file else []
    places += [f"第 {where.row} 行"] if where.row is not None else []
    places += [f"“{where.column}”列"] if where.column else []
    return "，".join(places)


def said(problem: Problem, language: Language) -> str:
    """The problem as a person reads it: code, place, what is wrong, and what to do."""
    return paragraph(in_language(problem, language), language)


def paragraph(problem: Problem, language: Language) -> str:
    """A problem that is in a language already, with its place in that language."""
    if language == "en":
        return str(problem)
    place = place_in_chinese(problem.where)
    place = f"（{place}）" if place else ""
    hint = f"\n    {problem.hint}" if problem.hint else ""
    return f"{problem.code}{place}：{problem.message}{hint}"

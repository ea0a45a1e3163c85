"""A problem in the language that is asked for.

Problems are raised in English, as f-strings where they are found. `sentences.yaml` has each as a
template with the Chinese beside it: the template that a sentence fits gives the Chinese, and what
was filled in is carried over (and looked up in turn: a reason is a sentence of its own). A sentence
that fits none stays English, so that nothing is ever lost; the tests hold every sentence of the
code against the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from footprint.faults import Problem
from footprint.reading.vocabulary import load

Language = Literal["en", "zh"]
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class _Sentence:
    pattern: re.Pattern[str]
    chinese: str


def pairs() -> list[tuple[str, str]]:
    """Every sentence as (English, Chinese), with {names} for what is filled in."""
    text = (files("footprint.words") / "sentences.yaml").read_text("utf-8")
    found = [(english, chinese) for english, chinese in yaml.safe_load(text)]
    for words in load("questions").values():
        found.append((words["en"], words["zh"]))
        if "do" in words:
            found.append((words["do"], words["do_zh"]))
    return found + [(words["en"], words["zh"]) for words in load("reasons").values()]


@cache
def _sentences() -> tuple[_Sentence, ...]:
    """All sentences, those with the most words of their own first: the narrowest fit wins."""
    ordered = sorted(pairs(), key=lambda pair: -len(_PLACE.sub("", pair[0])))
    return tuple(_Sentence(_pattern(english), chinese) for english, chinese in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    found = "".join(
        f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
    return re.compile(found, re.DOTALL)


@lru_cache(maxsize=4096)
def in_chinese(english: str) -> str:
    """The Chinese of a sentence; the sentence itself where none is known."""
    for sentence in _sentences():
        match = sentence.pattern.fullmatch(english)
        if match:
            return _filled(sentence.chinese, match.groupdict())
    return english


def _filled(chinese: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: in_chinese(values[place[1]]), chinese)


def in_language(problem: Problem, language: Language) -> Problem:
    """The problem with its message and hint in a language; code and place stay as they are."""
    if language == "en":
        return problem
    return problem._replace(message=in_chinese(problem.message), hint=in_chinese(problem.hint))


def said(problem: Problem, language: Language) -> str:
    """The problem as a person reads it: code, place, what is wrong, and what to do."""
    if language == "en":
        return str(problem)
    spoken, where = in_language(problem, language), problem.where
    places = [where.file] if where.file else []
    places += [f"第 {where.row} 行"] if where.row is not None else []
    places += [f"“{where.column}”列"] if where.column else []
    place = f"（{'，'.join(places)}）" if places else ""
    hint = f"\n    {spoken.hint}" if spoken.hint else ""
    return f"{spoken.code}{place}：{spoken.message}{hint}"

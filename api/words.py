"""What problems say in Chinese: sentences of the service word for word, others by their kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from api.language import Language
from footprint.faults import Problem
from footprint.shipped_yaml import shipped_yaml
from footprint.words.language import in_language as of_files

_Sentence = tuple[re.Pattern[str], str, Mapping[str, str]]
_PLACE = re.compile(r"\\\{(\d)\\\}")
_GAP = re.compile(r"\{\d\}")


def translated_problem(problem: Problem, language: Language) -> Problem:
    """The problem in this language. A sentence that has no translation follows, as it is, on the
    Chinese name of its code: what it says of the file is then still there."""
    if language == "en":
        return problem
    told = of_files(problem, language)
    message = translated(problem.message)
    if message is None and told.message != problem.message:
        message = told.message
    if message is None:
        kind = _catalogue()[0].get(problem.code, "")
        message = f"{kind}：{problem.message}" if kind else problem.message
    return problem._replace(message=message, hint=translated(problem.hint) or told.hint)


def said_in_full(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, in this language, as one sentence after the other."""
    told = translated_problem(problem, language)
    if not told.hint:
        return told.message
    ended = told.message.endswith((".", "。", "?", "？"))
    stop, space = ("。", "") if language == "zh" else (".", " ")
    return f"{told.message}{'' if ended else stop}{space}{told.hint}"


def translated(sentence: str) -> str | None:
    """The Chinese sentence for an English one of the catalogue, with the same values in it."""
    for pattern, template, states in _catalogue()[1]:
        found = pattern.fullmatch(sentence)
        if found is not None:
            return template.format(*(_called(one, states) for one in found.groups()))
    return None


def _called(value: str, states: Mapping[str, str]) -> str:
    """A value of a sentence; where it is a state, or several, in words."""
    each = value.split(", ")
    return "、".join(states[one] for one in each) if states.keys() >= set(each) else value


def kinds() -> dict[str, str]:
    """What each code means, in Chinese, by code."""
    return _catalogue()[0]


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, str], list[_Sentence]]:
    """Kinds by code; and sentences with the words of the states that they name, those with the most
    words of their own first: a wider one would take what a narrower one says whole."""
    read = shipped_yaml("api", "words_zh.yaml")
    told = sorted(read["sentences"], key=lambda entry: -len(_GAP.sub("", entry["en"])))
    sentences = [
        (
            re.compile(_PLACE.sub("(.*?)", re.escape(_plain(entry["en"]))), re.DOTALL),
            entry["zh"],
            read["states"].get(entry.get("states"), {}),
        )
        for entry in told
    ]
    return read["kinds"], sentences


def _plain(text: str) -> str:
    """Braces that are meant as such are written twice, as `str.format` wants them."""
    return text.replace("{{", "{").replace("}}", "}")

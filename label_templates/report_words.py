"""The words of the footprint report in each language, from `locale/report.*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from footprint.report.model import Remark, Subject

ReportLanguage = Literal["en", "zh"]
REPORT_LANGUAGES: tuple[ReportLanguage, ...] = ("en", "zh")


class ReportWords:
    """The words of one language. Values fill the gaps of sentences and are never templates."""

    def __init__(self, language: ReportLanguage, table: Mapping[str, Any]) -> None:
        self.language = language
        self._table = table

    def __getitem__(self, name: str) -> str:
        """A single word at the root of the file, for example `joiner`."""
        return str(self._table[name])

    def say(self, sentence: str, **values: object) -> str:
        """A sentence with its gaps filled. Raises KeyError for an unknown sentence or gap."""
        return str(self._table["say"][sentence]).format_map(values)

    def word(self, group: str, code: str) -> str:
        """The word for a code; an open list, such as a dataset's boundary, may have others."""
        return str(self._table[group].get(code, code))

    def remark(self, group: str, remark: Remark) -> str:
        """The sentence of a remark. Raises KeyError for a code without a sentence."""
        return str(self._table[group][remark.code]).format_map(dict(remark.values))

    def pick(self, english: str, chinese: str) -> str:
        """The text in this language, or the other one where it was not given."""
        first, second = (chinese, english) if self.language == "zh" else (english, chinese)
        return first or second

    def per(self, subject: Subject) -> str:
        """What the results are per, for example `per 1 piece`."""
        return self.say("per", amount=subject.amount, unit=self.word("units", subject.unit))


@cache
def report_words(language: ReportLanguage) -> ReportWords:
    """The words of `language`. Raises ValueError for a language without a file."""
    if language not in REPORT_LANGUAGES:
        known = ", ".join(REPORT_LANGUAGES)
        raise ValueError(f"no report in {language!r}; known: {known}")
    path = files(__package__).joinpath("locale", f"report.{language}.yaml")
    return ReportWords(language, yaml.safe_load(path.read_text(encoding="utf-8")))

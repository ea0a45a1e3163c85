"""The words of the footprint report in each language, from `locale/report.*.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from footprint.report.model import ReportedProduct, ReportedRemark
from label_templates.words import Words, filled, locale_file

ReportLanguage = Literal["en", "zh"]
REPORT_LANGUAGES: tuple[ReportLanguage, ...] = ("en", "zh")


class ReportWords(Words):
    """The words of the report in one language."""

    @property
    def reads(self) -> ReportLanguage:
        """The language of which a report takes the names of lines."""
        return "zh" if self._reads_chinese else "en"

    def remark(self, group: str, remark: ReportedRemark) -> str:
        """The sentence of a remark. Raises KeyError for a code without a sentence."""
        return filled(str(self._table[group][remark.code]), dict(remark.values))

    def per(self, subject: ReportedProduct) -> str:
        """What the results are per, for example `per 1 piece`."""
        return self.say("per", amount=subject.amount, unit=self.word("units", subject.unit))


@cache
def report_words(language: ReportLanguage) -> ReportWords:
    """The words of `language`. Raises ValueError for a language without a file."""
    if language not in REPORT_LANGUAGES:
        known = ", ".join(REPORT_LANGUAGES)
        raise ValueError(f"no report in {language!r}; known: {known}")
    return ReportWords(language, locale_file(f"report.{language}"))

"""The words of the footprint report in each language, from `locale/report.*.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from footprint.faults import Where
from footprint.report.model import ReportedProduct, ReportedRemark
from footprint.words.language import in_words, place_in_chinese
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
        values = dict(remark.values)
        if sets := values.get("sets"):
            values["sets"] = self.gwp_sets(sets.split(", "))
        return filled(str(self._table[group][remark.code]), values)

    def sentence(self, english: str) -> str:
        """What the program says, in the language of the report; English where no other is known."""
        return in_words(english, self.reads)

    def place(self, where: Where) -> str:
        """Where something stands in the bill of materials; "" for no place."""
        return place_in_chinese(where) if self._reads_chinese else str(where)

    def left_out(self, count: int) -> str:
        """That so many lines of a stage are not counted; "" for none."""
        return self.say("lines_left_out", count=count) if count else ""

    def per(self, subject: ReportedProduct) -> str:
        """What the results are per, for example `per 1 piece`."""
        return self.say(
            "per", amount=subject.amount, unit=self.unit_of(subject.amount, subject.unit)
        )


@cache
def report_words(language: ReportLanguage) -> ReportWords:
    """The words of `language`. Raises ValueError for a language without a file."""
    if language not in REPORT_LANGUAGES:
        known = ", ".join(REPORT_LANGUAGES)
        raise ValueError(f"no report in {language!r}; known: {known}")
    return ReportWords(language, locale_file(f"report.{language}"))

"""What the replies of all laws have in common: the head, an answer with its sources, a figure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Context, Decimal
from typing import Any

from footprint.rules.freshness import stale_facts
from footprint.rules.modules.law import AnswerOfLaw, Law, answer_by, law_facts
from footprint.rules.words import exact_text
from footprint.source_hosts import source_kind

#: Digits of computed figures: far more than any input has.
_DIGITS = Context(prec=12)


def reply_head(law: Law, day: date) -> dict[str, Any]:
    """The law, the day, and how many of its facts nobody has looked up for long before that day."""
    known = tuple(law_facts(law))
    return {
        "law": law.id,
        "name": law.name.en,
        "name_zh": law.name.zh,
        "about": law.about.en,
        "about_zh": law.about.zh,
        "as_of": day.isoformat(),
        "facts": len(known),
        "stale_facts": len(stale_facts(known, day)),
    }


def told_answer(found: AnswerOfLaw, day: date) -> dict[str, Any]:
    """An answer for a day; unknown where nobody has looked its fact up for long before that."""
    answer = answer_by(found, day)
    return {
        "reply": answer.reply,
        "says": answer.says,
        "says_zh": answer.says_zh,
        "since": None if answer.since is None else answer.since.isoformat(),
        "confidence": answer.confidence,
        "sources": told_sources(answer),
    }


def told_sources(answer: AnswerOfLaw) -> list[dict[str, str | None]]:
    return [{**asdict(one), "host": source_kind(one.url)} for one in answer.citations]


def told_figure(value: Decimal) -> str:
    return exact_text(_DIGITS.plus(value))

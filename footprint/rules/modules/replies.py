"""What the laws answer to a question, as documents: command line and service print the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from footprint.rules import faults
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.modules.law import AnswerOfLaw
from footprint.rules.modules.procurement import check_limit
from footprint.rules.modules.questions import LimitQuestion, TextileQuestion
from footprint.rules.modules.reply_parts import reply_head, told_answer, told_figure
from footprint.rules.modules.textile import (
    TextileLaw,
    compare_climate,
    displayed,
    duties_on,
    in_scope,
    load_textile_law,
)
from footprint.rules.words import exact_text, measured_per


def textile_reply(
    question: TextileQuestion, day: date, law: TextileLaw | None = None
) -> dict[str, Any]:
    """Scope and duties of whoever shows a score, how it is shown, and a footprint beside its
    climate term. Raises InputRefused (RUL-032)."""
    law = law or load_textile_law()
    scope = in_scope(law, question.kind, question.unmodelled_mass)
    duties = _textile_duties(law, scope, day)
    reply: dict[str, Any] = {
        **reply_head(law, day),
        "scope": told_answer(scope, day),
        "duties": [told_answer(one, day) for one in duties],
        "update_within_months": law.update.months,
    }
    if question.points is not None and question.mass_g is not None:
        shown = displayed(question.points, question.mass_g)
        reply["shown"], reply["shown_zh"] = shown.en, shown.zh
    climate = (question.footprint_kg, question.score_kg, question.normalisation_kg)
    if any(climate):
        if None in climate:
            raise faults.TEXTILE_INPUT.refuse(
                "A comparison needs footprint_kg, score_kg and normalisation_kg together."
            )
        footprint, score, yearly = (one or Decimal(0) for one in climate)
        found = compare_climate(law, footprint, score, yearly)
        reply["climate"] = {
            "ratio": told_figure(found.ratio),
            "points": told_figure(found.points),
            "says": found.says,
            "says_zh": found.says_zh,
        }
    return reply


def _textile_duties(law: TextileLaw, scope: AnswerOfLaw, day: date) -> tuple[AnswerOfLaw, ...]:
    """What is left out of the law owes it nothing; where that is not known, no duty is."""
    if scope.reply == "no":
        return ()
    found = duties_on(law, day)
    if scope.reply == "yes":
        return found
    return tuple(replace(one, reply="unknown") if one.reply == "yes" else one for one in found)


def limit_reply(
    question: LimitQuestion, facts: Facts, evidence: Evidence, day: date
) -> dict[str, Any]:
    """Whether a footprint keeps a purchase limit on a day: yes, no or unknown, why, and the
    smallest changes by which it would. Raises InputRefused (RUL-013, RUL-014)."""
    found = check_limit(question.limit, facts, evidence, day)
    words = {"pass": "yes", "fail": "no", "unknown": "unknown"}
    reasons = found.trace.children or (found.trace,)
    per = measured_per(facts.subject, facts.per)
    return {
        "law": "purchase-limit",
        "as_of": day.isoformat(),
        "keeps": words[found.verdict],
        "value_kg_co2e": exact_text(facts.total_kg),
        "per": per.en,
        "per_zh": per.zh,
        "limit_kg_co2e": exact_text(question.value),
        "reasons": [
            {"verdict": one.verdict, "says": _own(one.says), "says_zh": _own(one.says_zh)}
            for one in reasons
        ],
        "missing": sorted({_own(name) for one in reasons for name in one.missing}),
        "changes": [{"says": one.says, "says_zh": one.says_zh} for one in found.changes],
    }


def _own(text: str) -> str:
    """Keys of the limit's own file as they stand there."""
    return text.replace("references.purchase_limit.", "limit.")

"""Where a subject stands on its way: each step judged, what may come next, progress, levers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from footprint.rules.book import RuleBook
from footprint.rules.journey.chain import STEP_WORDS, Chain, TakenStep
from footprint.rules.journey.progress import by_lever, progress
from footprint.rules.journey.question import JourneyQuestion, StepEntry
from footprint.rules.words import Bilingual


def journey_reply(question: JourneyQuestion, day: date, rules: RuleBook) -> dict[str, Any]:
    """The reply on a day. A step that may not be taken is refused with its reason and does not
    count, so that what rests on it is refused too. Raises InputRefused (RUL-020)."""
    rule = _rule(question, rules)
    chain, steps, allowed = Chain(rule["reduce_first"]), [], True
    for entry in question.steps:
        wanted = TakenStep(entry.step, entry.day, entry.tier)
        reason = _future(entry, day) or chain.objection(wanted) or _lacks(question, entry)
        if reason is None:
            chain = chain.take(wanted)
        allowed = allowed and reason is None
        steps.append(_told(entry, reason))
    last = chain.taken[-1].step if chain.taken else None
    return {
        "subject": question.subject,
        "kind": question.kind,
        "as_of": day.isoformat(),
        "rule": rule,
        "reply": "yes" if allowed else "no",
        "at": last,
        "at_zh": STEP_WORDS[last].zh if last else None,
        "next": [STEP_WORDS[step].en for step in chain.next_steps],
        "next_zh": [STEP_WORDS[step].zh for step in chain.next_steps],
        "steps": steps,
        "progress": list(progress(question)),
        "levers": by_lever(question),
    }


def _rule(question: JourneyQuestion, rules: RuleBook) -> dict[str, Any]:
    """Whether a reduction comes before an offset, and who says so."""
    if question.scheme is None:
        return {
            "reduce_first": True,
            "says": "no scheme is named: a reduction has to be recorded before an offset",
            "says_zh": "未指明计划：抵消前须有减排记录",
        }
    scheme = rules.scheme(question.scheme)
    if scheme.reduce_first:
        says = Bilingual("asks for a reduction before an offset", "要求先减排后抵消")
    else:
        says = Bilingual(
            "no rule on the order of reduction and offset is known", "未见减排与抵消先后的规定"
        )
    return {
        "reduce_first": scheme.reduce_first,
        "scheme": scheme.id,
        "says": f"{scheme.name.en}: {says.en}",
        "says_zh": f"{scheme.name.zh}：{says.zh}",
    }


def _future(entry: StepEntry, day: date) -> Bilingual | None:
    if entry.day <= day:
        return None
    return Bilingual(f"its day is after {day}", f"日期晚于 {day}")


def _lacks(question: JourneyQuestion, entry: StepEntry) -> Bilingual | None:
    """What a step rests on and the subject does not say."""
    if entry.step == "quantify" and not _known(question, entry):
        return Bilingual(
            "no footprint of a year up to then is given", "未给出截至当日任何年份的足迹"
        )
    if entry.step == "plan" and question.target is None:
        return Bilingual("no target is given", "未给出目标")
    if entry.step == "reduce" and not _reduced(question, entry):
        return Bilingual(
            "no measure that saves something was done by then", "截至当日没有产生减排的措施"
        )
    if entry.step == "offset" and entry.tonnes is not None:
        needed = _known(question, entry)[-1] if _known(question, entry) else None
        if needed is not None and entry.tonnes * 1000 < needed:
            return Bilingual(
                f"{entry.tonnes} t CO2e are less than the footprint of {needed} kg",
                f"{entry.tonnes} t CO2e 少于足迹 {needed} kg",
            )
    return None


def _known(question: JourneyQuestion, entry: StepEntry) -> list[Decimal]:
    return [one.kg for one in question.years if one.year <= entry.day.year]


def _reduced(question: JourneyQuestion, entry: StepEntry) -> bool:
    return any(one.saved_kg > 0 and one.day <= entry.day for one in question.measures)


def _told(entry: StepEntry, reason: Bilingual | None) -> dict[str, Any]:
    words = STEP_WORDS[entry.step]
    told: dict[str, Any] = {
        "step": words.en,
        "step_zh": words.zh,
        "day": entry.day.isoformat(),
        "reply": "yes" if reason is None else "no",
    }
    if reason is not None:
        told |= {"says": reason.en, "says_zh": reason.zh}
    return told

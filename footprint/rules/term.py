"""Until when at most a certificate can hold: no longer than what its verdict rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from footprint.rules.arguments import DataAge, OffsetCover, Publish, TierSubject, Verified
from footprint.rules.book import Scheme, TierRule
from footprint.rules.claim import carrying_leaves
from footprint.rules.evidence import Document
from footprint.rules.predicates.credits import counted_credits
from footprint.rules.predicates.finding import Context, add_months
from footprint.rules.words import TIER_WORDS, Bilingual
from footprint.values.decision import TermEnd, Trace

_Found = tuple[date, Bilingual]


def term_end(trace: Trace, scheme: Scheme, rule: TierRule, context: Context) -> TermEnd | None:
    """The last day on which everything still holds that the verdict rests on, and what ends first;
    None where the tier is not earned or nothing that it rests on is known to end."""
    if trace.verdict != "pass":
        return None
    found = [*_offered_until(scheme, rule, context)]
    for name in carrying_leaves(trace):
        value = scheme.parameters[name].at(context.as_of)
        if not isinstance(value, str):
            found.extend(_until(value.arguments, context))
    if not found:
        return None
    day, words = min(found, key=lambda one: one[0])
    return TermEnd(day, words.en, words.zh)


def _offered_until(scheme: Scheme, rule: TierRule, context: Context) -> Iterator[_Found]:
    """The day before the tier is known to end."""
    for value in scheme.parameters[rule.in_force].values:
        if value.since > context.as_of and value.arguments is None:
            yield (
                value.since - timedelta(days=1),
                Bilingual("the tier is offered no longer", "该等级不再受理"),
            )
            return


def _until(asked: object, context: Context) -> Iterator[_Found]:
    for kind, ends in _ENDS.items():
        if isinstance(asked, kind):
            yield from ends(asked, context)


def _held(asked: TierSubject, context: Context) -> Iterator[_Found]:
    tier = asked.needs_tier
    held = [
        one.valid_until
        for one in context.evidence.tiers_held or ()
        if (one.scheme, one.tier) == (context.scheme, tier) and one.valid_until is not None
    ]
    if tier is not None and held:
        words = TIER_WORDS[tier]
        says = f"the tier '{words.en}' that it rests on ends"
        yield max(held), Bilingual(says, f"所依据的“{words.zh}”等级到期")


def _checked(asked: Verified, context: Context) -> Iterator[_Found]:
    checked, months = context.evidence.verification, asked.every_months
    if months is not None and checked is not None and checked.date is not None:
        says = Bilingual("the verification has to be renewed", "核查须更新")
        yield add_months(checked.date, months), says


def _published(asked: Publish, context: Context) -> Iterator[_Found]:
    papers = (context.evidence.publications.get(name) for name in asked.fields)
    days = [p.date for p in papers if isinstance(p, Document) and p.date is not None]
    if asked.every_months is not None and days:
        says = Bilingual("a publication has to be renewed", "公开文件须更新")
        yield add_months(min(days), asked.every_months), says


def _retired(asked: OffsetCover, context: Context) -> Iterator[_Found]:
    blocks = counted_credits(asked, context)
    retired = [one.retired_on for one in blocks if one.retired_on is not None]
    if asked.every_months is not None and retired:
        says = Bilingual("credits have to be retired again", "须再次注销碳信用")
        yield add_months(max(retired), asked.every_months), says


def _measured(asked: DataAge, context: Context) -> Iterator[_Found]:
    end = context.facts.period_end
    if end is not None:
        yield add_months(end, asked.max_months), Bilingual("the data are too old", "数据过期")


_ENDS: Mapping[type, Callable[[Any, Context], Iterator[_Found]]] = {
    TierSubject: _held,
    Verified: _checked,
    Publish: _published,
    OffsetCover: _retired,
    DataAge: _measured,
}

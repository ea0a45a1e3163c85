"""Which facts nobody has looked up for a long time: law and schemes change, files do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from footprint.rules.book import Market, Parameter, RuleBook, Scheme
from footprint.values.decision import Confidence

#: Half a year: schemes are revised yearly, and each should be looked up before its next edition.
MAX_AGE_DAYS = 180


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of the rules, where it stands, how certain it is, and when it was last looked up."""

    owner: str
    name: str
    confidence: Confidence
    last_confirmed_on: date


def may_have_changed(looked_up: date, day: date) -> bool:
    """Whether `day` is so long after a fact was last looked up that it may have changed by then. A
    day before that is never too late: what held then was looked up since."""
    return day > looked_up + timedelta(days=MAX_AGE_DAYS)


def is_stale(parameter: Parameter, day: date) -> bool:
    """Whether a parameter may have changed by a day since it was last looked up."""
    return may_have_changed(parameter.last_confirmed_on, day)


def dated_parameters(rules: RuleBook) -> Iterator[KnownFact]:
    """Every parameter of every scheme and market, ordered by owner and name."""
    owners: list[Scheme | Market] = [*rules.schemes.values(), *rules.markets.values()]
    for owner in sorted(owners, key=lambda each: each.id):
        for name, parameter in sorted(owner.parameters.items()):
            yield KnownFact(owner.id, name, parameter.confidence, parameter.last_confirmed_on)


def stale_facts(
    facts: Iterable[KnownFact], day: date, max_age_days: int = MAX_AGE_DAYS
) -> tuple[KnownFact, ...]:
    """The facts that were last looked up more than `max_age_days` before `day`, oldest first.

    `last_confirmed_on` is the day the fact was last looked up for this project; its confidence,
    not its age, says how well.
    """
    limit = day - timedelta(days=max_age_days)
    old = (fact for fact in facts if fact.last_confirmed_on < limit)
    return tuple(sorted(old, key=lambda fact: (fact.last_confirmed_on, fact.owner, fact.name)))

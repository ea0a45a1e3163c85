"""What the desk shows: whose turn an application is, what it asks for, and what may be done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from api.console.evidence_view import named_in_words, title_of
from api.language import Language
from api.store.applications import Application
from api.store.audit import AuditEntry
from api.store.tenants import Actor
from footprint.certificates.display import exact, rounded_amount
from footprint.certificates.lifecycle import (
    APPLICATION_RULES,
    ApplicationStep,
    Person,
    Role,
    SameEyes,
    against_application,
)
from footprint.rules import RuleBook
from footprint.rules.answers import question_key
from footprint.values.decision import Trace

#: Steps that bring an application on, in the order of their buttons.
_ONWARD: tuple[ApplicationStep, ...] = ("submit", "check", "issue")
_STEPS: tuple[ApplicationStep, ...] = (*_ONWARD, "return", "withdraw")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person may do with an application. `steps` are exactly those that would be accepted;
    `onward` that which brings it on; `role` who is waited for ("" at the end), and `same` the role
    in which this person acted before and therefore may not go on."""

    steps: tuple[ApplicationStep, ...]
    role: Role | Literal[""]
    same: Role | Literal[""]

    @property
    def mine(self) -> bool:
        """Whether it is this person's turn."""
        return any(step in _ONWARD for step in self.steps)


def turn_of(known: Application, actor: Actor) -> Turn:
    """What `actor` may do with an application now: the law itself is asked, step by step."""
    person = Person(actor.identity, actor.roles)
    acted: dict[Role, str] = {"maker": known.maker, "checker": known.checker}
    found = {step: against_application(step, known.state, person, acted) for step in _STEPS}
    next_step = next((s for s in _ONWARD if known.state in APPLICATION_RULES[s].after), None)
    same = None if next_step is None else found[next_step]
    return Turn(
        tuple(step for step in _STEPS if found[step] is None),
        "" if next_step is None else APPLICATION_RULES[next_step].role,
        same.earlier if isinstance(same, SameEyes) else "",
    )


@dataclass(frozen=True, slots=True)
class DeskAmount:
    """A footprint's total as a certificate prints it."""

    amount: str
    unit: str
    per_amount: str
    per_unit: str
    boundary: str


def total_text(footprint: Mapping[str, Any]) -> DeskAmount:
    """The total of a footprint document, rounded as a certificate rounds it."""
    rounded = rounded_amount(exact(footprint["totals"]["excluding_biogenic_uptake_kg_co2e"]))
    unit = footprint["declared_unit"]
    per = f"{Decimal(str(unit['amount'])).normalize():f}"
    return DeskAmount(rounded.amount, rounded.unit, per, unit["unit"], footprint["boundary"])


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An application in a list of the desk. `days`: how long it has been as it is."""

    id: str
    name_en: str
    name_zh: str
    company_en: str
    company_zh: str
    scheme_en: str
    scheme_zh: str
    tier: str
    state: str
    verdict: str
    since: str
    days: int
    turn: Turn
    number: str


def desk_row(
    known: Application,
    product: Mapping[str, Any],
    verdict: str,
    rules: RuleBook,
    actor: Actor,
    today: date,
) -> DeskRow:
    """A row. `product` is that of the footprint's document; `verdict` is of today, or ""."""
    scheme = rules.schemes.get(known.scheme)
    return DeskRow(
        known.id,
        product.get("name") or known.id,
        product.get("name_zh") or "",
        product.get("company") or "",
        product.get("company_zh") or "",
        known.scheme if scheme is None else scheme.name.en,
        known.scheme if scheme is None else scheme.name.zh,
        known.tier,
        known.state,
        verdict,
        known.changed_at.date().isoformat(),
        (today - known.changed_at.date()).days,
        turn_of(known, actor),
        known.number or "",
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of an application's course: what was done, by whom, when, with which words."""

    what: str
    who: str
    when: str
    note: str


def happenings(entries: Sequence[AuditEntry], known: Application) -> list[Happening]:
    """Who did what when. The log names tokens where a step names no person itself: of the first one
    the application names its maker."""
    found = []
    own = (entry for entry in entries if entry.action.startswith("application."))
    for entry in own:
        facts = json.loads(entry.facts)
        who = facts.get("by") or facts.get("approver") or ""
        if not who and entry.action == "application.drafted":
            who = known.maker
        found.append(
            Happening(
                entry.action.removeprefix("application."),
                who or entry.actor,
                readable_moment(entry.at),
                facts.get("note", "") if entry.action.endswith((".checked", ".returned")) else "",
            )
        )
    return found


def readable_moment(at: datetime) -> str:
    """A moment as people read it, in UTC."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A node of the tree of reasons in one language."""

    verdict: str
    says: str
    cited: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    weak: bool
    children: tuple[ReasonView, ...]

    @property
    def open(self) -> bool:
        """Whether it is shown unfolded: what is not fulfilled is."""
        return self.verdict != "pass"


def _unnamed(trace: Trace, language: Language) -> tuple[str, ...]:
    """What a reason lacks, in words; not what its own sentence names already."""
    says = trace.says_zh or trace.says if language == "zh" else trace.says
    lacking = dict.fromkeys(
        title_of(key, language)
        for name in trace.missing
        if (key := question_key(name)) and name not in says
    )
    return tuple(lacking)


def reason_tree(trace: Trace, language: Language) -> ReasonView:
    """The tree of reasons, each with its citations (title with article, address)."""
    return ReasonView(
        trace.verdict,
        named_in_words(
            (trace.says_zh or trace.says) if language == "zh" else trace.says,
            trace.missing,
            language,
        ),
        tuple(
            (f"{one.title}, {one.article}" if one.article else one.title, one.url)
            for one in trace.citations
        ),
        _unnamed(trace, language),
        trace.confidence == "L",
        tuple(reason_tree(child, language) for child in trace.children),
    )

"""Decisions and limits on stored footprints, and what purchasers ask about certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, cast

from api.services.backing import names_statement, tried_evidence
from api.services.footprints import found_footprint
from api.services.register import Register
from api.services.verdicts import Standing, view_of
from api.store.database import Database
from api.store.footprints import StoredFootprint
from api.store.tenants import Actor
from footprint.certificates.view import SUBJECTS
from footprint.rules import RuleBook, decide
from footprint.rules.evidence import Evidence
from footprint.rules.later import refuse_later
from footprint.rules.limits import at_most
from footprint.rules.modules.questions import LimitQuestion
from footprint.rules.modules.replies import limit_reply
from footprint.rules.words import TIER_WORDS, Bilingual, measured_per, per_zh
from footprint.study import evidence_of, facts_of, relied_evidence
from footprint.values.decision import Decision, Tier


@dataclass(frozen=True, slots=True)
class PurchaseWanted:
    """What a purchaser wants of a certificate on a day; what is None is not asked for."""

    day: date
    tier: str | None = None
    most_kg: Decimal | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Yes, no, or unknown, and why, in both languages."""

    reply: Literal["yes", "no", "unknown"]
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Asks the rules about footprints of the actor; stores nothing."""

    database: Database
    register: Register
    rules: RuleBook
    clock: Callable[[], datetime]

    def decide(
        self,
        actor: Actor,
        footprint: str,
        evidence: str,
        scheme: str | None,
        tier: Tier | None,
        day: date | None,
        markets: Sequence[str],
    ) -> tuple[Decision, ...]:
        """A decision for each tier asked for: of one scheme, or of all. Raises ServiceRefused
        API-201 (footprint), InputRefused of the rules."""
        with self.database.reading() as uow:
            found = found_footprint(uow, actor, footprint)
        refuse_later(evidence_of(evidence), self.clock().date())
        facts = facts_of(found.content, found.document_hash)
        on = day or self.clock().date()
        schemes = [scheme] if scheme else sorted(self.rules.schemes)
        if names_statement(evidence):
            known = {name: self._read(found, evidence, name) for name in schemes}
        else:
            known = dict.fromkeys(schemes, evidence_of(evidence))
        return tuple(
            decide(self.rules, facts, known[name], name, one, on, markets)
            for name in schemes
            for one in ([tier] if tier else self._tiers(name, bool(scheme)))
        )

    def _read(self, found: StoredFootprint, evidence: str, scheme: str) -> Evidence:
        """The evidence, with the statement that it names where a scheme can rely on it."""
        with self.database.reading() as uow:
            text, confirmed = tried_evidence(uow, found, scheme, evidence)
        return relied_evidence(text, confirmed=confirmed is not None)

    def _tiers(self, scheme: str, asked_for: bool) -> Sequence[Tier]:
        if asked_for:
            return self.rules.tiers_of(scheme)
        return tuple(self.rules.scheme(scheme).tiers)

    def limit(
        self, actor: Actor, footprint: str, evidence: str, limit: LimitQuestion, day: date | None
    ) -> dict[str, Any]:
        """Whether a footprint keeps a purchase limit. Raises as `decide`."""
        with self.database.reading() as uow:
            found = found_footprint(uow, actor, footprint)
        facts = facts_of(found.content, found.document_hash)
        return limit_reply(limit, facts, evidence_of(evidence), day or self.clock().date())

    def purchase(self, number: str, wanted: PurchaseWanted) -> tuple[Standing, Reply]:
        """Whether a certificate is as a purchaser wants it on a day. Raises ServiceRefused API-202,
        InputRefused (CER-006, CER-007)."""
        standing = self.register.standing(number)
        return standing, purchase_reply(standing, wanted, self.clock().date())


_Word = Literal["yes", "no", "unknown"]
_WORST: tuple[_Word, ...] = ("no", "unknown")


def purchase_reply(standing: Standing, wanted: PurchaseWanted, today: date) -> Reply:
    """No, where anything is known to be otherwise; else unknown, where anything is not known."""
    found = [
        *_in_force(standing, wanted.day, today),
        *_tier(standing, wanted.tier),
        *_value(standing, wanted),
    ]
    replies = [reply for reply, _, _ in found]
    worst = next((one for one in _WORST if one in replies), "yes")
    return Reply(cast("_Word", worst), tuple((en, zh) for reply, en, zh in found if reply == worst))


def labelled_on(standing: Standing, day: date) -> bool:
    """Whether the certificate is in force now, and its term covers a day."""
    certificate = standing.certificate
    in_term = certificate.valid_from <= day <= certificate.valid_until
    return in_term and standing.status.state == "issued"


_Reasons = list[tuple[str, str, str]]
_STATE_ZH = {
    "revoked": "已撤销",
    "suspended": "已暂停",
    "superseded": "已被替代",
    "invalid": "无效",
    "draft": "草稿",
}


def _in_force(standing: Standing, day: date, today: date) -> _Reasons:
    certificate, state = standing.certificate, standing.status.state
    term = f"{certificate.valid_from} to {certificate.valid_until}"
    term_zh = f"{certificate.valid_from} 至 {certificate.valid_until}"
    if not certificate.valid_from <= day <= certificate.valid_until:
        return [
            ("no", f"Its term is {term}; {day} is outside.", f"有效期 {term_zh}，{day} 不在其中。")
        ]
    if state in ("revoked", "suspended", "superseded", "invalid", "draft"):
        return [("no", f"Its state is {state}.", f"其状态为“{_STATE_ZH[state]}”。")]
    if day > today:
        return [
            (
                "unknown",
                f"It is in force today; whether it will be on {day} nobody knows.",
                f"今日有效；{day} 是否仍有效尚不可知。",
            )
        ]
    return [("yes", f"It is in force on {day} (term {term}).", f"{day} 有效（有效期 {term_zh}）。")]


def _tier(standing: Standing, wanted: str | None) -> _Reasons:
    have = standing.certificate.tier
    if wanted is None:
        return []
    if have == wanted:
        return [("yes", f"Its tier is {have}.", f"等级为{_tier_zh(have)}。")]
    says_zh = f"等级为{_tier_zh(have)}，而非{_tier_zh(wanted)}。"
    return [("no", f"Its tier is {have}, not {wanted}.", says_zh)]


def _tier_zh(tier: str) -> str:
    words = TIER_WORDS.get(cast("Tier", tier))
    return tier if words is None else words.zh


def certified_per(view: Mapping[str, Any]) -> Bilingual:
    """What the value of a certificate's document is per: `1 piece`, or `whole event`."""
    subject = SUBJECTS.get(str(view.get("boundary")), "product")
    return measured_per(subject, f"{view.get('declared_amount')} {view.get('declared_unit')}")


def _value(standing: Standing, wanted: PurchaseWanted) -> _Reasons:
    view = view_of(standing.certificate)
    per = certified_per(view)
    if wanted.most_kg is None:
        return []
    if wanted.per is None:
        says = f"What the limit is per was not said; its value is per {per.en}."
        return [("unknown", says, f"未说明限值的计量单位；其数值按 {per.zh} 计。")]
    if wanted.per not in (per.en, per.zh):
        says = f"Its value is per {per.en}; the limit is per {wanted.per}."
        return [("unknown", says, f"其数值按 {per.zh} 计；限值按 {per_zh(wanted.per)} 计。")]
    value = Decimal(str(view["total_kg_co2e"]))
    shown, shown_zh = f"{value} kg CO2e per {per.en}", f"每 {per.zh} {value} kg CO2e"
    # The same noise of binary floats is left aside as where a limit is judged on a footprint.
    if not at_most(value, wanted.most_kg):
        says = f"Its value is {shown}, above {wanted.most_kg}."
        return [("no", says, f"{shown_zh}，高于限值 {wanted.most_kg}。")]
    if Decimal(str(view["coverage_lines"])) < 1:
        return [("unknown", "Its value leaves lines out.", "其数值未计入全部行。")]
    return [("yes", f"Its value is {shown}.", f"{shown_zh}，不高于限值。")]

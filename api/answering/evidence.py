"""Evidence of the company: written down once, and used in every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from api.answering.model import CompanyEvidence, EvidenceKind, KeptEvidence
from api.answering.rows import add_evidence, find_evidence, list_evidence
from api.faults import REFUSED, UNKNOWN_REQUEST
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database
from api.store.tenants import Actor
from footprint.canonical import bytes_hash
from footprint.faults import Where

MAX_FILE = 5_000_000
#: Members of the facts of each kind: those that are needed, and those that may be.
NEEDED: dict[EvidenceKind, tuple[str, ...]] = {
    "targets": ("scope", "base_year", "target_year", "reduction_percent"),
    "measures": ("what", "since"),
    "clean-energy": ("period", "kwh", "clean_kwh"),
}
OPTIONAL: dict[EvidenceKind, tuple[str, ...]] = {
    "targets": ("neutral_year", "validated_by"),
    "measures": ("saving_kg_co2e_per_year", "until"),
    "clean-energy": ("sources", "instrument"),
}
_YEARS = ("base_year", "target_year", "neutral_year")
_NUMBERS = ("reduction_percent", "saving_kg_co2e_per_year", "kwh", "clean_kwh")


@dataclass(frozen=True, slots=True)
class EvidenceOrder:
    """A piece of evidence to be kept: facts by name, and the file that shows it (or none)."""

    kind: EvidenceKind
    title: str
    facts: Mapping[str, str]
    valid_until: date | None = None
    file: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """The evidence of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def keep(self, actor: Actor, order: EvidenceOrder) -> KeptEvidence:
        """Keep a piece of evidence; it never changes. Raises ServiceRefused API-102 (no maker),
        API-003 for facts that are missing or cannot be; InputRefused (CER-003, CER-004)."""
        need_role(actor, "maker")
        facts = checked_facts(order.kind, order.facts)
        if len(order.data) > MAX_FILE:
            raise _refused(f"The file has more than {MAX_FILE:,} bytes.", "file")
        now = self.clock()
        made = KeptEvidence(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            kind=order.kind,
            title=checked_text(order.title, "title"),
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
            file=order.file[:200],
            data=order.data,
            hash=bytes_hash(order.data),
            valid_until=order.valid_until,
            made_at=now,
            made_by=actor.identity,
        )
        with self.database.writing() as uow:
            add_evidence(uow, made)
            told = {"kind": made.kind, "file": made.hash}
            append(uow, actor, now, "evidence.kept", made.id, told)
        return made

    def listed(
        self, actor: Actor, limit: int = 200, after: tuple[datetime, str] | None = None
    ) -> list[CompanyEvidence]:
        """The actor's evidence, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_evidence(uow, actor.tenant, limit, after)

    def get(self, actor: Actor, evidence: str) -> KeptEvidence:
        """One piece of it, with its file. Raises ServiceRefused API-212."""
        with self.database.reading() as uow:
            found = find_evidence(uow, actor.tenant, [evidence[:64]]).get(evidence)
        if found is None:
            raise UNKNOWN_REQUEST.refuse(f"There is no evidence {evidence[:64]!r} among yours.")
        return found


def checked_facts(kind: EvidenceKind, given: Mapping[str, str]) -> dict[str, Any]:
    """The facts of a piece of evidence, numbers as text without blanks, and what follows from them.

    Raises ServiceRefused API-003 for what is missing, unknown, or contradicts itself.
    """
    facts = {name: checked_text(text, name) for name, text in given.items() if text.strip()}
    for name in facts:
        if name not in NEEDED[kind] + OPTIONAL[kind]:
            raise _refused(f"{name} is no fact of {kind}.", name)
    for name in NEEDED[kind]:
        if name not in facts:
            raise _refused(f"{name} is missing.", name)
    for name in _YEARS:
        if name in facts and not (facts[name].isdecimal() and 1990 <= int(facts[name]) <= 2100):
            raise _refused(f"{name} is no year between 1990 and 2100.", name)
    numbers = {name: _number(facts[name], name) for name in _NUMBERS if name in facts}
    facts |= {name: format(value, "f") for name, value in numbers.items()}
    if kind == "targets":
        _check_targets(facts, numbers["reduction_percent"])
    if kind == "clean-energy":
        facts["clean_share_percent"] = _share(numbers["kwh"], numbers["clean_kwh"])
    return facts


def _check_targets(facts: Mapping[str, str], percent: Decimal) -> None:
    if percent > 100:
        raise _refused("A reduction is at most 100 percent.", "reduction_percent")
    if int(facts["target_year"]) <= int(facts["base_year"]):
        raise _refused("The year of the target is not after the year it is held against.", "year")


def _share(kwh: Decimal, clean: Decimal) -> str:
    if not kwh or clean > kwh:
        raise _refused("There is more clean energy than energy, or none at all.", "clean_kwh")
    return format((clean / kwh * 100).quantize(Decimal("0.1")), "f")


def _number(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise _refused(f"{name} is no number.", name) from None
    if not value.is_finite() or value < 0 or value > Decimal("1e15"):
        raise _refused(f"{name} is no number of zero or more.", name)
    return value


def _refused(message: str, name: str) -> Exception:
    return REFUSED.refuse(message, where=Where(column=f"body.facts.{name}"))

"""The life of a certificate after its issue: suspended, reinstated, revoked, looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.faults import INVALID, STATUS_FINAL
from api.services.people import need_role
from api.services.requests import creation
from api.services.storing import owned_certificate
from api.store.audit import append
from api.store.certificates import (
    StoredCertificate,
    find_certificate,
    set_status,
    set_surveillance,
    surveillance_of,
)
from api.store.database import Database, UnitOfWork
from api.store.idempotency import Request, claim, earlier_resource
from api.store.tenants import Actor
from footprint.certificates.intake import Intake
from footprint.certificates.lifecycle import (
    CERTIFICATE_RULES,
    CertificateStep,
    Person,
    against_certificate,
    possible,
)
from footprint.certificates.terms import next_surveillance
from footprint.faults import Where

#: What somebody can ask for; `reinstated` is the word for what brings back `issued`.
Wanted = Literal["issued", "reinstated", "suspended", "revoked"]
_STEPS: dict[Wanted, CertificateStep] = {
    "issued": "reinstate",
    "reinstated": "reinstate",
    "suspended": "suspend",
    "revoked": "revoke",
}
_ACTION: dict[CertificateStep, str] = {
    "reinstate": "certificate.reinstated",
    "suspend": "certificate.suspended",
    "revoke": "certificate.revoked",
}


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """Changes certificates for the tenants that own them."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    surveillance_months: int

    def change_status(
        self,
        actor: Actor,
        number: str,
        wanted: Wanted,
        reason: str,
        idempotency_key: str | None = None,
    ) -> StoredCertificate:
        """Suspend, reinstate or revoke a certificate of the actor's; a revocation is final.

        The same `idempotency_key` with the same content changes it once. Raises ServiceRefused
        API-102 (role), API-202 (not the actor's), API-503 (no such change), API-002 (a blank
        reason), API-401 and API-402 (key), InputRefused (CER-003, CER-004) for a reason that
        cannot be shown.
        """
        step = _STEPS[wanted]
        rule = CERTIFICATE_RULES[step]
        need_role(actor, rule.role)
        now, reason = self.clock(), checked_text(reason, "reason")
        request = creation(actor.tenant, idempotency_key, ["status", number, rule.to, reason])
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if not self._first_time(uow, request, found, now):
                return found
            to = rule.to or found.status
            if _against(step, found, actor) or not set_status(uow, found, to, now, reason):
                raise STATUS_FINAL.refuse(
                    f"{found.number} is {found.status}; it cannot become {wanted}.",
                    f"Possible now: {', '.join(possible(found.status)) or 'nothing'}.",
                )
            facts = {"from": found.status, "to": to, "reason": reason}
            append(uow, actor, now, _ACTION[step], found.number, facts)
            return _again(uow, found)

    def record_surveillance(
        self, actor: Actor, number: str, note: str, idempotency_key: str | None = None
    ) -> StoredCertificate:
        """Record that the holder was looked at again today; the next time is set, or none.

        The same `idempotency_key` with the same content records it once. Raises ServiceRefused
        API-102, API-202, API-503 (withdrawn, or changed at the same time), API-002 (a blank note),
        API-401 and API-402 (key), InputRefused (CER-003, CER-004).
        """
        need_role(actor, CERTIFICATE_RULES["survey"].role)
        now, note = self.clock(), checked_text(note, "note")
        request = creation(actor.tenant, idempotency_key, ["surveillance", number, note])
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if not self._first_time(uow, request, found, now):
                return found
            due = next_surveillance(now.date(), self.surveillance_months, found.valid_until)
            withdrawn = _against("survey", found, actor)
            if withdrawn or not set_surveillance(uow, found, due):
                raise STATUS_FINAL.refuse(
                    f"{found.number} is {found.status}; no surveillance can be recorded."
                )
            facts = {"note": note, "next": None if due is None else due.isoformat()}
            append(uow, actor, now, "certificate.surveyed", found.number, facts)
            return _again(uow, found)

    def due(self, actor: Actor, limit: int) -> list[StoredCertificate]:
        """The actor's certificates that are to be looked at again, the nearest day first."""
        with self.database.reading() as uow:
            return surveillance_of(uow, actor.tenant, limit)

    def owned(self, actor: Actor, number: str) -> StoredCertificate:
        """A certificate of the actor's. Raises ServiceRefused API-202, InputRefused (CER-006,
        CER-007)."""
        with self.database.reading() as uow:
            return owned_certificate(uow, actor, number)

    def _first_time(
        self, uow: UnitOfWork, request: Request | None, found: StoredCertificate, now: datetime
    ) -> bool:
        """Whether a request comes for the first time, as one without a key always does."""
        if request is None:
            return True
        mine = f"{found.number}/{self.entropy(8).hex()}"
        return earlier_resource(uow, request) is None and claim(uow, request, mine, now) == mine


def _against(step: CertificateStep, found: StoredCertificate, actor: Actor) -> bool:
    person = Person(actor.identity, actor.roles)
    return against_certificate(step, found.status, person) is not None


def checked_text(text: str, field: str) -> str:
    """A text as the public page can show it; refused when it holds what cannot be seen."""
    intake = Intake()
    clean = intake.clean(text, field)
    intake.done()
    if not clean:
        raise INVALID.refuse(f"The {field} is blank.", where=Where(column=field))
    return clean


def _again(uow: UnitOfWork, found: StoredCertificate) -> StoredCertificate:
    return find_certificate(uow, found.number) or found

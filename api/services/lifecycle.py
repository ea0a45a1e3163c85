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
    KeptStatus,
    StoredCertificate,
    find_certificate,
    set_status,
    set_surveillance,
)
from api.store.database import Database, UnitOfWork
from api.store.idempotency import Request, claim, earlier_resource
from api.store.tenants import Actor
from footprint.certificates.intake import Intake
from footprint.certificates.terms import next_surveillance
from footprint.faults import Where

#: Which status may follow which. A revocation and a supersession are final.
_NEXT: dict[KeptStatus, tuple[KeptStatus, ...]] = {
    "issued": ("suspended", "revoked"),
    "suspended": ("issued", "revoked"),
    "revoked": (),
    "superseded": (),
}
#: What somebody can ask for; `reinstated` is the word for what brings back `issued`.
Wanted = Literal["issued", "reinstated", "suspended", "revoked"]
_KEPT: dict[Wanted, KeptStatus] = {
    "issued": "issued",
    "reinstated": "issued",
    "suspended": "suspended",
    "revoked": "revoked",
}
_ACTION = {
    "issued": "certificate.reinstated",
    "suspended": "certificate.suspended",
    "revoked": "certificate.revoked",
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
        need_role(actor, "approver")
        status, now, reason = _KEPT[wanted], self.clock(), readable(reason, "reason")
        request = creation(actor.tenant, idempotency_key, ["status", number, status, reason])
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if not self._first_time(uow, request, found, now):
                return found
            if status not in _NEXT[found.status] or not set_status(uow, found, status, now, reason):
                raise STATUS_FINAL.refuse(
                    f"{found.number} is {found.status}; it cannot become {wanted}.",
                    f"Possible now: {', '.join(_NEXT[found.status]) or 'nothing'}.",
                )
            facts = {"from": found.status, "to": status, "reason": reason}
            append(uow, actor, now, _ACTION[status], found.number, facts)
            return _again(uow, found)

    def record_surveillance(
        self, actor: Actor, number: str, note: str, idempotency_key: str | None = None
    ) -> StoredCertificate:
        """Record that the holder was looked at again today; the next time is set, or none.

        The same `idempotency_key` with the same content records it once. Raises ServiceRefused
        API-102, API-202, API-503 (withdrawn, or changed at the same time), API-002 (a blank note),
        API-401 and API-402 (key), InputRefused (CER-003, CER-004).
        """
        need_role(actor, "checker")
        now, note = self.clock(), readable(note, "note")
        request = creation(actor.tenant, idempotency_key, ["surveillance", number, note])
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if not self._first_time(uow, request, found, now):
                return found
            due = next_surveillance(now.date(), self.surveillance_months, found.valid_until)
            withdrawn = not _NEXT[found.status]
            if withdrawn or not set_surveillance(uow, found, due):
                raise STATUS_FINAL.refuse(
                    f"{found.number} is {found.status}; no surveillance can be recorded."
                )
            facts = {"note": note, "next": None if due is None else due.isoformat()}
            append(uow, actor, now, "certificate.surveyed", found.number, facts)
            return _again(uow, found)

    def _first_time(
        self, uow: UnitOfWork, request: Request | None, found: StoredCertificate, now: datetime
    ) -> bool:
        """Whether a request comes for the first time, as one without a key always does."""
        if request is None:
            return True
        mine = f"{found.number}/{self.entropy(8).hex()}"
        return earlier_resource(uow, request) is None and claim(uow, request, mine, now) == mine


def readable(text: str, field: str) -> str:
    """A text as the public page can show it; refused when it holds what cannot be seen."""
    intake = Intake()
    clean = intake.clean(text, field)
    intake.done()
    if not clean:
        raise INVALID.refuse(f"The {field} is blank.", where=Where(column=field))
    return clean


def _again(uow: UnitOfWork, found: StoredCertificate) -> StoredCertificate:
    return find_certificate(uow, found.number) or found

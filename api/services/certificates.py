"""Issue certificates on stored footprints, and change their status later."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from api.faults import INVALID, STATUS_FINAL, UNKNOWN_CERTIFICATE
from api.services.footprints import found_footprint
from api.services.issuer import Issuer, Order, Place
from api.services.requests import creation
from api.store.audit import append
from api.store.certificates import (
    CertificateFile,
    KeptStatus,
    StoredCertificate,
    add_certificate,
    find_certificate,
    index_taken,
    newest_list,
    number_taken,
    set_status,
)
from api.store.database import Database, UnitOfWork
from api.store.idempotency import Request, claim, earlier_resource
from api.store.tenants import Actor
from footprint.canonical import bytes_hash
from footprint.certificates.intake import Intake
from footprint.certificates.number import RANDOM_BYTES, make_number, parse_number
from footprint.certificates.statuslist import LENGTH
from footprint.faults import Where

#: Places are drawn at random, which hides the order of issue; a list is left before it is full.
PLACES_USED_PER_LIST = LENGTH * 3 // 4
#: Two requests may draw the same place at the same time; then the slower one draws again.
ATTEMPTS = 3
#: At most three quarters of the places are taken: that so many draws all fail does not happen.
MAX_DRAWS = 200

#: Which status may follow which. A revocation is final.
_NEXT: dict[KeptStatus, tuple[KeptStatus, ...]] = {
    "issued": ("suspended", "revoked"),
    "suspended": ("issued", "revoked"),
    "revoked": (),
}


@dataclass(frozen=True, slots=True)
class Certificates:
    """Makes certificates for tenants and changes their status. Reading them is `Register`."""

    database: Database
    issuer: Issuer
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def issue(
        self, actor: Actor, order: Order, idempotency_key: str | None = None
    ) -> StoredCertificate:
        """Decide, and issue a certificate when the verdict is pass; it is valid from today (UTC).

        The same `idempotency_key` with the same order gives the certificate issued before.
        Raises ServiceRefused API-201 (footprint), API-401 and API-402 (key), and what
        `Issuer.make` raises.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(IntegrityError):
                return self._issue(actor, order, idempotency_key)
        return self._issue(actor, order, idempotency_key)

    def change_status(
        self, actor: Actor, number: str, status: KeptStatus, reason: str
    ) -> StoredCertificate:
        """Suspend, reinstate ("issued") or revoke a certificate of the actor's; revoked is final.

        Raises ServiceRefused API-202 (not the actor's), API-503 (no such change), API-002 (a blank
        reason), InputRefused (CER-003, CER-004) for a reason that cannot be shown.
        """
        now = self.clock()
        reason = _readable(reason)
        with self.database.writing() as uow:
            found = find_certificate(uow, parse_number(number))
            if found is None or found.tenant != actor.tenant:
                raise UNKNOWN_CERTIFICATE.refuse(f"There is no certificate {number[:40]} of yours.")
            if status not in _NEXT[found.status] or not set_status(uow, found, status, now, reason):
                raise STATUS_FINAL.refuse(
                    f"{found.number} is {found.status}; it cannot become {status}.",
                    f"Possible now: {', '.join(_NEXT[found.status]) or 'nothing'}.",
                )
            facts = {"from": found.status, "to": status, "reason": reason}
            append(uow, actor, now, "certificate.status", found.number, facts)
            changed = find_certificate(uow, found.number)
        return changed or found

    def _issue(self, actor: Actor, order: Order, idempotency_key: str | None) -> StoredCertificate:
        request = creation(actor.tenant, idempotency_key, ["certificate", list(astuple(order))])
        with self.database.reading() as uow:
            earlier = earlier_resource(uow, request) if request is not None else None
            if earlier is not None:
                return _issued(uow, earlier)
            footprint = found_footprint(uow, actor, order.footprint)
            place = self._free_place(uow)
        made, files = self.issuer.make(footprint, order, place, self.clock())
        with self.database.writing() as uow:
            return _stored(uow, actor, request, made, files)

    def _free_place(self, uow: UnitOfWork) -> Place:
        newest, used = newest_list(uow)
        status_list = newest + 1 if used >= PLACES_USED_PER_LIST else newest
        for _ in range(MAX_DRAWS):
            number = make_number(self.entropy(RANDOM_BYTES))
            # The length of a list is a power of two, so no index is likelier than another.
            index = int.from_bytes(self.entropy(4), "big") % LENGTH
            if not number_taken(uow, number) and not index_taken(uow, status_list, index):
                return Place(number, status_list, index)
        raise RuntimeError("no free number was drawn: the source of randomness repeats itself")


def _stored(
    uow: UnitOfWork,
    actor: Actor,
    request: Request | None,
    made: StoredCertificate,
    files: tuple[CertificateFile, ...],
) -> StoredCertificate:
    """Store what was made; or leave it, and return what a faster request with the key stored."""
    if request is not None:
        holder = claim(uow, request, made.number, made.issued_at)
        if holder != made.number:
            return _issued(uow, holder)
    add_certificate(uow, made, files)
    facts = {
        "footprint": made.footprint,
        "evidence": bytes_hash(made.evidence.encode()),
        "view": bytes_hash(made.view.encode()),
        "credential": bytes_hash(made.credential.encode()),
        "files": {file.language: file.sha256 for file in files},
    }
    append(uow, actor, made.issued_at, "certificate.issued", made.number, facts)
    return made


def _readable(reason: str) -> str:
    """The reason as the public page can show it; refused when it holds what cannot be seen."""
    intake = Intake()
    clean = intake.clean(reason, "reason")
    intake.done()
    if not clean:
        raise INVALID.refuse("The reason is blank.", where=Where(column="reason"))
    return clean


def _issued(uow: UnitOfWork, number: str) -> StoredCertificate:
    found = find_certificate(uow, number)
    if found is None:
        raise LookupError(f"certificate {number} is named by a key but not stored")
    return found

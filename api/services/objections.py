"""Objections: anybody may raise one; who owns the certificate answers in public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from api.faults import OBJECTIONS_FULL, STATUS_FINAL, UNKNOWN_CERTIFICATE, UNKNOWN_OBJECTION
from api.services.lifecycle import checked_text
from api.services.people import need_other_eyes, need_role
from api.services.requests import creation
from api.services.storing import owned_certificate
from api.store.audit import Event, append, append_all
from api.store.certificates import StoredCertificate, find_certificate, set_status
from api.store.database import Database, UnitOfWork
from api.store.idempotency import claim, earlier_resource
from api.store.objections import (
    Objection,
    ObjectionState,
    add_objection,
    answer_objection,
    count_open,
    find_objection,
    found_objection,
    objections_to,
    open_objections,
    same_from_a_reader,
    tally_of,
)
from api.store.tenants import Actor
from footprint.certificates.lifecycle import ObjectionGround, ObjectionOutcome, suspended_by
from footprint.certificates.number import parse_certificate_number

#: Most open objections of one tenant to one certificate: what more it has to say belongs in one.
MAX_OPEN = 10
#: Most of readers without a token: who floods a certificate with them fills no store.
MAX_OPEN_OF_READERS = 100
#: Who acts in the log for a reader without a token, in the name of the certificate's owner.
READER = "reader"
#: What the history of a certificate says of its suspension by an upheld falsification.
FALSIFIED = "An objection was upheld: falsification"


class ReaderSays(NamedTuple):
    """What a reader without a token holds against a certificate, and who he is, if he says so."""

    text: str
    ground: ObjectionGround = "other"
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Objections:
    """Records what is held against certificates, and what came of it."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def raise_against(
        self,
        actor: Actor,
        number: str,
        party: str,
        text: str,
        idempotency_key: str | None = None,
        ground: ObjectionGround = "other",
    ) -> Objection:
        """A new objection, in public and open. `party` is who raises it, as shown.

        The same `idempotency_key` with the same content gives the one made before. Raises
        ServiceRefused API-002 (blank), API-202, API-401, API-402, API-514 (MAX_OPEN are open);
        InputRefused (CER-003, CER-004).
        """
        canonical, now = parse_certificate_number(number), self.clock()
        # Before there were grounds, a request had none: one without still is the same.
        more = [] if ground == "other" else [ground]
        content = ["objection", canonical, party, text, *more]
        request = creation(actor.tenant, idempotency_key, content)
        made = Objection(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            number=canonical,
            tenant=actor.tenant,
            at=now,
            party=checked_text(party, "party"),
            text=checked_text(text, "text"),
            state="open",
            answer="",
            answered_at=None,
            ground=ground,
        )
        with self.database.writing() as uow:
            _public_certificate(uow, canonical)
            if request is not None:
                holder = earlier_resource(uow, request) or claim(uow, request, made.id, now)
                if holder != made.id:
                    return found_objection(uow, canonical, holder)
            if count_open(uow, canonical, actor.tenant) >= MAX_OPEN:
                raise OBJECTIONS_FULL.refuse(
                    f"Your party has {MAX_OPEN} open objections to {canonical} already.",
                    "Wait for an answer to one of them.",
                )
            add_objection(uow, made)
            facts = {"id": made.id, "party": made.party, "text": made.text, "ground": ground}
            append(uow, actor, now, "objection.raised", canonical, facts)
        return made

    def raise_as_reader(self, number: str, says: ReaderSays) -> Objection:
        """A new objection of somebody without a token. That there is one is public at once, its
        text with the answer; name and contact are for the owner of the certificate alone, and no
        part of the log.

        The same words while they are open give the one made before. Raises ServiceRefused API-002
        (blank), API-202, API-514 (MAX_OPEN_OF_READERS are open); InputRefused (CER-003, CER-004,
        CER-006, CER-007).
        """
        canonical, now = parse_certificate_number(number), self.clock()
        made = Objection(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            number=canonical,
            tenant=None,
            at=now,
            party="",
            text=checked_text(says.text, "text"),
            state="open",
            answer="",
            answered_at=None,
            ground=says.ground,
            name=checked_text(says.name, "name") if says.name.strip() else "",
            contact=checked_text(says.contact, "contact") if says.contact.strip() else "",
        )
        with self.database.writing() as uow:
            # Two at once would not see each other, nor that the last place is taken.
            uow.lock_audit_log()
            owner = _public_certificate(uow, canonical).tenant
            earlier = same_from_a_reader(uow, canonical, made.text)
            if earlier is not None:
                return earlier
            if count_open(uow, canonical, None) >= MAX_OPEN_OF_READERS:
                raise OBJECTIONS_FULL.refuse(
                    f"{MAX_OPEN_OF_READERS} objections of readers to {canonical} are open already.",
                    "Wait until the issuer has answered some of them.",
                )
            add_objection(uow, made)
            facts = {"id": made.id, "ground": made.ground}
            append(uow, Actor(owner, READER), now, "objection.raised", canonical, facts)
        return made

    def answer(
        self,
        actor: Actor,
        number: str,
        objection: str,
        state: ObjectionOutcome,
        answer: str,
        ground: ObjectionGround | None = None,
    ) -> Objection:
        """Answer an open objection to a certificate of the actor's, in public; on the ground that
        it was raised on, or on another `ground`. An upheld falsification suspends the certificate
        at once, unless it is not in use any more.

        Whoever made the certificate does not judge what is held against it, where others signed
        as well. Raises ServiceRefused API-002, API-102, API-202, API-207, API-503 (its status was
        changed at the same time), API-505; InputRefused (CER-003, CER-004).
        """
        need_role(actor, "approver")
        now, clean = self.clock(), checked_text(answer, "answer")
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if found.approver:
                need_other_eyes(actor, {"maker": found.maker})
            known = find_objection(uow, found.number, objection)
            judged = ground or (known.ground if known is not None else "other")
            answered = (state, judged, clean)
            if known is None or not answer_objection(uow, found.number, objection, answered, now):
                raise UNKNOWN_OBJECTION.refuse(
                    f"{found.number} has no open objection {objection[:64]!r}."
                )
            facts = {"id": objection, "state": state, "answer": clean, "ground": judged}
            events = [Event(actor, now, f"objection.{state}", found.number, facts)]
            if suspended_by(state, judged, found.status):
                events.append(_suspend(uow, actor, found, now))
            append_all(uow, events)
            return found_objection(uow, found.number, objection)

    def to(
        self, number: str, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Objection]:
        """Objections to a certificate, oldest first, `limit` at a time, behind `after`."""
        with self.database.reading() as uow:
            return objections_to(uow, number, limit, after)

    def tally(self, number: str) -> dict[ObjectionState, int]:
        """How many objections to a certificate are in each state."""
        with self.database.reading() as uow:
            return tally_of(uow, number)

    def waiting(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Objection]:
        """Open objections to the actor's certificates, oldest first, behind `after`."""
        with self.database.reading() as uow:
            return open_objections(uow, actor.tenant, limit, after)


def _public_certificate(uow: UnitOfWork, number: str) -> StoredCertificate:
    found = find_certificate(uow, number)
    if found is None:
        raise UNKNOWN_CERTIFICATE.refuse(f"No certificate {number} was issued here.")
    return found


def _suspend(uow: UnitOfWork, actor: Actor, found: StoredCertificate, now: datetime) -> Event:
    if not set_status(uow, found, "suspended", now, FALSIFIED):
        raise STATUS_FINAL.refuse(f"{found.number} was changed at the same time.", "Try again.")
    facts = {"from": found.status, "to": "suspended", "reason": FALSIFIED}
    return Event(actor, now, "certificate.suspended", found.number, facts)

"""Objections: anybody with a token may raise one; who owns the certificate answers in public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.faults import OBJECTIONS_FULL, UNKNOWN_CERTIFICATE, UNKNOWN_OBJECTION
from api.services.lifecycle import checked_text
from api.services.people import need_other_eyes, need_role
from api.services.requests import creation
from api.services.storing import owned_certificate
from api.store.audit import append
from api.store.certificates import find_certificate
from api.store.database import Database
from api.store.idempotency import claim, earlier_resource
from api.store.objections import (
    Objection,
    add_objection,
    answer_objection,
    count_open,
    found_objection,
    objections_to,
    open_objections,
)
from api.store.tenants import Actor
from footprint.certificates.number import parse_certificate_number

#: Most open objections of one tenant to one certificate: what more it has to say belongs in one.
MAX_OPEN = 10


@dataclass(frozen=True, slots=True)
class Objections:
    """Records what is held against certificates, and what came of it."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def raise_against(
        self, actor: Actor, number: str, party: str, text: str, idempotency_key: str | None = None
    ) -> Objection:
        """A new objection, in public and open. `party` is who raises it, as shown.

        The same `idempotency_key` with the same content gives the one made before. Raises
        ServiceRefused API-002 (blank), API-202, API-401, API-402, API-514 (MAX_OPEN are open);
        InputRefused (CER-003, CER-004).
        """
        canonical, now = parse_certificate_number(number), self.clock()
        request = creation(actor.tenant, idempotency_key, ["objection", canonical, party, text])
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
        )
        with self.database.writing() as uow:
            if find_certificate(uow, canonical) is None:
                raise UNKNOWN_CERTIFICATE.refuse(f"No certificate {canonical} was issued here.")
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
            facts = {"id": made.id, "party": made.party, "text": made.text}
            append(uow, actor, now, "objection.raised", canonical, facts)
        return made

    def answer(
        self,
        actor: Actor,
        number: str,
        objection: str,
        state: Literal["upheld", "rejected"],
        answer: str,
    ) -> Objection:
        """Answer an open objection to a certificate of the actor's, in public.

        Whoever made the certificate does not judge what is held against it, where others signed
        as well. Raises ServiceRefused API-002, API-102, API-202, API-207, API-505; InputRefused
        (CER-003, CER-004).
        """
        need_role(actor, "approver")
        now, clean = self.clock(), checked_text(answer, "answer")
        with self.database.writing() as uow:
            found = owned_certificate(uow, actor, number)
            if found.approver:
                need_other_eyes(actor, {"maker": found.maker})
            if not answer_objection(uow, found.number, objection, state, clean, now):
                raise UNKNOWN_OBJECTION.refuse(
                    f"{found.number} has no open objection {objection[:64]!r}."
                )
            facts = {"id": objection, "state": state, "answer": clean}
            append(uow, actor, now, f"objection.{state}", found.number, facts)
            return found_objection(uow, found.number, objection)

    def to(
        self, number: str, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Objection]:
        """Objections to a certificate, oldest first, `limit` at a time, behind `after`."""
        with self.database.reading() as uow:
            return objections_to(uow, number, limit, after)

    def waiting(self, actor: Actor, limit: int) -> list[Objection]:
        """Open objections to the actor's certificates, oldest first."""
        with self.database.reading() as uow:
            return open_objections(uow, actor.tenant, limit)

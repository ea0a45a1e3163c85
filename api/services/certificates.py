"""Issue certificates on stored footprints, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from api.services.backing import backed_evidence
from api.services.footprints import found_footprint
from api.services.issuer import Issuer, Order, Signatures
from api.services.keyring import KeyRing
from api.services.people import need_role, refuse_one_person
from api.services.places import free_places
from api.services.requests import creation
from api.services.same_orders import certified_thing, in_the_way
from api.services.seals import SealRing
from api.services.storing import (
    known_guesses,
    owned_certificate,
    refuse_unless_replaceable,
    store_certificate,
)
from api.store.audit import append_all
from api.store.certificates import StoredCertificate, find_certificate, own_certificates
from api.store.database import Database, UnitOfWork
from api.store.idempotency import claim, earlier_resource
from api.store.tenants import Actor

#: Two requests may draw the same place at the same time; then the slower one draws again.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Certificates:
    """Makes certificates for tenants. Their later life is `LifeCycle`, reading them `Register`.

    With `four_eyes` nothing is issued here except what `Applications` has brought through.
    """

    database: Database
    issuer: Issuer
    keyring: KeyRing
    seals: SealRing
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    four_eyes: bool

    def issue(
        self,
        actor: Actor,
        order: Order,
        idempotency_key: str | None = None,
        guesses: Sequence[int] = (),
    ) -> StoredCertificate:
        """Decide, and issue a self-declared certificate when the verdict is pass; it is valid from
        today (UTC). Its PDFs are drawn and sealed when they are first asked for. `guesses`: the
        rows that the actor knows to rest on guesses, for the log.

        The same `idempotency_key` with the same order gives the certificate issued before.
        Raises ServiceRefused API-102 (roles), API-201 (footprint), API-202 and API-503 (what it
        replaces), API-531 (the same order is in force), API-227 and API-524 (the statement that the
        evidence names), API-401 and API-402 (key), API-505 (four eyes), and what `Issuer.make`
        raises.
        """
        refuse_one_person(self.four_eyes)
        need_role(actor, "maker", "approver")
        for _ in range(ATTEMPTS - 1):
            with suppress(IntegrityError):
                return self._issue(actor, order, idempotency_key, guesses)
        return self._issue(actor, order, idempotency_key, guesses)

    def prepare(self, actor: Actor, order: Order, signatures: Signatures) -> StoredCertificate:
        """A certificate on the actor's footprint, made but not stored. Raises as `issue` does, and
        InputRefused (CER-013) where the seal has ended, which then could seal no PDF of it."""
        self.seals.refuse_ended()
        with self.database.reading() as uow:
            footprint = found_footprint(uow, actor, order.footprint)
            (place,) = free_places(uow, 1, self.entropy)
            if order.replaces is not None:
                old = owned_certificate(uow, actor, order.replaces)
                refuse_unless_replaceable(old)
                order = replace(order, replaces=old.number)
            evidence, statement = backed_evidence(uow, footprint, order.scheme, order.evidence)
        order = replace(order, evidence=evidence)
        signatures = replace(signatures, statement=statement)
        key = self.keyring.active
        return self.issuer.make(footprint, order, place, self.clock(), signatures, key)

    def in_the_way(self, made: StoredCertificate) -> list[StoredCertificate]:
        """Those of the same order beside which a certificate that was made cannot be stored, if it
        does not replace them; the newest first."""
        with self.database.reading() as uow:
            return in_the_way(uow, made.tenant, certified_thing(made), self.clock().date())

    def listed(
        self,
        actor: Actor,
        limit: int = 200,
        after: tuple[date, str] | None = None,
        *,
        ended: bool = False,
    ) -> list[StoredCertificate]:
        """The actor's certificates whose term runs, those that end first first; or those that
        `ended`, were withdrawn or replaced, the last end first. Behind `after`."""
        today = self.clock().date()
        with self.database.reading() as uow:
            return own_certificates(uow, actor.tenant, limit, today, after, ended=ended)

    def owned(self, actor: Actor, number: str) -> StoredCertificate:
        """A certificate of the actor's. Raises ServiceRefused API-202, InputRefused (CER-006,
        CER-007)."""
        with self.database.reading() as uow:
            return owned_certificate(uow, actor, number)

    def _issue(
        self, actor: Actor, order: Order, idempotency_key: str | None, guesses: Sequence[int]
    ) -> StoredCertificate:
        request = creation(actor.tenant, idempotency_key, ["certificate", order.content])
        if request is not None:
            with self.database.reading() as uow:
                earlier = earlier_resource(uow, request)
                if earlier is not None:
                    return _issued(uow, earlier)
        # Outside the transaction: it takes its time.
        made = self.prepare(actor, order, Signatures(actor.identity))
        with self.database.writing() as uow:
            if request is not None:
                holder = claim(uow, request, made.number, made.issued_at)
                if holder != made.number:
                    return _issued(uow, holder)
            stored, (issued, *others) = store_certificate(uow, actor, made, order.replace)
            told = replace(issued, facts={**issued.facts, **known_guesses(guesses)})
            append_all(uow, [told, *others])
        return stored


def _issued(uow: UnitOfWork, number: str) -> StoredCertificate:
    found = find_certificate(uow, number)
    if found is None:
        raise LookupError(f"certificate {number} is named by a key but not stored")
    return found

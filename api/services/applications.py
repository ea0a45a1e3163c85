"""Applications: draft, submitted, checked, issued, each step by another person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.faults import STATUS_FINAL, UNKNOWN_APPLICATION
from api.services.certificates import ATTEMPTS, Certificates
from api.services.footprints import found_footprint
from api.services.issuer import Order, Signatures
from api.services.lifecycle import checked_text
from api.services.people import need_role, need_step
from api.services.requests import creation
from api.services.same_orders import refuse_beside
from api.services.storing import known_guesses, owned_certificate, store_certificate
from api.store.applications import (
    Application,
    add_application,
    ended_applications,
    find_application,
    list_applications,
    move_application,
    open_applications,
)
from api.store.audit import AuditEntry, Event, append, append_all, entries_about
from api.store.certificates import StoredCertificate
from api.store.database import Database, UnitOfWork
from api.store.idempotency import claim, earlier_resource
from api.store.tenants import Actor
from footprint.certificates.lifecycle import APPLICATION_RULES, ApplicationState, ApplicationStep
from footprint.certificates.same_order import thing_ordered


@dataclass(frozen=True, slots=True)
class Applications:
    """Brings orders from a draft to a certificate; each method names whose it is about."""

    database: Database
    certificates: Certificates
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def draft(
        self,
        actor: Actor,
        order: Order,
        idempotency_key: str | None = None,
        guesses: Sequence[int] = (),
    ) -> Application:
        """A new application of the actor's, as a draft. `guesses`: the rows that he knows to rest
        on guesses, for the log.

        The same `idempotency_key` with the same order gives the one made before. Raises
        ServiceRefused API-102, API-201 (footprint), API-202 (what it replaces), API-401, API-402,
        API-531 (the same order is in force), and what `Issuer.foresee` raises: a draft that could
        never be issued is not made.
        """
        need_role(actor, "maker")
        request = creation(actor.tenant, idempotency_key, ["application", order.content])
        now = self.clock()
        made = Application(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            state="draft",
            created_at=now,
            changed_at=now,
            maker=actor.identity,
            checker="",
            approver="",
            note="",
            number=None,
            **_order_fields(order),
        )
        with self.database.reading() as uow:
            footprint = found_footprint(uow, actor, order.footprint)
        self.certificates.issuer.foresee(footprint, order, now.date())
        product = footprint.content["product"]
        with self.database.writing() as uow:
            named = order.replaces and owned_certificate(uow, actor, order.replaces).number
            if request is not None:
                earlier = earlier_resource(uow, request)
                holder = earlier or claim(uow, request, made.id, now)
                if holder != made.id:
                    return _found(uow, actor, holder)
            # Said to the maker, who can mend the order, and not to the approver alone.
            if not order.replace:
                drafts = self.certificates.issuer.drafts_only
                thing = thing_ordered(product, order.scheme, order.tier, draft=drafts)
                refuse_beside(uow, actor.tenant, thing, named, now.date())
            add_application(uow, made)
            facts = {"scheme": order.scheme, **known_guesses(guesses)}
            append(uow, actor, now, "application.drafted", made.id, facts)
        return made

    def get(self, actor: Actor, application: str) -> Application:
        """The actor's application of this id. Raises ServiceRefused API-206."""
        with self.database.reading() as uow:
            return _found(uow, actor, application)

    def listed(
        self,
        actor: Actor,
        state: ApplicationState | None,
        limit: int,
        after: tuple[datetime, str] | None = None,
    ) -> list[Application]:
        """The actor's applications, oldest first, `limit` at a time, behind `after`."""
        with self.database.reading() as uow:
            return list_applications(uow, actor.tenant, state, limit, after)

    def waiting(self, actor: Actor, limit: int) -> list[Application]:
        """The actor's applications that came to no end yet, the longest unchanged first."""
        with self.database.reading() as uow:
            return open_applications(uow, actor.tenant, limit)

    def ended(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Application]:
        """The actor's applications that came to an end, the newest end first, behind `after`."""
        with self.database.reading() as uow:
            return ended_applications(uow, actor.tenant, limit, after)

    def course(self, known: Application) -> list[AuditEntry]:
        """Who did what with an application, oldest first."""
        with self.database.reading() as uow:
            return entries_about(uow, known.id)

    def submit(self, actor: Actor, application: str, seen: datetime | None = None) -> Application:
        """Hand a draft in, by its maker (or another one, who then is its maker).

        `seen`, here and below, is the last change that whoever decides knows of; an application
        that was changed since is left as it is. Raises ServiceRefused API-102, API-206, API-503
        (not a draft, or changed since).
        """
        return self._step(actor, application, "submit", seen, maker=actor.identity)

    def check(
        self, actor: Actor, application: str, note: str = "", seen: datetime | None = None
    ) -> Application:
        """Say that it was checked, by somebody who is not its maker.

        Raises ServiceRefused API-102, API-206, API-503, API-505 (the maker himself).
        """
        clean = checked_text(note, "note") if note else ""
        return self._step(actor, application, "check", seen, checker=actor.identity, note=clean)

    def send_back(
        self, actor: Actor, application: str, note: str, seen: datetime | None = None
    ) -> Application:
        """Return it to its maker, with the reason. Raises as `check` does, API-002 without one."""
        said = checked_text(note, "note")
        return self._step(actor, application, "return", seen, checker="", note=said)

    def withdraw(self, actor: Actor, application: str, seen: datetime | None = None) -> Application:
        """Give an application up. Raises ServiceRefused API-102, API-206, API-503."""
        return self._step(actor, application, "withdraw", seen)

    def approve(
        self, actor: Actor, application: str, seen: datetime | None = None
    ) -> tuple[Application, StoredCertificate]:
        """Decide and issue, by somebody who neither made nor checked it.

        The decision is made anew on the day of approval. Raises ServiceRefused API-102, API-206,
        API-503 (not checked), API-505 (same eyes), and what `Issuer.make` raises.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(IntegrityError):
                return self._approve(actor, application, seen)
        return self._approve(actor, application, seen)

    def _approve(
        self, actor: Actor, application: str, seen: datetime | None
    ) -> tuple[Application, StoredCertificate]:
        need_role(actor, APPLICATION_RULES["issue"].role)
        known = self.get(actor, application)
        need_step(actor, "issue", known)
        if seen is not None and known.changed_at != seen:
            raise _moved_meanwhile(known)
        signatures = Signatures(known.maker, known.checker, actor.identity, known.id)
        made = self.certificates.prepare(actor, order_in(known), signatures)
        with self.database.writing() as uow:
            made, events = store_certificate(uow, actor, made, known.replace)
            moved = move_application(
                uow,
                known,
                "issued",
                made.issued_at,
                approver=actor.identity,
                number=made.number,
            )
            if moved is None:
                raise _moved_meanwhile(known)
            facts = {"number": made.number, "approver": actor.identity}
            events.append(Event(actor, made.issued_at, "application.issued", known.id, facts))
            append_all(uow, events)
        return moved, made

    def _step(
        self,
        actor: Actor,
        application: str,
        step: ApplicationStep,
        seen: datetime | None,
        **changes: Any,
    ) -> Application:
        rule = APPLICATION_RULES[step]
        need_role(actor, rule.role)
        now = self.clock()
        with self.database.writing() as uow:
            known = _found(uow, actor, application)
            need_step(actor, step, known)
            if seen is not None and known.changed_at != seen:
                raise _moved_meanwhile(known)
            moved = move_application(uow, known, rule.to, now, **changes)
            if moved is None:
                raise _moved_meanwhile(known)
            facts = {"by": actor.identity, "note": moved.note}
            append(uow, actor, now, f"application.{rule.to}", known.id, facts)
        return moved


def _order_fields(order: Order) -> dict[str, Any]:
    return {
        "footprint": order.footprint,
        "scheme": order.scheme,
        "tier": order.tier,
        "evidence": order.evidence,
        "months": order.months,
        "replaces": order.replaces,
        "replace": order.replace,
    }


def order_in(known: Application) -> Order:
    """What an application asks for."""
    return Order(
        known.footprint,
        known.scheme,
        known.tier,  # type: ignore[arg-type]  # the database keeps it as text
        known.evidence,
        known.months,
        known.replaces,
        replace=known.replace,
    )


def _found(uow: UnitOfWork, actor: Actor, application: str) -> Application:
    found = find_application(uow, actor.tenant, application[:64])
    if found is None:
        raise UNKNOWN_APPLICATION.refuse(
            f"There is no application {application[:64]!r} among yours.",
            "Use the id that POST /v1/applications answered with.",
        )
    return found


def _moved_meanwhile(known: Application) -> Exception:
    return STATUS_FINAL.refuse(
        f"The application was changed by somebody else; it was {known.state}.",
        "Read it again and decide anew.",
    )

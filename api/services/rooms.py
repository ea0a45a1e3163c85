"""Evidence rooms: a verifier is let into one application, draws, opens, finds and states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.faults import (
    FINDING_OPEN,
    INVALID,
    LINK_USED,
    STATUS_FINAL,
    UNKNOWN_APPLICATION,
    UNKNOWN_FINDING,
)
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.services.sessions import key_hash, new_key
from api.store.applications import Application, find_application, move_application
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.rooms import (
    DrawnSeed,
    FindingState,
    Grant,
    Opening,
    RoomFinding,
    Severity,
    Statement,
    add_finding,
    add_grant,
    add_opening,
    add_seed,
    add_statement,
    findings_of,
    grant_of,
    grants_for,
    move_finding,
    openings_of,
    revoke_grant,
    seeds_of,
    statements_on,
)
from api.store.tenants import Actor
from footprint.rules.evidence import AssuranceLevel, VerifierKind
from footprint.rules.statement import with_statement

#: For how many days a room may be open to a verifier.
ROOM_TERMS = (7, 30, 90)
#: States in which the evidence of an application may still change.
_UNDECIDED = ("draft", "returned", "submitted")
#: Seeds are below this, so that they are easily read aloud.
_SEEDS = 1_000_000
_KINDS: tuple[VerifierKind, ...] = tuple(kind for kind in get_args(VerifierKind) if kind != "self")
_LEVELS: tuple[AssuranceLevel, ...] = get_args(AssuranceLevel)


@dataclass(frozen=True, slots=True)
class RoomState:
    """What stands in a room: the samples drawn, lines opened, findings, statements, grants."""

    seeds: list[DrawnSeed]
    openings: dict[int, Opening]
    findings: list[RoomFinding]
    statements: list[Statement]
    grants: list[Grant]

    @property
    def seed(self) -> int | None:
        """The seed of the sample that counts: the last one."""
        return self.seeds[-1].seed if self.seeds else None


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of all tenants. A verifier's grant opens one application and nothing else."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def invite(self, actor: Actor, application: str, verifier: str, days: int) -> tuple[Grant, str]:
        """Let a verifier into an application of the actor's: the secret of the link, which works
        until its end. Raises ServiceRefused API-102 (role maker), API-206, API-002."""
        need_role(actor, "maker")
        if days not in ROOM_TERMS:
            raise INVALID.refuse("The form cannot be used: it names no term.")
        now, secret = self.clock(), new_key(self.entropy)
        with self.database.writing() as uow:
            known = _application(uow, actor.tenant, application)
            made = Grant(
                self._id(),
                key_hash(secret),
                actor.tenant,
                known.id,
                checked_text(verifier, "name"),
                now,
                actor.identity,
                now + timedelta(days=days),
            )
            add_grant(uow, made)
            facts = {"verifier": made.verifier, "until": made.expires_at.isoformat()}
            append(uow, actor, now, "room.granted", known.id, facts | {"by": actor.identity})
        return made, secret

    def revoke(self, actor: Actor, application: str, grant: str) -> None:
        """End a verifier's way in. Raises ServiceRefused API-102, API-206."""
        need_role(actor, "maker")
        now = self.clock()
        with self.database.writing() as uow:
            known = _application(uow, actor.tenant, application)
            if revoke_grant(uow, known.id, grant[:64], now):
                append(uow, actor, now, "room.revoked", known.id, {"by": actor.identity})

    def grant(self, secret: str) -> Grant:
        """The grant of a link. Raises ServiceRefused API-103 for one that opens nothing."""
        with self.database.reading() as uow:
            found = grant_of(uow, key_hash(secret))
        if found is None or not found.opens(self.clock()):
            raise LINK_USED.refuse(
                "This link opens nothing, or does not do so any more.",
                "Ask whoever sent it for a new one.",
            )
        return found

    def entered(self, grant: Grant) -> Application:
        """The application that a grant opens."""
        with self.database.reading() as uow:
            return _application(uow, grant.tenant, grant.application)

    def state(self, application: Application) -> RoomState:
        """What stands in the room of an application."""
        with self.database.reading() as uow:
            return RoomState(
                seeds_of(uow, application.id),
                openings_of(uow, application.id),
                findings_of(uow, application.id),
                statements_on(uow, application.id),
                grants_for(uow, application.id),
            )

    def draw(self, grant: Grant) -> DrawnSeed:
        """Draw a sample: its seed is random, and no one's choice. A second drawing counts, and the
        first stays in sight."""
        now = self.clock()
        seed = int.from_bytes(self.entropy(8), "big") % _SEEDS
        made = DrawnSeed(self._id(), grant.application, seed, now, grant.verifier)
        with self.database.writing() as uow:
            add_seed(uow, made)
            append(uow, _verifier(grant), now, "room.drawn", grant.application, {"seed": seed})
        return made

    def open(self, grant: Grant, line: int) -> None:
        """Open a line; that it was opened is in the log before it is shown."""
        now = self.clock()
        made = Opening(grant.application, line, now, grant.verifier)
        try:
            with self.database.writing() as uow:
                add_opening(uow, made)
                append(uow, _verifier(grant), now, "room.opened", grant.application, {"line": line})
        except IntegrityError:
            return  # it was opened before

    def find(self, grant: Grant, severity: Severity, about: str, text: str) -> RoomFinding:
        """Record a finding. Raises ServiceRefused API-002 for blank words."""
        now = self.clock()
        made = RoomFinding(
            self._id(),
            grant.application,
            now,
            grant.verifier,
            severity,
            checked_text(about, "about"),
            checked_text(text, "text"),
        )
        with self.database.writing() as uow:
            add_finding(uow, made)
            facts = {"id": made.id, "severity": severity, "about": made.about}
            append(uow, _verifier(grant), now, "room.found", grant.application, facts)
        return made

    def answer(self, actor: Actor, application: str, finding: str, answer: str) -> None:
        """Answer an open finding on an application of the actor's. Raises ServiceRefused API-102
        (role maker), API-206, API-223, API-002."""
        need_role(actor, "maker")
        now, clean = self.clock(), checked_text(answer, "answer")
        with self.database.writing() as uow:
            known = _application(uow, actor.tenant, application)
            values = {
                "state": "answered",
                "answer": clean,
                "answered_by": actor.identity,
                "answered_at": now,
            }
            if not move_finding(uow, known.id, finding[:64], ("open",), **values):
                raise UNKNOWN_FINDING.refuse("There is no such open finding.")
            facts = {"id": finding[:64], "by": actor.identity}
            append(uow, actor, now, "room.answered", known.id, facts)

    def close(self, grant: Grant, finding: str) -> None:
        """Close a finding, answered or not. Raises ServiceRefused API-223."""
        now = self.clock()
        with self.database.writing() as uow:
            states: tuple[FindingState, ...] = ("open", "answered")
            values = {"state": "closed", "closed_at": now}
            done = move_finding(uow, grant.application, finding[:64], states, **values)
            if not done:
                raise UNKNOWN_FINDING.refuse("There is no such open finding.")
            facts = {"id": finding[:64]}
            append(uow, _verifier(grant), now, "room.closed", grant.application, facts)

    def reopen(self, grant: Grant, finding: str) -> None:
        """Open an answered finding again: the answer does not do. Raises ServiceRefused API-223."""
        now = self.clock()
        with self.database.writing() as uow:
            if not move_finding(uow, grant.application, finding[:64], ("answered",), state="open"):
                raise UNKNOWN_FINDING.refuse("There is no such open finding.")
            facts = {"id": finding[:64]}
            append(uow, _verifier(grant), now, "room.reopened", grant.application, facts)

    def conclude(self, grant: Grant, kind: str, level: str, limits: str) -> Statement:
        """State the outcome: it goes into the evidence of the application, on which everything is
        decided anew.

        Raises ServiceRefused API-503 (the evidence cannot change any more, or was stated by this
        verifier before), API-523 (a major finding is not closed), API-002; InputRefused (RUL).
        """
        kinds = [one for one in _KINDS if one == kind]
        levels = [one for one in _LEVELS if one == level]
        if not kinds or not levels:
            raise INVALID.refuse("The form cannot be used: there is no such step.")
        now, clean = self.clock(), checked_text(limits, "limits") if limits else ""
        made = Statement(grant.application, grant.verifier, kinds[0], levels[0], clean, now)
        try:
            with self.database.writing() as uow:
                known = _application(uow, grant.tenant, grant.application)
                self._may_conclude(uow, known)
                add_statement(uow, made)
                said = with_statement(
                    known.evidence, grant.verifier, kinds[0], levels[0], now.date()
                )
                if move_application(uow, known, known.state, now, evidence=said) is None:
                    raise STATUS_FINAL.refuse("The application was changed at the same time.")
                facts = {"kind": kind, "level": level, "limits": clean}
                append(uow, _verifier(grant), now, "room.stated", known.id, facts)
        except IntegrityError:
            raise STATUS_FINAL.refuse("This verifier has made a statement already.") from None
        return made

    def _may_conclude(self, uow: UnitOfWork, known: Application) -> None:
        if known.state not in _UNDECIDED:
            raise STATUS_FINAL.refuse(
                f"The application is {known.state}: its evidence cannot change any more.",
                "Have it sent back first.",
            )
        left = [one for one in findings_of(uow, known.id) if one.state != "closed"]
        if any(one.severity == "major" for one in left):
            raise FINDING_OPEN.refuse(
                "A major finding is not closed.", "Close it, or leave the statement undone."
            )

    def _id(self) -> str:
        return str(UUID(bytes=self.entropy(16), version=4))


def _verifier(grant: Grant) -> Actor:
    return Actor(grant.tenant, f"room:{grant.id}", grant.verifier, ())


def _application(uow: UnitOfWork, tenant: str, application: str) -> Application:
    found = find_application(uow, tenant, application[:64])
    if found is None:
        raise UNKNOWN_APPLICATION.refuse(
            f"There is no application {application[:64]!r} among yours.",
            "Use the id that POST /v1/applications answered with.",
        )
    return found

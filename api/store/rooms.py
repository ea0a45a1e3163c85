"""Evidence rooms as they are kept: grants, samples, openings, findings, statements."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, update

from api.store.database import UnitOfWork
from api.store.room_tables import findings, room_grants, room_openings, room_samples, statements
from api.store.rows import record_of, records_of

Severity = Literal["minor", "major"]
FindingState = Literal["open", "answered", "closed"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A verifier's way into one application, until `expires_at`."""

    id: str
    secret_hash: str
    tenant: str
    application: str
    verifier: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    revoked_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Whether it lets somebody in."""
        return self.revoked_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True)
class DrawnSeed:
    """A sample that was drawn: its seed, when and by whom."""

    id: str
    application: str
    seed: int
    drawn_at: datetime
    drawn_by: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that was opened."""

    application: str
    line: int
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class RoomFinding:
    """What a verifier found; `about` is a line or a rule, as he names it."""

    id: str
    application: str
    at: datetime
    by: str
    severity: Severity
    about: str
    text: str
    state: FindingState = "open"
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a verifier states in the end."""

    application: str
    verifier: str
    kind: str
    level: str
    limits: str
    at: datetime


def add_grant(uow: UnitOfWork, grant: Grant) -> None:
    """Store a grant."""
    uow.connection.execute(insert(room_grants).values(asdict(grant)))


def grant_of(uow: UnitOfWork, secret_hash: str) -> Grant | None:
    """The grant whose link has this hash, revoked or over or not."""
    return record_of(uow, Grant, {room_grants.c.secret_hash: secret_hash})


def grants_for(uow: UnitOfWork, application: str) -> list[Grant]:
    """The grants of an application, oldest first."""
    order = (room_grants.c.created_at, room_grants.c.id)
    return records_of(uow, Grant, {room_grants.c.application: application}, order)


def grants_in(uow: UnitOfWork, tenant: str) -> list[Grant]:
    """Every grant of a tenant."""
    return records_of(uow, Grant, {room_grants.c.tenant: tenant})


def revoke_grant(uow: UnitOfWork, application: str, grant: str, at: datetime) -> bool:
    """End a grant of this application; whether there was one that stood."""
    query = update(room_grants).where(
        room_grants.c.application == application,
        room_grants.c.id == grant,
        room_grants.c.revoked_at.is_(None),
    )
    return uow.connection.execute(query.values(revoked_at=at)).rowcount == 1


def add_seed(uow: UnitOfWork, seed: DrawnSeed) -> None:
    """Store a sample that was drawn."""
    uow.connection.execute(insert(room_samples).values(asdict(seed)))


def seeds_of(uow: UnitOfWork, application: str) -> list[DrawnSeed]:
    """The samples of an application, in the order in which they were drawn."""
    order = (room_samples.c.drawn_at, room_samples.c.id)
    return records_of(uow, DrawnSeed, {room_samples.c.application: application}, order)


def add_opening(uow: UnitOfWork, opening: Opening) -> None:
    """Store that a line was opened. Raises `sqlalchemy.exc.IntegrityError` where it was before."""
    uow.connection.execute(insert(room_openings).values(asdict(opening)))


def openings_of(uow: UnitOfWork, application: str) -> dict[int, Opening]:
    """The lines of an application that were opened, by number."""
    wanted = {room_openings.c.application: application}
    return {one.line: one for one in records_of(uow, Opening, wanted, (room_openings.c.line,))}


def add_finding(uow: UnitOfWork, finding: RoomFinding) -> None:
    """Store a finding."""
    uow.connection.execute(insert(findings).values(asdict(finding)))


def findings_of(uow: UnitOfWork, application: str) -> list[RoomFinding]:
    """The findings on an application, oldest first."""
    order = (findings.c.at, findings.c.id)
    return records_of(uow, RoomFinding, {findings.c.application: application}, order)


def move_finding(
    uow: UnitOfWork,
    application: str,
    finding: str,
    after: tuple[FindingState, ...],
    **values: object,
) -> bool:
    """Change a finding that is in one of these states; whether there was one."""
    query = update(findings).where(
        findings.c.application == application,
        findings.c.id == finding,
        findings.c.state.in_(after),
    )
    return uow.connection.execute(query.values(values)).rowcount == 1


def add_statement(uow: UnitOfWork, statement: Statement) -> None:
    """Store a statement. Raises `sqlalchemy.exc.IntegrityError` for a second one of a verifier."""
    uow.connection.execute(insert(statements).values(asdict(statement)))


def statements_on(uow: UnitOfWork, application: str) -> list[Statement]:
    """The statements on an application, oldest first."""
    order = (statements.c.at, statements.c.verifier)
    return records_of(uow, Statement, {statements.c.application: application}, order)

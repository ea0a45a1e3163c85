"""Evidence rooms as they are kept: grants, samples, openings, findings, statements."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select, update

from api.store.database import UnitOfWork
from api.store.room_tables import findings, room_grants, room_openings, room_samples, statements
from api.store.rows import columns, record

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
    query = select(*columns(Grant, room_grants)).where(room_grants.c.secret_hash == secret_hash)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Grant, row)


def grants_for(uow: UnitOfWork, application: str) -> list[Grant]:
    """The grants of an application, oldest first."""
    query = select(*columns(Grant, room_grants)).where(room_grants.c.application == application)
    query = query.order_by(room_grants.c.created_at, room_grants.c.id)
    return [record(Grant, row) for row in uow.connection.execute(query)]


def grants_in(uow: UnitOfWork, tenant: str) -> list[Grant]:
    """Every grant of a tenant."""
    query = select(*columns(Grant, room_grants)).where(room_grants.c.tenant == tenant)
    return [record(Grant, row) for row in uow.connection.execute(query)]


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
    query = select(*columns(DrawnSeed, room_samples))
    query = query.where(room_samples.c.application == application)
    query = query.order_by(room_samples.c.drawn_at, room_samples.c.id)
    return [record(DrawnSeed, row) for row in uow.connection.execute(query)]


def add_opening(uow: UnitOfWork, opening: Opening) -> None:
    """Store that a line was opened. Raises `sqlalchemy.exc.IntegrityError` where it was before."""
    uow.connection.execute(insert(room_openings).values(asdict(opening)))


def openings_of(uow: UnitOfWork, application: str) -> dict[int, Opening]:
    """The lines of an application that were opened, by number."""
    query = select(*columns(Opening, room_openings))
    query = query.where(room_openings.c.application == application).order_by(room_openings.c.line)
    return {row.line: record(Opening, row) for row in uow.connection.execute(query)}


def add_finding(uow: UnitOfWork, finding: RoomFinding) -> None:
    """Store a finding."""
    uow.connection.execute(insert(findings).values(asdict(finding)))


def findings_of(uow: UnitOfWork, application: str) -> list[RoomFinding]:
    """The findings on an application, oldest first."""
    query = select(*columns(RoomFinding, findings)).where(findings.c.application == application)
    query = query.order_by(findings.c.at, findings.c.id)
    return [record(RoomFinding, row) for row in uow.connection.execute(query)]


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
    query = select(*columns(Statement, statements)).where(statements.c.application == application)
    query = query.order_by(statements.c.at, statements.c.verifier)
    return [record(Statement, row) for row in uow.connection.execute(query)]

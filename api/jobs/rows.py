"""Jobs in the database: added, taken by one worker at a time, ended once.

A worker holds a job by its attempt and a lease. Whoever takes a job whose lease ran out counts the
attempt up, and what the earlier worker still writes then meets no row: it cannot end the job twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update

from api.jobs.model import MAX_LOST, OPEN, Job, JobState
from api.store.database import UnitOfWork
from api.store.rows import columns, record, record_of
from api.store.tables import jobs


@dataclass(frozen=True, slots=True)
class Held:
    """A job that this process has taken, by its attempt."""

    id: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker needs of the job that it holds."""

    kind: str
    actor: str
    payload: str


def add_job(uow: UnitOfWork, job: Job, actor: str, payload: str) -> None:
    """Store a new job that waits; `actor` and `payload` are JSON texts."""
    values = {column.name: getattr(job, column.name) for column in columns(Job, jobs)}
    uow.connection.execute(insert(jobs).values(**values, actor=actor, payload=payload))


def find_job(uow: UnitOfWork, tenant: str, job: str) -> Job | None:
    """The tenant's job of this id."""
    return record_of(uow, Job, {jobs.c.tenant: tenant, jobs.c.id: job})


def states_of(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, JobState]:
    """The states of those of these jobs that are known, whosever they are."""
    query = select(jobs.c.id, jobs.c.state).where(jobs.c.id.in_(list(ids)))
    return {row.id: row.state for row in uow.connection.execute(query)}


def list_jobs(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[Job]:
    """The tenant's jobs, newest first, behind `after` (time and id of the last one)."""
    query = select(*columns(Job, jobs)).where(jobs.c.tenant == tenant)
    if after is not None:
        at, last = after
        query = query.where(
            or_(jobs.c.created_at < at, and_(jobs.c.created_at == at, jobs.c.id > last))
        )
    query = query.order_by(jobs.c.created_at.desc(), jobs.c.id).limit(limit)
    return [record(Job, row) for row in uow.connection.execute(query)]


def count_open_jobs(uow: UnitOfWork, tenant: str) -> int:
    """How many jobs of the tenant wait or run."""
    query = select(func.count()).where(jobs.c.tenant == tenant, jobs.c.state.in_(OPEN))
    return int(uow.connection.scalar(query) or 0)


def is_ready(uow: UnitOfWork, now: datetime) -> bool:
    """Whether there is a job to take: asked first, as it needs no lock."""
    return bool(uow.connection.scalar(select(exists().where(_ready(now)))))


def take_job(uow: UnitOfWork, now: datetime, lease: timedelta) -> Held | None:
    """The job that waits longest, or whose worker let its lease run out, held from now on.

    PostgreSQL's workers skip rows that others are just taking; SQLite has one writer anyway.
    """
    query = select(jobs.c.id, jobs.c.attempt, jobs.c.state, jobs.c.lost).where(_ready(now))
    query = query.order_by(jobs.c.created_at, jobs.c.id).limit(1).with_for_update(skip_locked=True)
    while (row := uow.connection.execute(query).one_or_none()) is not None:
        lost = row.lost + (row.state == "running")
        if lost >= MAX_LOST:
            end_job(uow, Held(row.id, row.attempt), "failed", now, problem=LOST)
            continue
        held = Held(row.id, row.attempt + 1)
        values = {"state": "running", "attempt": held.attempt, "lost": lost, "done": 0}
        taken = update(jobs).where(jobs.c.id == held.id)
        uow.connection.execute(taken.values(**values, leased_until=now + lease))
        return held
    return None


def _ready(now: datetime) -> ColumnElement[bool]:
    left = and_(jobs.c.state == "running", jobs.c.leased_until < now)
    return or_(jobs.c.state == "waiting", left)


#: Why a job failed whose process ended again and again without an answer, as a refusal.
LOST = (
    '{"fault": "API-603", "problems": [{"code": "API-603", "message": "The process that worked on '
    f'this job ended {MAX_LOST} times without an answer.", "hint": "Send less at once, and tell'
    ' the operator the id of the job.", "file": "", "row": null, "column": null}], "details": {}}'
)


def assignment(uow: UnitOfWork, held: Held) -> Assignment | None:
    """What is to be done; None when the job is not held any more."""
    query = select(*columns(Assignment, jobs)).where(*_mine(held))
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Assignment, row)


def is_held(uow: UnitOfWork, held: Held) -> bool:
    """Whether a job is still held: not ended, not cancelled, not taken by another worker."""
    return bool(uow.connection.scalar(select(exists().where(*_mine(held)))))


def renew(uow: UnitOfWork, held: Held, until: datetime) -> bool:
    """Hold a job longer; whether it is still held."""
    query = update(jobs).where(*_mine(held)).values(leased_until=until)
    return uow.connection.execute(query).rowcount == 1


def give_back(uow: UnitOfWork, held: Held) -> None:
    """Let another worker take a job at once. Does nothing when it is not held any more."""
    values = {"state": "waiting", "leased_until": None}
    uow.connection.execute(update(jobs).where(*_mine(held)).values(**values))


def lose(uow: UnitOfWork, held: Held) -> None:
    """The process of a job ended without an answer: its lease is over at once. Does nothing when
    the job was ended, as it should be."""
    past = datetime.fromtimestamp(0, UTC)
    uow.connection.execute(update(jobs).where(*_mine(held)).values(leased_until=past))


def set_progress(uow: UnitOfWork, held: Held, done: int, total: int, at: datetime) -> bool:
    """Say how far a job is; whether it is still held."""
    query = update(jobs).where(*_mine(held)).values(done=done, total=total, changed_at=at)
    return uow.connection.execute(query).rowcount == 1


def end_job(
    uow: UnitOfWork, held: Held, state: JobState, at: datetime, result: str = "", problem: str = ""
) -> bool:
    """End a job that is held; whether it was. Its payload is deleted: what came of it is kept."""
    values: dict[str, Any] = {"state": state, "changed_at": at}
    values |= {"result": result, "problem": problem}
    if state == "done":
        values["done"] = jobs.c.total  # how far it was is told now and then, not at the last step
    query = update(jobs).where(*_mine(held)).values(**values, leased_until=None, payload="")
    return uow.connection.execute(query).rowcount == 1


def cancel_job(uow: UnitOfWork, tenant: str, job: str, at: datetime) -> bool:
    """End a job that waits or runs; whether it did. Its worker finds out by itself."""
    mine = (jobs.c.tenant == tenant, jobs.c.id == job, jobs.c.state.in_(OPEN))
    values = {"state": "cancelled", "changed_at": at, "leased_until": None, "payload": ""}
    return uow.connection.execute(update(jobs).where(*mine).values(**values)).rowcount == 1


def _mine(held: Held) -> tuple[ColumnElement[bool], ...]:
    return jobs.c.id == held.id, jobs.c.attempt == held.attempt, jobs.c.state == "running"

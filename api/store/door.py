"""Rows of the door: sign-ins, and failures that are being counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.store.database import UnitOfWork
from api.store.door_tables import door_counts, sign_ins
from api.store.rows import columns, newest_first, record

#: By a link or a pasted token comes a person, by client id and secret a partner's machine.
Way = Literal["link", "token", "client"]
DoorOutcome = Literal["in", "refused", "locked"]
#: What failures are counted of: an address of people, a client id, an address of clients.
CountKind = Literal["address", "client", "client-address"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody came to the door. `actor` and `person` are empty for who is not known."""

    id: str
    tenant: str
    at: datetime
    way: Way
    outcome: DoorOutcome
    actor: str
    person: str
    address: str


@dataclass(frozen=True, slots=True)
class DoorCount:
    """Failures of an address or a client since a moment; `locked_until` once they are too many."""

    key: str
    id: str
    tenant: str
    kind: CountKind
    what: str
    failures: int
    since: datetime
    locked_until: datetime | None = None


def add_sign_in(uow: UnitOfWork, sign_in: SignIn) -> None:
    """Keep that somebody came to the door."""
    uow.connection.execute(insert(sign_ins).values(asdict(sign_in)))


def list_sign_ins(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None
) -> list[SignIn]:
    """Who came to a tenant's door, newest first, behind `after` (time and id)."""
    query = select(*columns(SignIn, sign_ins)).where(sign_ins.c.tenant == tenant)
    query = newest_first(query, sign_ins.c.at, sign_ins.c.id, limit, after)
    return [record(SignIn, row) for row in uow.connection.execute(query)]


def locked_counts(uow: UnitOfWork, keys: list[str], now: datetime) -> list[DoorCount]:
    """Which of these keys are locked now."""
    query = select(*columns(DoorCount, door_counts)).where(
        door_counts.c.key.in_(keys), door_counts.c.locked_until > now
    )
    return [record(DoorCount, row) for row in uow.connection.execute(query)]


def list_locks(uow: UnitOfWork, tenant: str, now: datetime) -> list[DoorCount]:
    """What is locked at a tenant's door, the one that lasts longest first."""
    query = (
        select(*columns(DoorCount, door_counts))
        .where(door_counts.c.tenant == tenant, door_counts.c.locked_until > now)
        .order_by(door_counts.c.locked_until.desc(), door_counts.c.id)
    )
    return [record(DoorCount, row) for row in uow.connection.execute(query)]


def forget_old_failures(uow: UnitOfWork, oldest: datetime) -> None:
    """Forget what was counted before a moment. To be done before anything is counted: who waits
    here for another transaction then holds nothing that this one waits for."""
    uow.connection.execute(delete(door_counts).where(door_counts.c.since < oldest))


def count_failure(uow: UnitOfWork, first: DoorCount) -> DoorCount:
    """Count one more failure; `first` is the row if there was none before.

    Of two that come at once each counts: the row is changed under its own lock.
    """
    table = door_counts
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(table).values(asdict(first)))
    except IntegrityError:
        more = update(table).where(table.c.key == first.key)
        uow.connection.execute(more.values(failures=table.c.failures + 1))
    query = select(*columns(DoorCount, table)).where(table.c.key == first.key)
    return record(DoorCount, uow.connection.execute(query).one())


def lock_count(uow: UnitOfWork, count: DoorCount, now: datetime, until: datetime) -> None:
    """Let what failed too often wait until a moment; its failures are remembered as long."""
    query = update(door_counts).where(door_counts.c.key == count.key)
    uow.connection.execute(query.values(locked_until=until, since=now))


def find_lock(uow: UnitOfWork, tenant: str, lock: str, now: datetime) -> DoorCount | None:
    """The tenant's lock of this id, if it still holds."""
    return next((one for one in list_locks(uow, tenant, now) if one.id == lock), None)


def forget_failures(uow: UnitOfWork, key: str) -> None:
    """Count from the beginning; what is locked is open again."""
    uow.connection.execute(delete(door_counts).where(door_counts.c.key == key))

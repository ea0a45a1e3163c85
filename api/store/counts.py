"""How many rows of which kind there are, over all tenants: for who watches the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select

from api.store.database import UnitOfWork
from api.store.door_tables import door_counts
from api.store.partner_tables import events_sent
from api.store.tables import certificates, jobs


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """Numbers by state; ages in seconds, 0 where nothing waits."""

    jobs: Mapping[str, int] = field(default_factory=dict)
    certificates: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    oldest_event_seconds: float = 0.0
    oldest_job_seconds: float = 0.0
    locks: int = 0


def store_counts(uow: UnitOfWork, now: datetime) -> StoreCounts:
    """The numbers as they are now."""
    locked = select(func.count()).where(door_counts.c.locked_until > now)
    return StoreCounts(
        jobs=_by(uow, jobs, jobs.c.state),
        certificates=_by(uow, certificates, certificates.c.status),
        events=_by(uow, events_sent, events_sent.c.state),
        oldest_event_seconds=_age(uow, events_sent, now),
        oldest_job_seconds=_age(uow, jobs, now),
        locks=uow.connection.scalar(locked) or 0,
    )


def _by(uow: UnitOfWork, table: Table, state: ColumnElement[str]) -> dict[str, int]:
    query = select(state, func.count()).select_from(table).group_by(state)
    return {row[0]: row[1] for row in uow.connection.execute(query)}


def _age(uow: UnitOfWork, table: Table, now: datetime) -> float:
    """How long the oldest row that waits has been waiting."""
    query = select(table.c.created_at).where(table.c.state == "waiting")
    oldest = uow.connection.scalar(query.order_by(table.c.created_at).limit(1))
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())

"""The audit log: who did what, when, in a chain of hashes that shows every later change.

Each entry's hash covers the entry and the hash of the one before, from `GENESIS` on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import audit_log
from api.store.tenants import Actor
from footprint.canonical import canonical_json, content_hash

GENESIS = "sha256:" + "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the chain. `facts` is canonical JSON."""

    sequence: int
    at: datetime
    tenant: str
    actor: str
    action: str
    subject: str
    facts: str
    previous: str
    hash: str

    def computed_hash(self) -> str:
        """The hash that this entry must have."""
        content = asdict(replace(self, hash=""))
        return content_hash(content | {"at": self.at.isoformat()})


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The outcome of a check: how many entries, the newest hash, and the first broken entry."""

    entries: int
    head: str
    broken_at: int | None

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def append(
    uow: UnitOfWork,
    actor: Actor,
    at: datetime,
    action: str,
    subject: str,
    facts: Mapping[str, Any],
) -> Entry:
    """Add an entry in this transaction. Writers queue up here, so call it last."""
    uow.lock_audit_log()
    newest = uow.connection.execute(
        select(audit_log.c.sequence, audit_log.c.hash)
        .order_by(audit_log.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    entry = Entry(
        sequence=1 if newest is None else newest.sequence + 1,
        at=at,
        tenant=actor.tenant,
        actor=actor.name,
        action=action,
        subject=subject,
        facts=canonical_json(dict(facts)).decode(),
        previous=GENESIS if newest is None else newest.hash,
        hash="",
    )
    entry = replace(entry, hash=entry.computed_hash())
    uow.connection.execute(insert(audit_log).values(asdict(entry)))
    return entry


def check_chain(uow: UnitOfWork) -> ChainReport:
    """Recompute every hash of the log, oldest first, and stop at the first that does not hold."""
    previous, count = GENESIS, 0
    for entry in _entries(uow):
        count += 1
        holds = (
            entry.sequence == count
            and entry.previous == previous
            and entry.hash == entry.computed_hash()
        )
        if not holds:
            return ChainReport(count, previous, entry.sequence)
        previous = entry.hash
    return ChainReport(count, previous, None)


def _entries(uow: UnitOfWork) -> Iterator[Entry]:
    query = select(*columns(Entry, audit_log)).order_by(audit_log.c.sequence)
    for row in uow.connection.execution_options(yield_per=1000).execute(query):
        yield record(Entry, row)

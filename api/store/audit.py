"""The audit log: who did what, when, in a chain of hashes that shows every later change.

Of each entry, time, action and the number of a certificate are public; the rest is in the chain
as a digest (`footprint.certificates.register_log`), so that outsiders can follow the chain without
seeing whose it is. Entries of the first schema have no digest; their hash covers all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from api.store.database import UnitOfWork
from api.store.hooks import announce
from api.store.news import News, told_as
from api.store.rows import columns, record, row_values
from api.store.tables import audit_log
from api.store.tenants import Actor
from footprint.canonical import content_hash
from footprint.canonical_fast import canonical_bytes, fast_hash
from footprint.certificates.register_log import GENESIS, entry_hash

#: Actions whose subject (a certificate's number, a key's id) is public.
_PUBLIC = ("certificate.", "objection.", "key.", "seal.", "verifier.")


#: How the facts of an entry begin in which a name was replaced by an alias.
ERASED = '{"erased":true,'
#: What tells which entries those are, and the digest of each as it is since.
FORGOTTEN = "person.forgotten"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, before it has its place in the log."""

    actor: Actor
    at: datetime
    action: str
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditEntry:
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
    digest: str

    @property
    def erased(self) -> bool:
        """Whether a name in it was replaced: its digest is then that of what it said before."""
        return bool(self.digest) and self.facts.startswith(ERASED)

    @property
    def public_subject(self) -> str:
        """What everyone may see of the subject."""
        return self.subject if self.action.startswith(_PUBLIC) else ""

    def computed_digest(self) -> str:
        """The digest of what is not public."""
        private = {
            "tenant": self.tenant,
            "actor": self.actor,
            "subject": self.subject,
            "facts": self.facts,
        }
        return fast_hash(private)

    def computed_hash(self) -> str:
        """The hash that this entry must have, its digest taken as it stands."""
        if self.digest:
            return entry_hash(
                self.sequence,
                self.at,
                self.action,
                self.public_subject,
                self.digest,
                self.previous,
            )
        content = asdict(replace(self, hash=""))
        del content["digest"]
        return content_hash(content | {"at": self.at.isoformat()})

    def holds(self, sequence: int, previous: str) -> bool:
        """Whether this is the entry that follows `previous`, unchanged."""
        return (
            self.sequence == sequence
            and self.previous == previous
            and (self.erased or self.digest in ("", self.computed_digest()))
            and self.hash == self.computed_hash()
        )

    def public(self) -> dict[str, Any]:
        """What `/v1/log` shows of it."""
        return {
            "sequence": self.sequence,
            "at": self.at.isoformat(),
            "action": self.action,
            "subject": self.public_subject,
            "digest": self.digest,
            "previous": self.previous,
            "hash": self.hash,
        }


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
) -> AuditEntry:
    """Add an entry in this transaction. Writers queue up here, so call it last."""
    return append_all(uow, [Event(actor, at, action, subject, facts)])[-1]


def append_all(uow: UnitOfWork, events: Sequence[Event]) -> list[AuditEntry]:
    """Add entries in this transaction, in their order, and announce what webhooks are told.
    Writers queue up here: call it last."""
    uow.lock_audit_log()
    sequence, previous = log_head(uow)
    entries = []
    for event in events:
        sequence += 1
        entry = AuditEntry(
            sequence=sequence,
            at=event.at,
            tenant=event.actor.tenant,
            actor=event.actor.name,
            action=event.action,
            subject=event.subject,
            facts=canonical_bytes(dict(event.facts)).decode(),
            previous=previous,
            hash="",
            digest="",
        )
        entry = replace(entry, digest=entry.computed_digest())
        entry = replace(entry, hash=entry.computed_hash())
        entries.append(entry)
        previous = entry.hash
    if entries:
        uow.connection.execute(_ADD, [row_values(entry) for entry in entries])
        announce(uow, [told for one in entries if (told := _news(one)) is not None])
    return entries


def _news(entry: AuditEntry) -> News | None:
    kind = told_as(entry.action)
    if kind is None:
        return None
    facts = json.loads(entry.facts)
    return News(entry.tenant, kind, entry.subject, entry.at, entry.hash, facts)


#: Made once: making them took longer than running them.
_ADD = insert(audit_log)
_NEWEST = (
    select(audit_log.c.sequence, audit_log.c.hash).order_by(audit_log.c.sequence.desc()).limit(1)
)


def log_head(uow: UnitOfWork) -> tuple[int, str]:
    """How many entries the log has, and the hash of the newest."""
    newest = uow.connection.execute(_NEWEST).one_or_none()
    return (0, GENESIS) if newest is None else (newest.sequence, newest.hash)


def hash_at(uow: UnitOfWork, sequence: int) -> str | None:
    """The hash of the entry with this number; that before the first one for zero."""
    if sequence == 0:
        return GENESIS
    query = select(audit_log.c.hash).where(audit_log.c.sequence == sequence)
    return uow.connection.scalar(query)


def entries_after(uow: UnitOfWork, sequence: int, limit: int) -> list[AuditEntry]:
    """At most `limit` entries that follow entry number `sequence`, oldest first."""
    query = (
        select(*columns(AuditEntry, audit_log))
        .where(audit_log.c.sequence > sequence)
        .order_by(audit_log.c.sequence)
        .limit(limit)
    )
    return [record(AuditEntry, row) for row in uow.connection.execute(query)]


def entries_about(uow: UnitOfWork, subject: str) -> list[AuditEntry]:
    """All entries about one subject, oldest first."""
    query = (
        select(*columns(AuditEntry, audit_log))
        .where(audit_log.c.subject == subject)
        .order_by(audit_log.c.sequence)
    )
    return [record(AuditEntry, row) for row in uow.connection.execute(query)]


#: Made once: every verdict asks it, and making it took longer than answering it.
_ABOUT_THESE = (
    select(*columns(AuditEntry, audit_log))
    .where(audit_log.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(audit_log.c.sequence)
)


def entries_of(uow: UnitOfWork, subjects: Sequence[str]) -> dict[str, list[AuditEntry]]:
    """All entries about each of these subjects, oldest first."""
    found: dict[str, list[AuditEntry]] = {subject: [] for subject in subjects}
    for row in uow.connection.execute(_ABOUT_THESE, {"subjects": list(subjects)}):
        found[row.subject].append(record(AuditEntry, row))
    return found


def newest_entries(
    uow: UnitOfWork,
    limit: int,
    *,
    tenant: str | None = None,
    before: int | None = None,
    kind: str = "",
    about: str = "",
) -> list[AuditEntry]:
    """At most `limit` entries in front of entry number `before`, newest first: of one tenant, of
    one kind of action (what stands before its dot), about one subject, where these are given."""
    query = select(*columns(AuditEntry, audit_log))
    if tenant is not None:
        query = query.where(audit_log.c.tenant == tenant)
    if before is not None:
        query = query.where(audit_log.c.sequence < before)
    if kind:
        query = query.where(audit_log.c.action.startswith(f"{kind}.", autoescape=True))
    if about:
        query = query.where(audit_log.c.subject == about)
    query = query.order_by(audit_log.c.sequence.desc()).limit(limit)
    return [record(AuditEntry, row) for row in uow.connection.execute(query)]


def acted_after(
    uow: UnitOfWork, sequence: int, last: int, actions: Sequence[str]
) -> list[AuditEntry]:
    """The entries with one of these actions behind entry number `sequence`, up to `last`, oldest
    first."""
    query = (
        select(*columns(AuditEntry, audit_log))
        .where(audit_log.c.sequence > sequence, audit_log.c.sequence <= last)
        .where(audit_log.c.action.in_(actions))
        .order_by(audit_log.c.sequence)
    )
    return [record(AuditEntry, row) for row in uow.connection.execute(query)]


def check_chain(uow: UnitOfWork) -> ChainReport:
    """Recompute every hash of the log, oldest first, and stop at the first that does not hold.

    An entry in which a name was replaced must say what a later entry tells of it.
    """
    previous, count = GENESIS, 0
    erased: dict[int, str] = {}
    told: dict[str, str] = {}
    for entry in _entries(uow):
        count += 1
        if not entry.holds(count, previous):
            return ChainReport(count, previous, entry.sequence)
        if entry.erased:
            erased[count] = entry.computed_digest()
        if entry.action == FORGOTTEN:
            told |= json.loads(entry.facts)["entries"]
        previous = entry.hash
    changed = [number for number, digest in erased.items() if told.get(str(number)) != digest]
    return ChainReport(count, previous, min(changed, default=None))


def _entries(uow: UnitOfWork) -> Iterator[AuditEntry]:
    query = select(*columns(AuditEntry, audit_log)).order_by(audit_log.c.sequence)
    for row in uow.connection.execution_options(yield_per=1000).execute(query):
        yield record(AuditEntry, row)

"""The register of verifiers as it is kept: entries, public keys, statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, newest_first, record, record_of, records_of
from api.store.verifier_tables import verifier_keys, verifier_statements, verifiers


@dataclass(frozen=True, slots=True)
class StoredVerifier:
    """A verifier of the register. `entry` is the JSON of its facts."""

    id: str
    entry: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A verifier's public key under its thumbprint, since when it is known, and since when what it
    signs does not count."""

    id: str
    verifier: str
    public_jwk: str
    since: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeldStatement:
    """A signed statement on a footprint, as it was handed in. `token` never changes."""

    id: str
    tenant: str
    footprint: str
    verifier: str
    number: str
    hash: str
    token: str
    received_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


def add_verifier(uow: UnitOfWork, made: StoredVerifier) -> None:
    """Store a new verifier."""
    uow.connection.execute(insert(verifiers).values(asdict(made)))


def change_verifier(uow: UnitOfWork, verifier: str, entry: str, at: datetime) -> bool:
    """Put other facts in the place of a verifier's; whether there is such a verifier."""
    query = update(verifiers).where(verifiers.c.id == verifier)
    return uow.connection.execute(query.values(entry=entry, changed_at=at)).rowcount == 1


def find_verifier(uow: UnitOfWork, verifier: str) -> StoredVerifier | None:
    """The verifier of this id."""
    return record_of(uow, StoredVerifier, {verifiers.c.id: verifier})


def list_verifiers(
    uow: UnitOfWork, limit: int, after: tuple[datetime, str] | None
) -> list[StoredVerifier]:
    """All verifiers, newest first, behind `after` (time and id)."""
    query = select(*columns(StoredVerifier, verifiers))
    query = newest_first(query, verifiers.c.created_at, verifiers.c.id, limit, after)
    return [record(StoredVerifier, row) for row in uow.connection.execute(query)]


def add_verifier_key(uow: UnitOfWork, made: VerifierKey) -> None:
    """Store a key. Raises `sqlalchemy.exc.IntegrityError` when somebody has it already."""
    uow.connection.execute(insert(verifier_keys).values(asdict(made)))


def find_verifier_key(uow: UnitOfWork, key: str) -> VerifierKey | None:
    """The key of this thumbprint, withdrawn or not."""
    return record_of(uow, VerifierKey, {verifier_keys.c.id: key})


def keys_of_verifiers(uow: UnitOfWork, wanted: Sequence[str]) -> dict[str, list[VerifierKey]]:
    """The keys of these verifiers by verifier, oldest first, withdrawn ones included."""
    table = verifier_keys
    query = select(*columns(VerifierKey, table)).where(table.c.verifier.in_(list(wanted)))
    found: dict[str, list[VerifierKey]] = {one: [] for one in wanted}
    for row in uow.connection.execute(query.order_by(table.c.since, table.c.id)):
        found[row.verifier].append(record(VerifierKey, row))
    return found


def withdraw_verifier_key(uow: UnitOfWork, verifier: str, key: str, at: datetime) -> bool:
    """Let nothing count that this key signed; whether it counted."""
    table = verifier_keys
    mine = (table.c.id == key, table.c.verifier == verifier, table.c.withdrawn_at.is_(None))
    return uow.connection.execute(update(table).where(*mine).values(withdrawn_at=at)).rowcount == 1


def add_held_statement(uow: UnitOfWork, made: HeldStatement) -> None:
    """Store a statement. Raises `sqlalchemy.exc.IntegrityError` when the verifier gave its number
    to another one, or the same text is held already."""
    uow.connection.execute(insert(verifier_statements).values(asdict(made)))


def statements_numbered(uow: UnitOfWork, footprint: str, number: str) -> list[HeldStatement]:
    """The statements of this number on a footprint; of two verifiers there may be two."""
    table = verifier_statements
    return records_of(uow, HeldStatement, {table.c.footprint: footprint, table.c.number: number})


def statements_of_number(uow: UnitOfWork, tenant: str, number: str) -> list[HeldStatement]:
    """The tenant's statements of this number, on whichever footprint."""
    table = verifier_statements
    return records_of(uow, HeldStatement, {table.c.tenant: tenant, table.c.number: number})


def statement_hashed(uow: UnitOfWork, digest: str) -> HeldStatement | None:
    """The statement whose signed text has this hash."""
    table = verifier_statements
    return record_of(uow, HeldStatement, {table.c.hash: digest})


def list_held_statements(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None
) -> list[HeldStatement]:
    """The tenant's statements, newest first, behind `after` (time and id)."""
    table = verifier_statements
    query = select(*columns(HeldStatement, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.received_at, table.c.id, limit, after)
    return [record(HeldStatement, row) for row in uow.connection.execute(query)]


def withdraw_held_statement(uow: UnitOfWork, statement: str, at: datetime, why: str) -> bool:
    """Let a statement not count any more, for good; whether it counted."""
    table = verifier_statements
    mine = (table.c.id == statement, table.c.withdrawn_at.is_(None))
    values = {"withdrawn_at": at, "withdrawn_why": why}
    return uow.connection.execute(update(table).where(*mine).values(values)).rowcount == 1

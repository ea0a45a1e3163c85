"""The database: one engine, and units of work on it.

SQLite by default (write-ahead log, foreign keys, writers queue up), PostgreSQL by address.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

#: How long a writer waits for another one, in milliseconds.
BUSY_TIMEOUT_MS = 30_000

#: Keys of the PostgreSQL advisory locks under which the audit log grows and credits are taken: any
#: fixed numbers. A transaction that needs both takes the credits first.
AUDIT_LOCK, CREDIT_LOCK = 7_302_911, 7_302_912


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction. It ends with the `with` block it came from: kept, or undone on an error."""

    connection: Connection

    def lock_audit_log(self) -> None:
        """Make other writers of the audit log wait until this transaction ends.

        SQLite needs nothing: a writing transaction there is already the only one.
        """
        self._lock(AUDIT_LOCK)

    def lock_credits(self) -> None:
        """Make other transactions that take credits wait until this one ends."""
        self._lock(CREDIT_LOCK)

    def _lock(self, key: int) -> None:
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `reading` and `writing` give units of work; `close` frees connections."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A transaction that changes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A transaction that may write. On SQLite it takes the write lock at once."""
        writer = self.engine.execution_options(footprint_writing=True)
        with writer.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    def close(self) -> None:
        self.engine.dispose()


def open_database(address: str) -> Database:
    """Connect to `address` (SQLAlchemy form). Tables are made by `api.store.migrate.upgrade`.

    Raises `sqlalchemy.exc.ArgumentError` for an address that cannot be understood.
    """
    engine = create_engine(address, **_pool(address))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _pool(address: str) -> dict[str, Any]:
    """A hundred clients at once share these connections; the others wait, they are not refused."""
    if ":memory:" in address:
        return {}
    return {
        "pool_pre_ping": not address.startswith("sqlite"),
        "pool_size": 10,
        "max_overflow": 20,
        "pool_timeout": BUSY_TIMEOUT_MS / 1000,
    }


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that reads first and writes later can be refused in WAL mode without waiting:
    writers therefore take the lock when they begin."""
    writing = connection.get_execution_options().get("footprint_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

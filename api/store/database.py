"""The database: one engine, and units of work on it.

SQLite by default (write-ahead log, foreign keys, writers queue up), PostgreSQL by address.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text

#: How long a writer waits for another one, in milliseconds.
BUSY_TIMEOUT_MS = 30_000

#: Keys of the PostgreSQL advisory locks under which the audit log grows, credits are taken,
#: footprints are published, and orders are compared: any fixed numbers. Whoever needs several takes
#: that of orders first and the log's last.
AUDIT_LOCK, CREDIT_LOCK, PUBLICATION_LOCK, ORDER_LOCK = 7_302_911, 7_302_912, 7_302_913, 7_302_914
#: That of who makes blocks of the register: tried for, never waited for.
REGISTER_LOCK = 7_302_915


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

    def lock_orders(self) -> None:
        """Make other transactions that issue certificates wait until this one ends: two of the same
        order would not see each other, and both be in force."""
        self._lock(ORDER_LOCK)

    def lock_publications(self) -> None:
        """Make other transactions that publish footprints wait until this one ends: two versions of
        one product would not see each other, and both stay active."""
        self._lock(PUBLICATION_LOCK)

    def _lock(self, key: int) -> None:
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `reading` and `writing` give units of work; `close` frees connections.

    `copy` is the folder of a copy that was made to read what cannot be read where it is.
    """

    engine: Engine
    read_only: bool = False
    copy: TemporaryDirectory[str] | None = None

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A transaction that changes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    @contextmanager
    def snapshot(self) -> Iterator[UnitOfWork]:
        """A reading transaction whose statements all see the same state. SQLite always gives one;
        PostgreSQL by default shows each statement what was written meanwhile."""
        engine = self.engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with engine.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A transaction that may write. On SQLite it takes the write lock at once."""
        writer = self.engine.execution_options(footprint_writing=True)
        with writer.connect() as connection, connection.begin():
            yield UnitOfWork(connection)

    def close(self) -> None:
        self.engine.dispose()
        if self.copy is not None:
            self.copy.cleanup()


def open_database(address: str) -> Database:
    """Connect to `address` (SQLAlchemy form). Tables are made by `api.store.migrate.upgrade`.

    Raises `sqlalchemy.exc.ArgumentError` for an address that cannot be understood.
    """
    # An error of the database is logged: without what was to be written, which may be secret.
    engine = create_engine(address, hide_parameters=True, **_pool(address))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def open_read_only(address: str) -> Database:
    """Connect to what is there, and never write to it, not even beside it if that is not allowed.

    SQLite reads a database in WAL mode only where it can make files beside it. On a read-only
    medium it is opened as immutable; with a write-ahead log that still holds something it is copied
    and read there (https://www.sqlite.org/wal.html#read_only_databases).
    Raises OSError where there is no such file, `sqlalchemy.exc.SQLAlchemyError` as statements do.
    """
    scheme, _, path = address.partition(":///")
    if scheme != "sqlite":
        options = {"options": "-c default_transaction_read_only=on"}
        return Database(
            create_engine(address, connect_args=options, **_pool(address)), read_only=True
        )
    file = Path(path).absolute()
    file.stat()
    if _readable(_uri(file, "mode=ro")):
        return _reading(_uri(file, "mode=ro"))
    log = file.with_name(f"{file.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return _reading(_uri(file, "mode=ro&immutable=1"))
    folder = TemporaryDirectory(prefix="footprint-")
    for part in (file, log):
        shutil.copyfile(part, Path(folder.name) / part.name)
    return _reading(_uri(Path(folder.name) / file.name, "mode=rw"), folder)


def _uri(file: PurePath, options: str) -> str:
    """The address of a file, from its root, for SQLite: with slashes and a drive's letter too."""
    return f"{file.as_uri()}?{options}"


def _readable(uri: str) -> bool:
    """Whether SQLite can read the database where it is. What is no database at all counts too: the
    first statement then says so."""
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").close()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return True


def _reading(uri: str, copy: TemporaryDirectory[str] | None = None) -> Database:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, check_same_thread=False)

    engine = create_engine("sqlite:///", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _set_up_reader)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, read_only=True, copy=copy)


def _set_up_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_TIMEOUT_MS}", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


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

"""Databases for tests: SQLite in a folder; a PostgreSQL database of its own, dropped at the end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from api.store.database import Database, open_database
from api.store.migrate import upgrade

POSTGRES = os.environ.get("FOOTPRINT_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")

#: Parameters for a fixture that runs each test on both kinds of database.
BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


@contextmanager
def database_address(kind: str, folder: Path) -> Iterator[str]:
    """The address of a new, empty database of this kind; skips where there is no PostgreSQL."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite3'}"
        return
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL at FOOTPRINT_TEST_POSTGRES ({POSTGRES}): {error}")
    name = f"footprint_test_{secrets.token_hex(6)}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield POSTGRES.rpartition("/")[0] + f"/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            server.execute(drop)


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Database]:
    """A migrated database of this kind without rows."""
    with database_address(kind, folder) as address:
        database = open_database(address.replace("postgresql://", "postgresql+psycopg://"))
        upgrade(database)
        try:
            yield database
        finally:
            database.close()

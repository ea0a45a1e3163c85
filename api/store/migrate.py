"""Bring a database to the newest schema; the migrations are part of the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from api.store.database import Database, open_read_only
from api.store.faults import STORE_FOREIGN, STORE_OLD
from api.store.register_seal import settle_register


def upgrade(database: Database) -> None:
    """Create the tables or bring them up to date, in one transaction, then settle the register.

    Raises InputRefused (STO-001) for a database of something else, or made by a newer version:
    nothing is written there.
    """
    config = _config()
    if not _is_current(database, config):
        with database.writing() as uow:
            uow.lock_audit_log()  # two services start at once: the second waits, then has no work
            config.attributes["connection"] = uow.connection
            command.upgrade(config, "head")
    settle_register(database)


def refuse_foreign_store(address: str) -> None:
    """Make sure that a SQLite file that is there is ours, before it is opened for writing: that
    alone changes its header (journal mode). Raises InputRefused (STO-001)."""
    scheme, _, path = address.partition(":///")
    if scheme != "sqlite" or not Path(path).is_file() or not Path(path).stat().st_size:
        return
    database = open_read_only(address)
    try:
        _is_current(database, _config())
    finally:
        database.close()


def require_current(database: Database) -> None:
    """Make sure that a database can be read as it is.

    Raises InputRefused: STO-001 as `upgrade` does, STO-002 for an older schema or none.
    """
    if not _is_current(database, _config()):
        raise STORE_OLD.refuse(
            "The store is empty, or of an older version, and would have to be updated first.",
            hint="Open it once where it can be written, for example with `footprint tokens list`.",
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "api.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _is_current(database: Database, config: Config) -> bool:
    """Whether the schema is the newest; refuses what is not ours."""
    script = ScriptDirectory.from_config(config)
    with database.reading() as uow:
        tables = set(inspect(uow.connection).get_table_names())
        revision = MigrationContext.configure(uow.connection).get_current_revision()
    known = {each.revision for each in script.walk_revisions()}
    if tables and (revision not in known or "certificates" not in tables):
        raise STORE_FOREIGN.refuse(
            "The database belongs to another program, or to a newer version of this one. Nothing "
            "was written to it.",
            hint="Name another folder or database, or use the version that made it.",
        )
    return revision == script.get_current_head()

"""Bring a database to the newest schema; the migrations are part of the package."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.store.database import Database


def upgrade(database: Database) -> None:
    """Create the tables or bring them up to date, in one transaction. Does nothing when current.

    Raises `alembic.util.CommandError` for a database made by a newer version.
    """
    config = Config()
    config.set_main_option("script_location", "api.store:migrations")
    config.set_main_option("path_separator", "os")
    head = ScriptDirectory.from_config(config).get_current_head()
    with database.reading() as uow:
        if MigrationContext.configure(uow.connection).get_current_revision() == head:
            return
    with database.writing() as uow:
        uow.lock_audit_log()  # two services that start at once: the second waits, then has no work
        config.attributes["connection"] = uow.connection
        command.upgrade(config, "head")

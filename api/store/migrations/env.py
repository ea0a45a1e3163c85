"""Run by Alembic. The connection comes from `api.store.migrate`; there is no file to configure."""

from __future__ import annotations

from alembic import context

from api.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, although Alembic assumes that its driver cannot
    render_as_batch=True,
)
context.run_migrations()

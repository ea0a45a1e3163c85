"""The register is searched by blocks of certificates: the places of each piece of their words.

Triggers write new certificates, and those whose status changes, beside their rows; the program
makes blocks of them. What the register was searched by before goes.

Revision: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.migrations.versions import v0017_register_search as before
from api.store.types import UtcDateTime

revision = "0032"
down_revision = "0029"
branch_labels = None
depends_on = None

_DRAFT = "replace({0}view, '\"draft\":true', '') <> {0}view"
_COLUMNS = "number, issued_at, valid_until, scheme, tier, status"
_NEW = ", ".join(f"new.{name}" for name in _COLUMNS.split(", "))
_INTO = f"INSERT INTO register_waiting ({_COLUMNS}, draft, words)"
_WAIT = f"{_INTO} VALUES ({_NEW}, {_DRAFT.format('new.')}, new.words);"
_ALL = f"{_INTO} SELECT {_COLUMNS}, {_DRAFT.format('')}, words FROM certificates"  # noqa: S608  # our own
_CHANGE = (
    "UPDATE register_waiting SET status = new.status WHERE number = new.number; "
    "DELETE FROM register_changes WHERE number = new.number; "
    "INSERT INTO register_changes (number, status) VALUES (new.number, new.status);"
)
_EVENTS = (
    ("certificates_wait", "INSERT", _WAIT),
    ("certificates_change", "UPDATE OF status", _CHANGE),
)
_TABLES = ("blocks", "places", "pieces", "waiting", "changes")
_INDEXES = (
    ("scheme_issued_at", ["scheme", "tier", "issued_at", "number"]),
    ("tier_issued_at", ["tier", "issued_at", "number"]),
    ("scheme_newest", ["scheme", "issued_at", "number"]),
)


def upgrade() -> None:
    _make_tables()
    connection = op.get_bind()
    run = connection.exec_driver_sql  # `:true` is text here, and no parameter
    run(_ALL)
    if connection.dialect.name == "sqlite":
        for name, when, what in _EVENTS:
            run(f"CREATE TRIGGER {name} AFTER {when} ON certificates BEGIN {what} END")
        run("DROP TRIGGER certificates_words")
        run("DROP TABLE IF EXISTS register_trigrams")
        run("DROP TABLE register_words")
    else:
        for name, when, what in _EVENTS:
            run(
                f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {what} RETURN NULL; END $$ "
                "LANGUAGE plpgsql"
            )
            run(
                f"CREATE TRIGGER {name} AFTER {when} ON certificates "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        # What is read whole is not worth packing.
        run("ALTER TABLE register_pieces ALTER COLUMN data SET STORAGE EXTERNAL")
        run("DROP INDEX IF EXISTS ix_certificates_words")
    for name, _ in _INDEXES:
        op.drop_index(f"ix_certificates_{name}", "certificates")


def _make_tables() -> None:
    number = sa.String(32)
    op.create_table(
        "register_blocks",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("newest", UtcDateTime, nullable=False),
        sa.Column("newest_number", number, nullable=False),
        sa.Column("oldest", UtcDateTime, nullable=False),
        sa.Column("oldest_number", number, nullable=False),
    )
    place = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "register_places",
        sa.Column("place", place, primary_key=True, autoincrement=False),
        sa.Column("number", number, nullable=False, unique=True),
    )
    op.create_table(
        "register_pieces",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("block", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "register_waiting",
        sa.Column("number", number, primary_key=True),
        sa.Column("issued_at", UtcDateTime, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("scheme", sa.String(64), nullable=False),
        sa.Column("tier", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("draft", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index(
        "ix_register_waiting_issued_at_number", "register_waiting", ["issued_at", "number"]
    )
    op.create_table(
        "register_changes",
        sa.Column("number", number, primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
    )


def downgrade() -> None:
    kind = "TRIGGER {}" if op.get_bind().dialect.name == "sqlite" else "FUNCTION {} CASCADE"
    for name, _, _ in _EVENTS:
        op.execute(f"DROP {kind.format(name)}")
    for name in _TABLES:
        op.drop_table(f"register_{name}")
    for name, columns in _INDEXES:
        op.create_index(f"ix_certificates_{name}", "certificates", columns)
    before.make_words()

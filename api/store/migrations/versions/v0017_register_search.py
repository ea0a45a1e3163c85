"""The register is searched by parts of words through an index of their trigrams.

SQLite: a narrow table of words beside the certificates, whose rows are wide, and an FTS5 index on
it; triggers keep both. PostgreSQL: an index of pg_trgm, where that extension may be created.

Revision: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE TABLE register_words (id INTEGER NOT NULL, number VARCHAR(32) NOT NULL, "
    "issued_at DATETIME NOT NULL, words TEXT NOT NULL, "
    "CONSTRAINT pk_register_words PRIMARY KEY (id))",
    "CREATE UNIQUE INDEX ix_register_words_issued_at ON register_words (issued_at DESC, number)",
    "CREATE TRIGGER certificates_words AFTER INSERT ON certificates BEGIN "
    "INSERT INTO register_words (number, issued_at, words) "
    "VALUES (new.number, new.issued_at, new.words); END",
)
_TRIGRAMS = (
    "CREATE VIRTUAL TABLE register_trigrams USING fts5("
    "words, content='register_words', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER register_words_trigrams AFTER INSERT ON register_words BEGIN "
    "INSERT INTO register_trigrams (rowid, words) VALUES (new.id, new.words); END",
)


def upgrade() -> None:
    for name, columns in (
        ("status", ["status", "issued_at", "number", "valid_until"]),
        ("scheme", ["scheme", "tier", "issued_at", "number"]),
        ("tier", ["tier", "issued_at", "number"]),
    ):
        op.create_index(f"ix_certificates_{name}_issued_at", "certificates", columns)
    make_words()


def make_words() -> None:
    """What words are searched by: a later step that takes its place is taken back to it."""
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _on_sqlite() -> None:
    has_fts5 = op.get_bind().scalar(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')"))
    for statement in (*_SQLITE, *(_TRIGRAMS if has_fts5 else ())):
        op.execute(statement)
    op.execute(
        "INSERT INTO register_words (number, issued_at, words) "
        "SELECT number, issued_at, words FROM certificates ORDER BY issued_at, number"
    )


def _on_postgresql() -> None:
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:  # not installed there, or not allowed: words are found as before, slowly
        return
    op.execute("CREATE INDEX ix_certificates_words ON certificates USING gin (words gin_trgm_ops)")

"""Evidence rooms: who is let in, samples, opened lines, findings, statements.

Revision: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _application(table: str) -> list[sa.Column[str] | sa.ForeignKeyConstraint]:
    return [
        sa.Column("application", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["applications.id"], name=f"fk_{table}_application_applications"
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "room_grants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        *_application("room_grants"),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_room_grants"),
        sa.UniqueConstraint("secret_hash", name="uq_room_grants_secret_hash"),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_room_grants_tenant_tenants"),
    )
    op.create_index("ix_room_grants_application", "room_grants", ["application"])
    op.create_table(
        "room_samples",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_application("room_samples"),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_room_samples"),
    )
    op.create_index("ix_room_samples_application", "room_samples", ["application"])
    op.create_table(
        "room_openings",
        *_application("room_openings"),
        sa.Column("line", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application", "line", name="pk_room_openings"),
    )
    _findings()
    op.create_table(
        "statements",
        *_application("statements"),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("application", "verifier", name="pk_statements"),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_application("findings"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
    )
    op.create_index("ix_findings_application_at", "findings", ["application", "at"])


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

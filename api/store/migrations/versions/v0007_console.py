"""What a browser needs: sessions and the links to them, drafts, and layouts of files.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _tenant(table: str) -> list[sa.Column[str] | sa.ForeignKeyConstraint]:
    return [
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name=f"fk_{table}_tenant_tenants"),
    ]


def upgrade() -> None:
    op.create_table(
        "sign_in_links",
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        *_tenant("sign_in_links"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_sign_in_links"),
    )
    op.create_table(
        "sessions",
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        *_tenant("sessions"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_sessions"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_tenant("drafts"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.LargeBinary()),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.Column("footprint", sa.String(length=36)),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_tenant_changed_at", "drafts", ["tenant", "changed_at"])
    op.create_table(
        "layouts",
        *_tenant("layouts"),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("mapping", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "fingerprint", name="pk_layouts"),
    )


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

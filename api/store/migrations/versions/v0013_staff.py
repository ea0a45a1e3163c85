"""Who belongs to a tenant; tokens that end; the log of one tenant, newest first.

Revision: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("joined_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_staff_tenant_tenants"),
    )
    op.create_index("ix_staff_tenant_name", "staff", ["tenant", "name"], unique=True)
    op.add_column("access_tokens", sa.Column("expires_at", UtcDateTime()))
    op.create_index("ix_audit_log_tenant_sequence", "audit_log", ["tenant", "sequence"])


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

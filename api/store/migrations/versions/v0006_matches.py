"""Choices of datasets, kept for each tenant and with each footprint, and answers about columns.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matches",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=71), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("specification", sa.Text(), nullable=False),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_matches_tenant_tenants"),
        sa.PrimaryKeyConstraint("tenant", "line", name="pk_matches"),
    )
    op.add_column("footprints", sa.Column("matches_file", sa.LargeBinary()))
    op.add_column("footprints", sa.Column("mapping_file", sa.LargeBinary()))


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

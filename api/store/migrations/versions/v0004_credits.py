"""Credits behind certificates, each used once.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["certificates.number"], name="fk_credit_uses_number_certificates"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_credit_uses"),
    )
    op.create_index(
        "ix_credit_uses_registry_series_first",
        "credit_uses",
        ["registry", "series", "first"],
        unique=False,
    )
    op.create_index("ix_credit_uses_number", "credit_uses", ["number"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

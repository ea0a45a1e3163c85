"""The register of verifiers, their keys, and their statements.

Revision: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verifiers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verifiers"),
    )
    op.create_table(
        "verifier_keys",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=36), nullable=False),
        sa.Column("public_jwk", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.ForeignKeyConstraint(
            ["verifier"], ["verifiers.id"], name="fk_verifier_keys_verifier_verifiers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_verifier_keys"),
    )
    op.create_index("ix_verifier_keys_verifier", "verifier_keys", ["verifier"])
    table = "verifier_statements"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("footprint", sa.String(length=36), nullable=False),
        sa.Column("verifier", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.Column("withdrawn_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name=f"fk_{table}_tenant_tenants"),
        sa.ForeignKeyConstraint(
            ["footprint"], ["footprints.id"], name=f"fk_{table}_footprint_footprints"
        ),
        sa.ForeignKeyConstraint(
            ["verifier"], ["verifiers.id"], name=f"fk_{table}_verifier_verifiers"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("verifier", "number", name=f"uq_{table}_verifier_number"),
        sa.UniqueConstraint("hash", name=f"uq_{table}_hash"),
    )
    op.create_index(f"ix_{table}_tenant_received_at", table, ["tenant", "received_at"])
    op.create_index(f"ix_{table}_footprint_number", table, ["footprint", "number"])


def downgrade() -> None:
    op.drop_table("verifier_statements")
    op.drop_table("verifier_keys")
    op.drop_table("verifiers")

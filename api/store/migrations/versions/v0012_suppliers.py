"""Partners that supply, what they are asked for, and their footprints.

Revision: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "partners",
        sa.Column("kind", sa.String(length=16), nullable=False, server_default="buyer"),
    )
    op.create_table(
        "supplier_asks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=36), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.id"], name="fk_supplier_asks_partner_partners"
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_supplier_asks_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_asks"),
    )
    op.create_index("ix_supplier_asks_state_due_at", "supplier_asks", ["state", "due_at"])
    op.create_index("ix_supplier_asks_tenant_asked_at", "supplier_asks", ["tenant", "asked_at"])
    _footprints()
    op.create_index("ix_certificates_tenant_footprint", "certificates", ["tenant", "footprint"])


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _footprints() -> None:
    op.create_table(
        "supplier_pcfs",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("partner", sa.String(length=36), nullable=False),
        sa.Column("ask", sa.String(length=36), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("replaced_by", sa.String(length=36), nullable=False),
        sa.Column("usable", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.id"], name="fk_supplier_pcfs_partner_partners"
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_supplier_pcfs_tenant_tenants"),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_supplier_pcfs"),
    )
    op.create_index(
        "ix_supplier_pcfs_tenant_received_at", "supplier_pcfs", ["tenant", "received_at"]
    )
    op.create_table(
        "supplier_uses",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("pcf", sa.Text(), nullable=False),
        sa.Column("footprint", sa.String(length=36), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "footprint"],
            ["footprints.tenant", "footprints.id"],
            name="fk_supplier_uses_tenant_footprint_footprints",
        ),
        sa.PrimaryKeyConstraint("tenant", "pcf", "footprint", name="pk_supplier_uses"),
    )

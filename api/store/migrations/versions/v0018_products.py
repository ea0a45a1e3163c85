"""Products that are kept with versions, variants, comparisons; suppliers' documents of drafts.

Revision: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "products",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_products_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("tenant", "id", name="uq_products_tenant_id"),
    )
    op.create_index("ix_products_tenant_changed_at", "products", ["tenant", "changed_at"])
    op.create_table(
        "versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("product", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("footprint", sa.String(length=36), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_versions_tenant_tenants"),
        sa.ForeignKeyConstraint(
            ["tenant", "product"],
            ["products.tenant", "products.id"],
            name="fk_versions_tenant_product_products",
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "footprint"],
            ["footprints.tenant", "footprints.id"],
            name="fk_versions_tenant_footprint_footprints",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("product", "number", name="uq_versions_product_number"),
    )
    op.create_index("ix_versions_tenant_footprint", "versions", ["tenant", "footprint"])
    op.add_column("drafts", sa.Column("documents", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("products", sa.Column("evidence", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "variants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("product", sa.String(length=36), nullable=False),
        sa.Column("footprint", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_variants_tenant_tenants"),
        sa.ForeignKeyConstraint(
            ["tenant", "product"],
            ["products.tenant", "products.id"],
            name="fk_variants_tenant_product_products",
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "footprint"],
            ["footprints.tenant", "footprints.id"],
            name="fk_variants_tenant_footprint_footprints",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
    )
    op.create_index("ix_variants_tenant_product", "variants", ["tenant", "product"])
    op.create_table(
        "comparisons",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("old", sa.String(length=36), nullable=False),
        sa.Column("new", sa.String(length=36), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_comparisons_tenant_tenants"),
        sa.PrimaryKeyConstraint("tenant", "old", "new", name="pk_comparisons"),
    )


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

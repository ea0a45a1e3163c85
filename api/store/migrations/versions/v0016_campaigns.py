"""Campaigns, their suppliers, and what these answered by their links.

Revision: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_campaigns_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("tenant", "id", name="uq_campaigns_tenant_id"),
    )
    op.create_index("ix_campaigns_tenant_made_at", "campaigns", ["tenant", "made_at"])
    _suppliers()
    _answers()


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _suppliers() -> None:
    op.create_table(
        "campaign_suppliers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("campaign", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("spend", sa.Float()),
        sa.Column("products", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime()),
        sa.Column("reminded_at", UtcDateTime()),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "campaign"],
            ["campaigns.tenant", "campaigns.id"],
            name="fk_campaign_suppliers_tenant_campaign_campaigns",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_suppliers"),
        sa.UniqueConstraint("secret_hash", name="uq_campaign_suppliers_secret_hash"),
    )
    op.create_index(
        "ix_campaign_suppliers_campaign_position", "campaign_suppliers", ["campaign", "position"]
    )


def _answers() -> None:
    op.create_table(
        "withdrawn_links",
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        sa.Column("supplier", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier"],
            ["campaign_suppliers.id"],
            name="fk_withdrawn_links_supplier_campaign_suppliers",
        ),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_withdrawn_links"),
    )
    op.create_table(
        "campaign_answers",
        sa.Column("supplier", sa.String(length=36), nullable=False),
        sa.Column("product", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("kg", sa.Float()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("measured", sa.Float()),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier"],
            ["campaign_suppliers.id"],
            name="fk_campaign_answers_supplier_campaign_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier", "product", name="pk_campaign_answers"),
    )

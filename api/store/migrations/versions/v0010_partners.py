"""Partners, what they may fetch, and the events between us.

Revision: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

#: A running number; SQLite counts only what is declared as its own integer key.
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _partners()
    _groups()
    _published()
    _events()


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        sa.Column("old_secret_hash", sa.String(length=71), nullable=False),
        sa.Column("old_secret_until", UtcDateTime()),
        sa.Column("events_url", sa.Text(), nullable=False),
        sa.Column("auth_url", sa.Text(), nullable=False),
        sa.Column("their_client_id", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_partners_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
        sa.UniqueConstraint("client_id", name="uq_partners_client_id"),
        sa.UniqueConstraint("tenant", "id", name="uq_partners_tenant_id"),
    )
    op.create_table(
        "partner_tokens",
        sa.Column("secret_hash", sa.String(length=71), nullable=False),
        sa.Column("partner", sa.String(length=36), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.id"], name="fk_partner_tokens_partner_partners"
        ),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_partner_tokens"),
    )
    op.create_index("ix_partner_tokens_expires_at", "partner_tokens", ["expires_at"], unique=False)


def _groups() -> None:
    op.create_table(
        "pact_groups",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("geography", sa.Text(), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_pact_groups_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_pact_groups"),
        sa.UniqueConstraint("tenant", "hash", name="uq_pact_groups_tenant_hash"),
    )
    op.create_table(
        "pact_group_values",
        sa.Column("group_id", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["pact_groups.id"], name="fk_pact_group_values_group_id_pact_groups"
        ),
        sa.PrimaryKeyConstraint("group_id", "kind", "value", name="pk_pact_group_values"),
    )
    op.create_index(
        "ix_pact_group_values_kind_value_group_id",
        "pact_group_values",
        ["kind", "value", "group_id"],
        unique=False,
    )


def _published() -> None:
    op.create_table(
        "pact_footprints",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("group_id", _NUMBER, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["pact_groups.id"], name="fk_pact_footprints_group_id_pact_groups"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "id"],
            ["footprints.tenant", "footprints.id"],
            name="fk_pact_footprints_tenant_id_footprints",
        ),
        sa.ForeignKeyConstraint(
            ["tenant"], ["tenants.id"], name="fk_pact_footprints_tenant_tenants"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_pact_footprints"),
        sa.UniqueConstraint("tenant", "id", name="uq_pact_footprints_tenant_id"),
    )
    op.create_index(
        "ix_pact_footprints_group_id_number",
        "pact_footprints",
        ["group_id", "number"],
        unique=False,
    )
    op.create_index(
        "ix_pact_footprints_tenant_published_at",
        "pact_footprints",
        ["tenant", "published_at"],
        unique=False,
    )
    op.create_table(
        "pact_products",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["pact_footprints.number"], name="fk_pact_products_number_pact_footprints"
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_pact_products_tenant_tenants"),
        sa.PrimaryKeyConstraint("tenant", "product", "number", name="pk_pact_products"),
    )


def _events() -> None:
    op.create_table(
        "events_received",
        sa.Column("partner", sa.String(length=36), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.id"], name="fk_events_received_partner_partners"
        ),
        sa.ForeignKeyConstraint(
            ["tenant"], ["tenants.id"], name="fk_events_received_tenant_tenants"
        ),
        sa.PrimaryKeyConstraint("partner", "source", "event", name="pk_events_received"),
    )
    op.create_index(
        "ix_events_received_tenant_received_at",
        "events_received",
        ["tenant", "received_at"],
        unique=False,
    )
    op.create_table(
        "events_sent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=36), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner"], ["partners.id"], name="fk_events_sent_partner_partners"
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_events_sent_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_events_sent"),
    )
    op.create_index("ix_events_sent_state_due_at", "events_sent", ["state", "due_at"], unique=False)
    op.create_index(
        "ix_events_sent_tenant_created_at", "events_sent", ["tenant", "created_at"], unique=False
    )

"""Buyers' requests as cases, evidence of the company, and packs that were sent.

Revision: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_evidence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant"], ["tenants.id"], name="fk_company_evidence_tenant_tenants"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_company_evidence"),
    )
    op.create_index("ix_company_evidence_tenant_made_at", "company_evidence", ["tenant", "made_at"])
    _cases()
    _packs()


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _cases() -> None:
    op.create_table(
        "buyer_cases",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("partner", sa.String(length=36)),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("product_ids", sa.Text(), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("came_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_buyer_cases_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_buyer_cases"),
        sa.UniqueConstraint("tenant", "id", name="uq_buyer_cases_tenant_id"),
    )
    op.create_index("ix_buyer_cases_tenant_state_due", "buyer_cases", ["tenant", "state", "due"])
    op.create_index("ix_buyer_cases_tenant_came_at", "buyer_cases", ["tenant", "came_at"])


def _packs() -> None:
    op.create_table(
        "answer_packs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime()),
        sa.Column("sent_how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "case_id"],
            ["buyer_cases.tenant", "buyer_cases.id"],
            name="fk_answer_packs_tenant_case_id_buyer_cases",
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_answer_packs_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_packs"),
    )
    op.create_index("ix_answer_packs_tenant_case_id", "answer_packs", ["tenant", "case_id"])

"""Life cycle, commitments, public log: persons and roles, applications, objections.

Columns are added in place and no table is copied, so that the triggers of the audit log stay.

Revision: 0002
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HASH = sa.String(length=71)


def upgrade() -> None:
    _widen("access_tokens", _text("person"), _text("roles", "maker,checker,approver"))
    _widen(
        "footprints",
        _hash("commitment"),
        _hash("public_hash"),
        sa.Column("secret", sa.LargeBinary()),
    )
    _widen("signing_keys", sa.Column("leaked_at", UtcDateTime()))
    _widen("audit_log", _hash("digest"))
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"], unique=False)
    _widen(
        "certificates",
        sa.Column("subject", sa.String(length=16), nullable=False, server_default="product"),
        _text("product"),
        _text("company"),
        _text("words"),
        _hash("inventory"),
        _hash("rules"),
        sa.Column("surveillance_due", sa.Date()),
        sa.Column("replaces", sa.String(length=32)),
        sa.Column("superseded_by", sa.String(length=32)),
        sa.Column("application", sa.String(length=36)),
        _text("maker"),
        _text("checker"),
        _text("approver"),
    )
    op.create_index(
        "ix_certificates_issued_at_number", "certificates", ["issued_at", "number"], unique=False
    )
    op.create_index("ix_certificates_inventory", "certificates", ["inventory"], unique=False)
    _fill_search_columns()
    _make_applications()
    _make_objections()


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _hash(name: str) -> sa.Column[str]:
    return sa.Column(name, _HASH, nullable=False, server_default="")


def _widen(table: str, *columns: sa.Column[Any]) -> None:
    for column in columns:
        op.add_column(table, column)


def _fill_search_columns() -> None:
    """What the register is searched by, for certificates of before, from their own documents."""
    certificates = sa.table(
        "certificates",
        *(
            sa.column(name, sa.Text())
            for name in ("number", "view", "product", "company", "words", "inventory", "rules")
        ),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(certificates.c.number, certificates.c.view)).all()
    for number, text in rows:
        view = json.loads(text)
        names = [view["product_name"], view["product_name_zh"], *view["product_ids"]]
        names += [view["company"], view["company_zh"], *view["company_ids"]]
        connection.execute(
            sa.update(certificates)
            .where(certificates.c.number == number)
            .values(
                product=view["product_name"],
                company=view["company"],
                words="\n".join(names).casefold(),
                inventory=view["inventory_hash"],
                rules=view["rules_hash"],
            )
        )


def _make_applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("footprint", sa.String(length=36), nullable=False),
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("tier", sa.String(length=16), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("replaces", sa.String(length=32), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("checker", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["certificates.number"], name="fk_applications_number_certificates"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "footprint"],
            ["footprints.tenant", "footprints.id"],
            name="fk_applications_tenant_footprint_footprints",
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_applications_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("number", name="uq_applications_number"),
    )
    op.create_index(
        "ix_applications_tenant_created_at", "applications", ["tenant", "created_at"], unique=False
    )


def _make_objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["certificates.number"], name="fk_objections_number_certificates"
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_objections_tenant_tenants"),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    op.create_index("ix_objections_number_at", "objections", ["number", "at"], unique=False)

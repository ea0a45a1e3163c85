"""By what the certificate of the same order is found, and orders that may replace it; objections of
readers without a token.

Revision: 0025
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from api.store.same_orders import order_rows
from footprint.certificates.same_order import thing_certified

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_keys",
        sa.Column("key", sa.String(length=71), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["certificates.number"], name="fk_order_keys_number_certificates"
        ),
        sa.PrimaryKeyConstraint("key", "number", name="pk_order_keys"),
    )
    op.add_column(
        "applications",
        sa.Column("replace", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _find_those_in_force()
    op.add_column(
        "objections",
        sa.Column("ground", sa.String(length=16), nullable=False, server_default="other"),
    )
    for name in ("name", "contact"):
        op.add_column("objections", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("objections") as table:
        table.alter_column("tenant", existing_type=sa.String(length=64), nullable=True)


def downgrade() -> None:
    # The older schema cannot say that nobody known raised one.
    op.execute("DELETE FROM objections WHERE tenant IS NULL")
    with op.batch_alter_table("objections") as table:
        table.alter_column("tenant", existing_type=sa.String(length=64), nullable=False)
    for name in ("ground", "name", "contact"):
        op.drop_column("objections", name)
    op.drop_column("applications", "replace")
    op.drop_table("order_keys")


def _find_those_in_force() -> None:
    """Certificates of before stand in the way of the same order as well."""
    keys = sa.table("order_keys", sa.column("key"), sa.column("number"))
    for rows in _rows():
        op.bulk_insert(keys, rows)


def _rows() -> Iterator[list[dict[str, str]]]:
    found = op.get_bind().execute(
        sa.text(
            "SELECT number, tenant, scheme, tier, view FROM certificates "
            "WHERE status IN ('issued', 'suspended')"
        )
    )
    for number, tenant, scheme, tier, view in found.all():
        known = thing_certified(json.loads(view), scheme, tier).keys.known
        yield order_rows(number, tenant, scheme, tier, known)

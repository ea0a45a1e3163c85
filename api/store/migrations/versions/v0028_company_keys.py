"""What the same order is found by leaves out the legal form of the company.

Revision: 0028
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from api.store.same_orders import order_rows
from footprint.certificates.same_order import thing_certified

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keys = sa.table("order_keys", sa.column("key"), sa.column("number"))
    found = op.get_bind().execute(
        sa.text(
            "SELECT number, tenant, scheme, tier, view FROM certificates "
            "WHERE status IN ('issued', 'suspended')"
        )
    )
    for number, tenant, scheme, tier, view in found.all():
        known = thing_certified(json.loads(view), scheme, tier).keys.known
        op.execute(sa.delete(keys).where(keys.c.number == number))
        op.bulk_insert(keys, order_rows(number, tenant, scheme, tier, known))


def downgrade() -> None:
    """The keys stay: an older version does not find a certificate by name and company alone."""

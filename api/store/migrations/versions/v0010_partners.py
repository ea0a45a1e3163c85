"""Partners, what they may fetch, and the events between us.

Revision: 0010
"""

from __future__ import annotations

from alembic import op

from api.store.partner_tables import (
    events_received,
    events_sent,
    pact_footprints,
    pact_group_values,
    pact_groups,
    pact_products,
    partner_tokens,
    partners,
)

revision = "0010"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = (
    partners,
    partner_tokens,
    pact_groups,
    pact_group_values,
    pact_footprints,
    pact_products,
    events_received,
    events_sent,
)


def upgrade() -> None:
    bind = op.get_bind()
    for table in _TABLES:
        table.create(bind)


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

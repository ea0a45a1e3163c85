"""The certificates of a scheme are listed without sorting all of them.

The index on scheme, tier and time has the tier between the scheme and its order.

Revision: 0029
"""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_NAME = "ix_certificates_scheme_newest"


def upgrade() -> None:
    op.create_index(_NAME, "certificates", ["scheme", "issued_at", "number"])


def downgrade() -> None:
    op.drop_index(_NAME, "certificates")

"""Whether a footprint may leave lines out, or count them by the class of their material.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("allow_gaps", "screening"):
        op.add_column(
            "footprints",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

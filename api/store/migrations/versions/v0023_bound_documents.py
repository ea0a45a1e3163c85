"""Hashes of the forms of exchange that were made with a footprint.

Revision: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("footprints", sa.Column("bound", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("footprints", "bound")

"""A product has its Chinese name beside the other, as its file states both.

Revision: 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("name_zh", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("products", "name_zh")

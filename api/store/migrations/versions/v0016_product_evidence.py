"""What a supplier said about a product beyond its footprint: its evidence, as YAML.

Revision: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("products", sa.Column("evidence", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

"""Site data, suppliers' documents and the basis of electricity, kept with a footprint.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("site_file", sa.LargeBinary()),
        sa.Column("documents", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("electricity", sa.String(length=8), nullable=False, server_default="location"),
    ):
        op.add_column("footprints", column)


def downgrade() -> None:
    raise NotImplementedError("a certificate store is not taken back to an older schema")

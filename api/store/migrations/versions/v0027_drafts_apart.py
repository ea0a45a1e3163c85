"""Which certificates are drafts is told by an index: the register counts them apart.

Revision: 0027
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_NAME = "ix_certificates_drafts"


def upgrade() -> None:
    view = sa.column("view", sa.Text())
    draft: sa.ColumnElement[str] = sa.literal_column("'\"draft\":true'")
    drafts = sa.func.replace(view, draft, sa.literal_column("''")) != view
    columns = ["status", "valid_until", "number"]
    op.create_index(_NAME, "certificates", columns, sqlite_where=drafts, postgresql_where=drafts)


def downgrade() -> None:
    op.drop_index(_NAME, "certificates")

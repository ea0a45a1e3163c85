"""What tokens and partners may be used for; a token's earlier secret counts for a while.

Revision: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_PARTNERS = "footprints:read events:write"


def upgrade() -> None:
    # What there is may do what it could do before.
    op.add_column(
        "access_tokens", sa.Column("scopes", sa.Text(), nullable=False, server_default="*")
    )
    op.add_column(
        "access_tokens",
        sa.Column("old_secret_hash", sa.String(length=71), nullable=False, server_default=""),
    )
    op.add_column("access_tokens", sa.Column("old_secret_until", UtcDateTime()))
    op.create_index("ix_access_tokens_old_secret_hash", "access_tokens", ["old_secret_hash"])
    for table in ("partners", "partner_tokens"):
        scopes = sa.Column("scopes", sa.Text(), nullable=False, server_default=_PARTNERS)
        op.add_column(table, scopes)


def downgrade() -> None:
    for table in ("partner_tokens", "partners"):
        op.drop_column(table, "scopes")
    op.drop_index("ix_access_tokens_old_secret_hash", "access_tokens")
    for column in ("old_secret_until", "old_secret_hash", "scopes"):
        op.drop_column("access_tokens", column)

"""Tables of webhooks: where a tenant wants to be told of things, and what is told there."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from api.store.tables import attempt_columns, metadata, tenant_column
from api.store.types import UtcDateTime

#: Secrets are files beside the signing keys, one a generation; never here.
webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("url", Text, nullable=False),
    # JSON: the types that are told; an empty list means all of them.
    Column("types", Text, nullable=False),
    # Which secret signs; until `old_until` the one before it signs too.
    Column("generation", Integer, nullable=False),
    Column("old_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    # Why it was closed.
    Column("said", Text, nullable=False),
    Index(None, "tenant", "created_at"),
)

#: What is told, written in the transaction that it tells of. `content` never changes, so that
#: whoever gets a message twice sees the same id and bytes.
webhook_messages = Table(
    "webhook_messages",
    metadata,
    Column("id", String(64), primary_key=True),
    tenant_column(),
    Column("webhook", String(36), ForeignKey("webhooks.id"), nullable=False),
    Column("type", String(64), nullable=False),
    Column("content", Text, nullable=False),
    *attempt_columns(),
    Index(None, "state", "due_at"),
    Index(None, "tenant", "created_at"),
)

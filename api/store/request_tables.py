"""Tables of buyers' requests: cases, evidence of the company, and packs that were made."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from api.store.tables import HASH, metadata, tenant_column
from api.store.types import UtcDateTime

#: What the company says of itself beside footprints: targets, measures, clean energy.
company_evidence = Table(
    "company_evidence",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    # JSON; which members there are depends on the kind.
    Column("facts", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("hash", HASH, nullable=False),
    Column("valid_until", Date),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Index(None, "tenant", "made_at"),
)

#: A buyer's request, however it came: as an event, as a file, or typed in.
buyer_cases = Table(
    "buyer_cases",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("origin", String(8), nullable=False),
    Column("partner", String(36)),
    # What makes the event of a partner one event; empty for other origins.
    Column("event", Text, nullable=False),
    Column("buyer", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("product_ids", Text, nullable=False),
    Column("due", Date),
    Column("note", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("worker", Text, nullable=False),
    # JSON: the four questions, each with its state and evidence.
    Column("answers", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "state", "due"),
    Index(None, "tenant", "came_at"),
)

#: What was, or will be, sent: whole and unchanged.
answer_packs = Table(
    "answer_packs",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("case_id", String(36), nullable=False),
    Column("manifest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("hash", HASH, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("sent_how", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "case_id"], ["buyer_cases.tenant", "buyer_cases.id"]),
    Index(None, "tenant", "case_id"),
)

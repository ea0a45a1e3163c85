"""Tables of campaigns: whom a buyer asks, for what, and what each supplier answered by his link."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from api.store.tables import HASH, metadata, tenant_column
from api.store.types import UtcDateTime

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("buyer", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("due", Date, nullable=False),
    # JSON: the text of the invitation by language.
    Column("texts", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "made_at"),
)

#: Suppliers of a campaign. Of a link only its hash is kept; it is derived anew to be shown.
campaign_suppliers = Table(
    "campaign_suppliers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("campaign", String(36), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("mail", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("spend", Float),
    # JSON: names of the products that he is asked for.
    Column("products", Text, nullable=False),
    # Which link counts: a new one makes the old one say that it was withdrawn.
    Column("generation", Integer, nullable=False),
    Column("secret_hash", HASH, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    # JSON: which steps of the cascade he says that he has taken.
    Column("steps", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("reminded_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["tenant", "campaign"], ["campaigns.tenant", "campaigns.id"]),
    Index(None, "campaign", "position"),
)

#: Links that were withdrawn, so that they can say so.
withdrawn_links = Table(
    "withdrawn_links",
    metadata,
    Column("secret_hash", HASH, primary_key=True),
    Column("supplier", String(36), ForeignKey("campaign_suppliers.id"), nullable=False),
)

#: What a supplier gave for a product. Of a parts list only what it came to is kept.
campaign_answers = Table(
    "campaign_answers",
    metadata,
    Column("supplier", String(36), ForeignKey("campaign_suppliers.id"), primary_key=True),
    Column("product", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("file", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("kg", Float),
    Column("unit", Text, nullable=False),
    Column("measured", Float),
    Column("complete", Boolean, nullable=False),
    # JSON: what the check found.
    Column("findings", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
)

"""Tables of partners, of the footprints that they may fetch, and of the events between us."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from api.store.tables import HASH, attempt_columns, metadata, tenant_column
from api.store.types import UtcDateTime

#: A running number; SQLite counts only what is declared as its own integer key.
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


#: Other companies' systems. Of our secrets for them only hashes are kept (they have 256 random
#: bits); theirs for us are files beside the signing keys, never here.
partners = Table(
    "partners",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("client_id", String(64), nullable=False, unique=True),
    Column("secret_hash", HASH, nullable=False),
    # What the last rotation replaced, good for a while longer.
    Column("old_secret_hash", HASH, nullable=False),
    Column("old_secret_until", UtcDateTime),
    # Where our events are sent, and where a token for that is asked; empty for one who only reads.
    Column("events_url", Text, nullable=False),
    Column("auth_url", Text, nullable=False),
    Column("their_client_id", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    # buyer, supplier or both.
    Column("kind", String(16), nullable=False, server_default="buyer"),
    Column("scopes", Text, nullable=False, server_default="footprints:read events:write"),
    UniqueConstraint("tenant", "id"),
)

partner_tokens = Table(
    "partner_tokens",
    metadata,
    Column("secret_hash", HASH, primary_key=True),
    Column("partner", String(36), ForeignKey("partners.id"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("scopes", Text, nullable=False, server_default="footprints:read events:write"),
    Index(None, "expires_at"),
)

#: All that filters of the protocol ask, once for all footprints that agree in it: a filter picks
#: groups, of which there are few, and never reads a million rows to find none.
pact_groups = Table(
    "pact_groups",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    tenant_column(),
    Column("hash", HASH, nullable=False),
    Column("status", String(16), nullable=False),
    Column("geography", Text, nullable=False),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("valid_until", UtcDateTime, nullable=False),
    # How many footprints are in it: empty ones are passed over.
    Column("size", Integer, nullable=False),
    UniqueConstraint("tenant", "hash"),
)

#: What a group has several of: `company`, `classification`, and `reader`, a partner's id or `*`.
pact_group_values = Table(
    "pact_group_values",
    metadata,
    Column("group_id", _NUMBER, ForeignKey("pact_groups.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", Text, primary_key=True),
    Index(None, "kind", "value", "group_id"),
)

#: Published footprints: the document as partners get it; only its status ever changes.
pact_footprints = Table(
    "pact_footprints",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("id", String(36), nullable=False),
    tenant_column(),
    Column("group_id", _NUMBER, ForeignKey("pact_groups.id"), nullable=False),
    Column("document", Text, nullable=False),
    Column("published_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "id"),
    ForeignKeyConstraint(["tenant", "id"], ["footprints.tenant", "footprints.id"]),
    Index(None, "group_id", "number"),
    Index(None, "tenant", "published_at"),
)

pact_products = Table(
    "pact_products",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("product", Text, primary_key=True),
    Column("number", _NUMBER, ForeignKey("pact_footprints.number"), primary_key=True),
)

#: Events that partners sent. The key is what makes the same event the same.
events_received = Table(
    "events_received",
    metadata,
    Column("partner", String(36), ForeignKey("partners.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    tenant_column(),
    Column("type", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    # What became of a request: fulfilled or rejected; empty for other events.
    Column("outcome", String(16), nullable=False),
    Index(None, "tenant", "received_at"),
)

#: Events to partners, written in the transaction that they tell of. `content` never changes, so
#: that whoever gets one twice sees the same id and bytes.
events_sent = Table(
    "events_sent",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("partner", String(36), ForeignKey("partners.id"), nullable=False),
    Column("type", Text, nullable=False),
    Column("content", Text, nullable=False),
    *attempt_columns(),
    Index(None, "state", "due_at"),
    Index(None, "tenant", "created_at"),
)

#: What we asked suppliers for. The id of an `event` is that of the event that asks.
supplier_asks = Table(
    "supplier_asks",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("partner", String(36), ForeignKey("partners.id"), nullable=False),
    # event: by a RequestCreatedEvent; list: by reading his list; ids: what he says is published.
    Column("way", String(8), nullable=False),
    Column("wanted", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("said", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    # When it is tried next by us, or when the supplier answered.
    Column("due_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Index(None, "state", "due_at"),
    Index(None, "tenant", "asked_at"),
)

#: Suppliers' footprints as they came; only whether one is replaced ever changes.
supplier_pcfs = Table(
    "supplier_pcfs",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("partner", String(36), ForeignKey("partners.id"), nullable=False),
    Column("ask", String(36), nullable=False),
    Column("document", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("status", String(16), nullable=False),
    # The id of the footprint that took its place; empty while it stands.
    Column("replaced_by", String(36), nullable=False),
    Column("usable", Boolean, nullable=False),
    # What the strict check found, as JSON.
    Column("findings", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Index(None, "tenant", "received_at"),
)

#: Which suppliers' footprints (by their own ids) stand in which of our footprints.
supplier_uses = Table(
    "supplier_uses",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("pcf", Text, primary_key=True),
    Column("footprint", String(36), primary_key=True),
    Column("file", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "footprint"], ["footprints.tenant", "footprints.id"]),
)

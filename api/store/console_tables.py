"""The tables of the console: who is signed in, lists of parts on their way to a footprint, and what
is kept of them: products, whose versions never change."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
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

#: A link that signs somebody in once. Only the hash of its secret is kept; `actor` is JSON.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("secret_hash", HASH, primary_key=True),
    tenant_column(),
    Column("actor", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

#: Who is signed in in a browser. `token` is the access token that it came by ("" = a link): when it
#: is revoked, its sessions end.
sessions = Table(
    "sessions",
    metadata,
    Column("secret_hash", HASH, primary_key=True),
    tenant_column(),
    Column("actor", Text, nullable=False),
    Column("token", String(36), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

#: Lists of parts on their way to a footprint. `content` (facts, choices) and `cards` (candidates of
#: each kind of line) are JSON, as are `documents`, suppliers' footprints that choices name; each
#: change counts `revision` on.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("mapping", LargeBinary),
    Column("content", Text, nullable=False),
    Column("cards", Text, nullable=False),
    Column("footprint", String(36)),
    Column("documents", Text, nullable=False),
    Index(None, "tenant", "changed_at"),
)

#: Answers about one layout of file (the fingerprint of its headings), used for the next such file.
layouts = Table(
    "layouts",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("mapping", LargeBinary, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)

#: People of a tenant. `name` is what they sign with, `roles` what they may do.
staff = Table(
    "staff",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("invited_at", UtcDateTime, nullable=False),
    Column("joined_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Index(None, "tenant", "name", unique=True),
)

#: `evidence` is what was said about it beyond its footprint: the YAML of an evidence file.
products = Table(
    "products",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("name_zh", Text, nullable=False, server_default=""),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "changed_at"),
)

#: A version of a product: a stored footprint, with what lists show of it (`summary`, JSON).
versions = Table(
    "versions",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("product", String(36), nullable=False),
    Column("number", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("footprint", String(36), nullable=False),
    Column("summary", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "product"], ["products.tenant", "products.id"]),
    ForeignKeyConstraint(["tenant", "footprint"], ["footprints.tenant", "footprints.id"]),
    UniqueConstraint("product", "number"),
    Index(None, "tenant", "footprint"),
)

#: What a version would be if something changed (`changes`, JSON). Its `document` is kept, so that
#: it shows the same digits for good. No certificate rests on it.
variants = Table(
    "variants",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("product", String(36), nullable=False),
    Column("footprint", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("summary", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "product"], ["products.tenant", "products.id"]),
    ForeignKeyConstraint(["tenant", "footprint"], ["footprints.tenant", "footprints.id"]),
    Index(None, "tenant", "product"),
)

#: How sure a reduction is, as it was worked out once: with other data it would come out otherwise.
comparisons = Table(
    "comparisons",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("old", String(36), primary_key=True),
    Column("new", String(36), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("content", Text, nullable=False),
)

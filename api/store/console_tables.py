"""The tables of the console: who is signed in, and lists of parts on their way to a footprint."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

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

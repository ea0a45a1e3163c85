"""The tables of evidence rooms: who is let in, what was drawn and opened, found and stated."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from api.store.tables import HASH, metadata, tenant_column
from api.store.types import UtcDateTime


def _application() -> Column[str]:
    return Column("application", String(36), ForeignKey("applications.id"), nullable=False)


#: Who may look at one application until when, by a link of which only the hash is kept.
room_grants = Table(
    "room_grants",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("secret_hash", HASH, nullable=False, unique=True),
    tenant_column(),
    _application(),
    Column("verifier", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index(None, "application"),
)

#: The samples that were drawn, each with its seed: the last one counts, the others stay in sight.
room_samples = Table(
    "room_samples",
    metadata,
    Column("id", String(36), primary_key=True),
    _application(),
    Column("seed", BigInteger, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
    Column("drawn_by", Text, nullable=False),
    Index(None, "application"),
)

#: The lines that were opened, by their number in the file.
room_openings = Table(
    "room_openings",
    metadata,
    Column("application", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", Text, nullable=False),
)

#: What a verifier found: open, answered by the issuer's side, closed by the verifier.
findings = Table(
    "findings",
    metadata,
    Column("id", String(36), primary_key=True),
    _application(),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("severity", String(8), nullable=False),
    Column("about", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Index(None, "application", "at"),
)

#: A verifier's statement on an application; one by each.
statements = Table(
    "statements",
    metadata,
    Column("application", String(36), ForeignKey("applications.id"), primary_key=True),
    Column("verifier", Text, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("level", String(16), nullable=False),
    Column("limits", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

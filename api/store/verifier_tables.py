"""Tables of verifiers: the register of who may verify, their public keys, and their statements."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from api.store.tables import HASH, metadata, tenant_column
from api.store.types import UtcDateTime

#: One register for the whole installation; `entry` is the JSON of `VerifierEntry`.
verifiers = Table(
    "verifiers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("entry", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

#: Public keys alone, under their thumbprint: a key is one verifier's.
verifier_keys = Table(
    "verifier_keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("verifier", String(36), ForeignKey("verifiers.id"), nullable=False),
    Column("public_jwk", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "verifier"),
)

#: What a verifier signed, byte for byte; `hash` is that of the signed text.
verifier_statements = Table(
    "verifier_statements",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("footprint", String(36), ForeignKey("footprints.id"), nullable=False),
    Column("verifier", String(36), ForeignKey("verifiers.id"), nullable=False),
    Column("number", String(32), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("token", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_why", Text, nullable=False),
    UniqueConstraint("verifier", "number"),
    UniqueConstraint("hash"),
    Index(None, "tenant", "received_at"),
    Index(None, "footprint", "number"),
)

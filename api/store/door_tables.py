"""Tables of the door: who came in or was refused, and who is locked out for a while."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from api.store.tables import HASH, metadata
from api.store.types import UtcDateTime

#: Sign-ins, kept for a set time: they say when a person came in and from where. What names nobody
#: that is known here has the tenant of the installation.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # link, token or client.
    Column("way", String(16), nullable=False),
    # in, refused or locked.
    Column("outcome", String(16), nullable=False),
    Column("actor", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index(None, "tenant", "at"),
    Index(None, "at"),
)

#: Failures that are being counted: `key` is the hash of what they are of, an address or a client.
door_counts = Table(
    "door_counts",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("tenant", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("what", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("locked_until", UtcDateTime),
    Index(None, "since"),
)

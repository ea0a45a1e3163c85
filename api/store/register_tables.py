"""Tables by which the register is searched: blocks of certificates, newest first, and what waits.

A block has the certificates of a stretch of time, and for each piece of words that any of them
holds the places of those that do. Migration 0032 makes the tables, and triggers on `certificates`
write into `register_waiting` and `register_changes`; `register_seal` makes blocks of what waits.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from api.store.tables import metadata
from api.store.types import UtcDateTime

#: The most certificates in a block: a place takes 16 bits.
BLOCK = 65_536

#: No two blocks overlap in the order of the register: newest first, of one moment by number.
register_blocks = Table(
    "register_blocks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("newest", UtcDateTime, nullable=False),
    Column("newest_number", String(32), nullable=False),
    Column("oldest", UtcDateTime, nullable=False),
    Column("oldest_number", String(32), nullable=False),
)

#: Where a certificate stands: `place` is that of its block times `BLOCK`, and its own in it.
register_places = Table(
    "register_places",
    metadata,
    Column(
        "place",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", String(32), nullable=False, unique=True),
)

#: What a block knows, by a name of `register_pieces`.
register_pieces = Table(
    "register_pieces",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

#: Certificates that are in no block yet.
register_waiting = Table(
    "register_waiting",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("tier", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Index(None, "issued_at", "number"),
)

#: The status of certificates that changed since their block was made.
register_changes = Table(
    "register_changes",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("status", String(16), nullable=False),
)

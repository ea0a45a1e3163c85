"""The tables of products: what a supplier keeps, and its versions, whose numbers never change."""

from __future__ import annotations

from sqlalchemy import (
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

from api.store.tables import metadata, tenant_column
from api.store.types import UtcDateTime

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

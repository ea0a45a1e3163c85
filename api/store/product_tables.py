"""The tables of products: what a supplier keeps, and its versions, whose numbers never change."""

from __future__ import annotations

from sqlalchemy import (
    Column,
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

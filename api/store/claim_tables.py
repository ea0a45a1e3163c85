"""Tables beside certificates: what the same order made, and whom a sample chose to be visited."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from api.store.tables import HASH, metadata, tenant_column
from api.store.types import UtcDateTime

#: By what a certificate is found that the same order made: hashes of whose it is, scheme, tier and
#: each thing that its product is known by (`footprint.certificates.same_order`).
order_keys = Table(
    "order_keys",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("number", String(32), ForeignKey("certificates.number"), primary_key=True),
)

#: Samples for surveillance, as they were drawn: `strata` is JSON, a list of scheme, tier, how many
#: there were, and the numbers drawn.
surveillance_plans = Table(
    "surveillance_plans",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("drawn_at", UtcDateTime, nullable=False),
    Column("seed", Text, nullable=False),
    Column("rule", String(64), nullable=False),
    Column("strata", Text, nullable=False),
    Index(None, "tenant", "drawn_at"),
)

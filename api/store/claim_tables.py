"""Tables beside certificates: what the same order made, and whom a sample chose to be visited."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from api.store.tables import HASH, metadata

#: By what a certificate is found that the same order made: hashes of whose it is, scheme, tier and
#: each thing that its product is known by (`footprint.certificates.same_order`).
order_keys = Table(
    "order_keys",
    metadata,
    Column("key", HASH, primary_key=True),
    Column("number", String(32), ForeignKey("certificates.number"), primary_key=True),
)

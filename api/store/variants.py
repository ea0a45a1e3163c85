"""Variants of products, and comparisons that were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from api.store.console_tables import comparisons, variants, versions
from api.store.database import UnitOfWork
from api.store.products import StoredVersion
from api.store.rows import columns, is_id, record, record_of


@dataclass(frozen=True, slots=True)
class StoredVariant:
    """What the version that is `footprint` would be with `changes` (a JSON list): `document` is
    canonical JSON, `summary` what lists show of it (JSON). It never changes."""

    id: str
    tenant: str
    product: str
    footprint: str
    name: str
    created_at: datetime
    by: str
    changes: str
    document: str
    summary: str


def add_variant(uow: UnitOfWork, variant: StoredVariant) -> None:
    """Store a new variant."""
    uow.connection.execute(insert(variants).values(asdict(variant)))


def variants_of(uow: UnitOfWork, tenant: str, product: str) -> Sequence[StoredVariant]:
    """The variants of the tenant's product, the newest first."""
    query = (
        select(*columns(StoredVariant, variants))
        .where(variants.c.tenant == tenant, variants.c.product == product)
        .order_by(variants.c.created_at.desc(), variants.c.id)
    )
    return [record(StoredVariant, row) for row in uow.connection.execute(query)]


def find_variant(uow: UnitOfWork, tenant: str, variant: str) -> StoredVariant | None:
    """The tenant's variant of this id."""
    if not is_id(variant):
        return None
    return record_of(uow, StoredVariant, {variants.c.tenant: tenant, variants.c.id: variant})


def find_version(uow: UnitOfWork, tenant: str, version: str) -> StoredVersion | None:
    """The tenant's version of this id."""
    if not is_id(version):
        return None
    return record_of(uow, StoredVersion, {versions.c.tenant: tenant, versions.c.id: version})


def keep_comparison(
    uow: UnitOfWork, tenant: str, pair: tuple[str, str], at: datetime, content: str
) -> None:
    """Keep what was worked out; what another request kept meanwhile stays."""
    old, new = pair
    row = {"tenant": tenant, "old": old, "new": new, "made_at": at, "content": content}
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(comparisons).values(row))
    except IntegrityError:
        return


def kept_comparison(uow: UnitOfWork, tenant: str, pair: tuple[str, str]) -> str | None:
    """What was worked out for this pair before."""
    query = select(comparisons.c.content).where(
        comparisons.c.tenant == tenant, comparisons.c.old == pair[0], comparisons.c.new == pair[1]
    )
    found: str | None = uow.connection.scalar(query)
    return found

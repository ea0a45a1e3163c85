"""Products and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, or_, select, update

from api.store.console_tables import products, versions
from api.store.database import UnitOfWork
from api.store.rows import columns, is_id, newest_first, record, record_of, records_of


@dataclass(frozen=True, slots=True)
class StoredProduct:
    """A product of a tenant's: what its versions are versions of. `evidence` is the YAML of an
    evidence file, `name_zh` its Chinese name; ""."""

    id: str
    tenant: str
    name: str
    created_at: datetime
    changed_at: datetime
    evidence: str = ""
    name_zh: str = ""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version: the `number`th of its product, made `by` somebody; `footprint` is the stored
    footprint that it is, `summary` what lists show of it (JSON). It never changes."""

    id: str
    tenant: str
    product: str
    number: int
    created_at: datetime
    by: str
    footprint: str
    summary: str


def add_product(uow: UnitOfWork, product: StoredProduct) -> None:
    """Store a new product."""
    uow.connection.execute(insert(products).values(asdict(product)))


def hold_product(uow: UnitOfWork, tenant: str, product: str) -> StoredProduct | None:
    """The tenant's product of this id, held until the transaction ends: of two versions that come
    at once, the second waits."""
    if not is_id(product):
        return None
    query = select(*columns(StoredProduct, products)).where(
        products.c.tenant == tenant, products.c.id == product
    )
    row = uow.connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else record(StoredProduct, row)


def find_product(uow: UnitOfWork, tenant: str, product: str) -> StoredProduct | None:
    """The tenant's product of this id; None when there is none, or it is another tenant's."""
    if not is_id(product):
        return None
    wanted = {products.c.tenant: tenant, products.c.id: product}
    return record_of(uow, StoredProduct, wanted)


def products_of(
    uow: UnitOfWork,
    tenant: str,
    limit: int,
    after: tuple[datetime, str] | None = None,
    named: str = "",
) -> Sequence[StoredProduct]:
    """The tenant's products of which a name holds `named`: the last changed first, behind
    `after`."""
    query = select(*columns(StoredProduct, products)).where(products.c.tenant == tenant)
    if named:
        both = (products.c.name, products.c.name_zh)
        query = query.where(or_(*(one.icontains(named, autoescape=True) for one in both)))
    query = newest_first(query, products.c.changed_at, products.c.id, limit, after)
    return [record(StoredProduct, row) for row in uow.connection.execute(query)]


def products_named(uow: UnitOfWork, tenant: str, name: str) -> Sequence[StoredProduct]:
    """The tenant's products of this very name, the last changed first."""
    query = (
        select(*columns(StoredProduct, products))
        .where(products.c.tenant == tenant, products.c.name == name)
        .order_by(products.c.changed_at.desc(), products.c.id)
    )
    return [record(StoredProduct, row) for row in uow.connection.execute(query)]


def change_product(uow: UnitOfWork, product: StoredProduct) -> None:
    """Store a product over what it was."""
    values = asdict(product)
    uow.connection.execute(
        update(products)
        .where(products.c.tenant == product.tenant, products.c.id == product.id)
        .values(**{name: value for name, value in values.items() if name not in {"id", "tenant"}})
    )


def add_version(uow: UnitOfWork, version: StoredVersion) -> None:
    """Store a new version."""
    uow.connection.execute(insert(versions).values(asdict(version)))


_LAST_FIRST = (versions.c.number.desc(),)


def versions_of(uow: UnitOfWork, tenant: str, product: str) -> Sequence[StoredVersion]:
    """The versions of the tenant's product, the newest first."""
    wanted = {versions.c.tenant: tenant, versions.c.product: product}
    return records_of(uow, StoredVersion, wanted, _LAST_FIRST)


def newest_versions(
    uow: UnitOfWork, tenant: str, wanted: Sequence[str]
) -> dict[str, StoredVersion]:
    """The newest version of each of these products, by product; one query for many."""
    last = (
        select(versions.c.product, func.max(versions.c.number).label("number"))
        .where(versions.c.tenant == tenant, versions.c.product.in_(wanted))
        .group_by(versions.c.product)
        .subquery()
    )
    query = select(*columns(StoredVersion, versions)).join(
        last, (versions.c.product == last.c.product) & (versions.c.number == last.c.number)
    )
    found = (record(StoredVersion, row) for row in uow.connection.execute(query))
    return {version.product: version for version in found}


def version_with(uow: UnitOfWork, tenant: str, footprint: str) -> StoredVersion | None:
    """The tenant's version that is this footprint."""
    query = (
        select(*columns(StoredVersion, versions))
        .where(versions.c.tenant == tenant, versions.c.footprint == footprint)
        .order_by(versions.c.number)
        .limit(1)
    )
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(StoredVersion, row)

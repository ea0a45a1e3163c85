"""Rows of published footprints: stored in groups, found by group.

A group is everything that the protocol's filters ask, apart from the product: status, geography,
validity, companies, classes and who may read it. A filter picks groups; the footprints of a group
are then read in order from an index. Measured with 1,000,000 footprints, see `bench/partners.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, update

from api.partners.filters import Wanted, folded
from api.partners.model import Published
from api.store.database import UnitOfWork
from api.store.partner_tables import (
    pact_footprints,
    pact_group_values,
    pact_groups,
    pact_products,
)
from api.store.rows import columns, record, record_of
from footprint.canonical import content_hash

#: The reader that stands for every partner of the tenant.
EVERYONE = "*"


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """What footprints of one group agree in. `readers` are ids of partners, or EVERYONE."""

    tenant: str
    status: str
    geography: str
    valid_from: datetime
    valid_until: datetime
    companies: tuple[str, ...]
    classifications: tuple[str, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Behind which footprint a page begins: its group and number."""

    group: int = 0
    number: int = 0


def add_published(
    uow: UnitOfWork, group: PublishedGroup, products: Sequence[str], published: Published
) -> None:
    """Store a published footprint in its group, which is made when it is new. The number that
    `published` has is not kept: the database counts."""
    table = pact_footprints
    values = {column.name: getattr(published, column.name) for column in columns(Published, table)}
    del values["number"]
    values["group_id"] = _join(uow, group)
    made = uow.connection.execute(insert(table).values(**values).returning(table.c.number))
    number = made.scalar_one()
    rows = [
        {"tenant": group.tenant, "product": product, "number": number}
        for product in sorted({folded(one) for one in products})
    ]
    uow.connection.execute(insert(pact_products), rows)


def move_published(
    uow: UnitOfWork, published: Published, group: PublishedGroup, document: str | None = None
) -> None:
    """Put a published footprint into another group; `document` is what it reads from now on."""
    table = pact_footprints
    values: dict[str, object] = {"group_id": _join(uow, group)}
    if document is not None:
        values["document"] = document
    uow.connection.execute(update(table).where(table.c.number == published.number).values(**values))
    left = update(pact_groups).where(pact_groups.c.id == published.group_id)
    uow.connection.execute(left.values(size=pact_groups.c.size - 1))


def _join(uow: UnitOfWork, group: PublishedGroup) -> int:
    """The id of the group, which counts one more."""
    facts = {
        "status": group.status,
        "geography": folded(group.geography),
        "valid_from": group.valid_from.isoformat(),
        "valid_until": group.valid_until.isoformat(),
        "companies": sorted({folded(one) for one in group.companies}),
        "classifications": sorted({folded(one) for one in group.classifications}),
        "readers": sorted(set(group.readers)),
    }
    digest = content_hash(facts)
    table = pact_groups
    more = (
        update(table)
        .where(table.c.tenant == group.tenant, table.c.hash == digest)
        .values(size=table.c.size + 1)
        .returning(table.c.id)
    )
    found = uow.connection.scalar(more)
    if found is not None:
        return int(found)
    made = insert(table).values(
        tenant=group.tenant,
        hash=digest,
        status=folded(group.status),
        geography=facts["geography"],
        valid_from=group.valid_from,
        valid_until=group.valid_until,
        size=1,
    )
    new = int(uow.connection.execute(made.returning(table.c.id)).scalar_one())
    kinds = {"company": "companies", "classification": "classifications", "reader": "readers"}
    rows = [
        {"group_id": new, "kind": kind, "value": value}
        for kind, name in kinds.items()
        for value in facts[name]
    ]
    uow.connection.execute(insert(pact_group_values), rows)
    return new


def readers_of(uow: UnitOfWork, group: int) -> tuple[str, ...]:
    """Who may read the footprints of a group."""
    table = pact_group_values
    query = select(table.c.value).where(table.c.group_id == group, table.c.kind == "reader")
    return tuple(sorted(uow.connection.scalars(query)))


def list_published(
    uow: UnitOfWork, tenant: str, reader: str | None, wanted: Wanted, limit: int, after: PagePlace
) -> list[Published]:
    """What `reader` (None: the tenant itself) may see of the tenant's footprints that are wanted,
    by group and number, `limit` at most, behind `after`."""
    if wanted.products:
        return _of_products(uow, tenant, reader, wanted, limit, after)
    table = pact_groups
    query = _groups(tenant, reader, wanted).add_columns(table.c.size)
    query = query.where(table.c.id >= after.group, table.c.size > 0)
    # Each group has at least one, so limit + 1 of them are always enough.
    groups = uow.connection.execute(query.order_by(table.c.id).limit(limit + 1)).all()
    found: list[Published] = []
    if groups and groups[0].id == after.group:
        found = _rows_behind(uow, after.group, after.number, limit)
        groups = groups[1:]
    small: list[int] = []
    missing = limit - len(found)
    for row in groups:
        if missing <= 0:
            break
        if row.size < missing:
            small.append(row.id)
        else:  # it ends the page: only so much of it is read
            found += _rows(uow, small, limit) + _rows_behind(uow, row.id, 0, missing)
            small = []
        missing -= row.size
    return (found + _rows(uow, small, limit))[:limit]


def newest_published(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None
) -> list[Published]:
    """The tenant's published footprints, newest first, behind `after` (time and id)."""
    table = pact_footprints
    query = select(*columns(Published, table)).where(table.c.tenant == tenant)
    if after is not None:
        at, last = after
        same = and_(table.c.published_at == at, table.c.id > last)
        query = query.where(or_(table.c.published_at < at, same))
    return _read(uow, query.order_by(table.c.published_at.desc(), table.c.id).limit(limit))


def find_published(uow: UnitOfWork, tenant: str, footprint: str) -> Published | None:
    """The tenant's published footprint of this id, whoever may read it."""
    table = pact_footprints
    return record_of(uow, Published, {table.c.tenant: tenant, table.c.id: footprint})


def _rows(uow: UnitOfWork, groups: Sequence[int], limit: int) -> list[Published]:
    if not groups:
        return []
    table = pact_footprints
    query = select(*columns(Published, table)).where(table.c.group_id.in_(groups))
    return _read(uow, query.order_by(table.c.group_id, table.c.number).limit(limit))


def _rows_behind(uow: UnitOfWork, group: int, number: int, limit: int) -> list[Published]:
    table = pact_footprints
    query = select(*columns(Published, table)).where(
        table.c.group_id == group, table.c.number > number
    )
    return _read(uow, query.order_by(table.c.number).limit(limit))


def _of_products(
    uow: UnitOfWork, tenant: str, reader: str | None, wanted: Wanted, limit: int, after: PagePlace
) -> list[Published]:
    table, products = pact_footprints, pact_products
    query = (
        select(*columns(Published, table))
        .join(products, products.c.number == table.c.number)
        .where(
            products.c.tenant == tenant,
            products.c.product.in_(wanted.products),
            table.c.group_id.in_(_groups(tenant, reader, wanted)),
            or_(
                table.c.group_id > after.group,
                and_(table.c.group_id == after.group, table.c.number > after.number),
            ),
        )
        .distinct()
    )
    return _read(uow, query.order_by(table.c.group_id, table.c.number).limit(limit))


def _read(uow: UnitOfWork, query: Select[tuple[object, ...]]) -> list[Published]:
    return [record(Published, row) for row in uow.connection.execute(query)]


def _groups(tenant: str, reader: str | None, wanted: Wanted) -> Select[tuple[int]]:
    """The ids of the groups that `reader` may see and that have what is wanted."""
    table = pact_groups
    where: list[ColumnElement[bool]] = [table.c.tenant == tenant]
    if reader is not None:
        where.append(_has("reader", (EVERYONE, reader)))
    for kind, values in (
        ("company", wanted.companies),
        ("classification", wanted.classifications),
    ):
        if values:
            where.append(_has(kind, values))
    if wanted.geographies:
        where.append(table.c.geography.in_(wanted.geographies))
    if wanted.statuses:
        where.append(table.c.status.in_(wanted.statuses))
    if wanted.valid_on is not None:
        where += [table.c.valid_from <= wanted.valid_on, table.c.valid_until >= wanted.valid_on]
    if wanted.valid_after is not None:
        where.append(table.c.valid_from > wanted.valid_after)
    if wanted.valid_before is not None:
        where.append(table.c.valid_until < wanted.valid_before)
    return select(table.c.id).where(*where)


def _has(kind: str, values: Sequence[str]) -> ColumnElement[bool]:
    table = pact_group_values
    having = select(table.c.group_id).where(
        table.c.kind == kind, table.c.value.in_(values), table.c.group_id == pact_groups.c.id
    )
    return having.exists()

"""The order of the register: newest first, of one moment by number; and its blocks in it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, collate, or_, select

from api.store.database import UnitOfWork
from api.store.register_tables import register_blocks

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: The place of a certificate in the order of the register: a newer one is less.
Rank = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the register: its certificates, from the newest to the oldest."""

    id: int
    size: int
    newest: datetime
    newest_number: str
    oldest: datetime
    oldest_number: str


def rank(issued_at: datetime, number: str) -> Rank:
    """Where a certificate stands in the register."""
    return (_EPOCH - issued_at) // _MICROSECOND, number


def blocks_of(uow: UnitOfWork) -> list[Block]:
    """All blocks, the newest first."""
    rows = uow.connection.execute(select(*(register_blocks.c[one.name] for one in fields(Block))))
    found = [Block(*row) for row in rows]
    return sorted(found, key=lambda one: rank(one.newest, one.newest_number))


def in_order(uow: UnitOfWork, table: Table) -> tuple[ColumnElement[datetime], ColumnElement[str]]:
    """What a table is ordered by. Numbers are compared by their bytes in every database, as here:
    PostgreSQL would by the language of the database."""
    number: ColumnElement[str] = table.c.number
    if uow.connection.dialect.name == "postgresql":
        number = collate(number, "C")
    return table.c.issued_at, number


def behind_place(
    order: tuple[ColumnElement[datetime], ColumnElement[str]], after: tuple[datetime, str] | None
) -> list[ColumnElement[bool]]:
    """What stands behind a place in the register. The first condition lets the index seek."""
    if after is None:
        return []
    issued_at, number = order
    at, last = after
    return [issued_at <= at, or_(issued_at < at, and_(issued_at == at, number > last))]

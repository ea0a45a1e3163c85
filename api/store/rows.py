"""Small helpers between rows and frozen records."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    CursorResult,
    Row,
    Select,
    Table,
    and_,
    any_,
    bindparam,
    literal,
    or_,
    select,
)

from api.store.database import UnitOfWork

Record = TypeVar("Record")


def record(kind: type[Record], row: Row[Any]) -> Record:
    """The row as a record; the names of its columns are the names of the record's fields."""
    return kind(**row._mapping)


def is_id(text: str) -> bool:
    """Whether `text` is a UUID as we write them. PostgreSQL cannot be asked for every text."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def row_values(record: Any) -> dict[str, Any]:
    """The fields of a record by name, as they are stored. (`asdict` copies what cannot change, the
    zone of each moment among it: it took as long as the statement.)"""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def columns(kind: type[Any], table: Table) -> list[Any]:
    """The columns of `table` that the dataclass `kind` has a field for."""
    return list(_columns(cast("Hashable", kind), table))


@cache
def _columns(kind: Any, table: Table) -> tuple[Any, ...]:
    """Made once: a page asks for those of ten queries."""
    return tuple(table.c[field.name].label(field.name) for field in fields(kind))


def records_of(
    uow: UnitOfWork,
    kind: type[Record],
    wanted: Mapping[Column[Any], Any],
    order: tuple[ColumnElement[Any], ...] = (),
) -> list[Record]:
    """The records whose columns have these values, in this order. Their statement is made once, so
    `order` is too: making one takes as long as asking SQLite, and a page asks six."""
    return [record(kind, row) for row in _asked(uow, kind, wanted, order)]


def record_of(
    uow: UnitOfWork, kind: type[Record], wanted: Mapping[Column[Any], Any]
) -> Record | None:
    """The one record whose columns have these values; None without one."""
    row = _asked(uow, kind, wanted, ()).one_or_none()
    return None if row is None else record(kind, row)


def _asked(
    uow: UnitOfWork,
    kind: type[Any],
    wanted: Mapping[Column[Any], Any],
    order: tuple[ColumnElement[Any], ...],
) -> CursorResult[Any]:
    statement = _select(cast("Hashable", kind), tuple(wanted), order)
    values = {f"wanted_{at}": value for at, value in enumerate(wanted.values())}
    return uow.connection.execute(statement, values)


@cache
def _select(
    kind: Any, wanted: tuple[Column[Any], ...], order: tuple[ColumnElement[Any], ...]
) -> Select[Any]:
    conditions = [
        column == bindparam(f"wanted_{at}", type_=column.type) for at, column in enumerate(wanted)
    ]
    return select(*_columns(kind, wanted[0].table)).where(*conditions).order_by(*order)


def newest_first(
    query: Select[Any],
    moment: ColumnElement[Any],
    name: ColumnElement[Any],
    limit: int,
    after: tuple[datetime, str] | None,
) -> Select[Any]:
    """A page of `query`: newest first, of the same `moment` by `name`, behind `after` (both of the
    last one of the page before)."""
    if after is not None:
        at, last = after
        query = query.where(or_(moment < at, and_(moment == at, name > last)))
    return query.order_by(moment.desc(), name).limit(limit)


def among(uow: UnitOfWork, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a column has one of these values. PostgreSQL is given them as one, which takes less
    than reading a statement with a parameter for each."""
    if uow.connection.dialect.name == "postgresql":
        return column == any_(literal(values, ARRAY(column.type)))
    return column.in_(values)

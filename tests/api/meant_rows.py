"""Rows with every combination of values, meant and not meant, one at a time in a table."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table

from api.store.database import UnitOfWork
from api.store.tables import metadata
from api.store.types import UtcDateTime

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEFORE, LATER = NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)
DAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
ID = "6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77"
#: Values of which each is as good as the others, and values that are not meant.
PAST = ([BEFORE], [NOON, LATER])
UNTIL_NOW = ([BEFORE, NOON], [LATER])
AFTER_NOW = ([LATER], [NOON, BEFORE])
NEVER = ([None], [NOON])
OPEN = (["draft", "returned", "submitted", "checked"], ["issued", "withdrawn"])
ANY_STATE: tuple[list[Any], list[Any]] = (["draft", "issued"], [])
WAITING = (["waiting"], ["sent"])
ASKED = (["asked", "working", "sent-back"], ["answered", "accepted", "declined"])
IN_FORCE = (["issued", "suspended"], ["revoked", "superseded"])
UNFINISHED = (["waiting", "running"], ["done", "failed", "cancelled"])
DRAFT, NO_DRAFT = '{"draft":true}', "{}"


def _value(column: sa.Column[Any]) -> Any:
    if column.nullable:
        return None
    if isinstance(column.type, UtcDateTime):
        return NOON
    kinds: Mapping[type, Any] = {str: "", int: 0, bool: False, bytes: b"", date: DAY}
    return kinds[column.type.python_type]


def row_of(table: Table, said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(column) for name, column in table.c.items()} | dict(said)


def made(kind: type[Any], table: Table, **said: Any) -> Any:
    """A record whose other fields say nothing."""
    row = row_of(table, said)
    return kind(**{one.name: row[one.name] for one in fields(kind)})


@dataclass(frozen=True)
class Asked:
    """A call, the table that it reads or writes, and the values of the row that is meant."""

    call: Callable[..., Any]
    args: tuple[Any, ...]
    table: Table
    meant: Mapping[str, Any]
    beside: tuple[tuple[Table, Mapping[str, Any]], ...]
    named: Mapping[str, Any]
    then: Callable[[Any], Any]

    def rows(self) -> Iterator[tuple[dict[str, Any], bool]]:
        """Every row that is tried, and whether it is meant."""
        choices = []
        for name, said in self.meant.items():
            good, bad = said if isinstance(said, tuple) else ([said], [_other(said)])
            choices.append(
                [(name, one, True) for one in good] + [(name, one, False) for one in bad]
            )
        for chosen in itertools.product(*choices):
            yield {name: one for name, one, _ in chosen}, all(good for _, _, good in chosen)


def _other(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    return value + 1 if isinstance(value, int) else value + "x"


def ask(
    call: Callable[..., Any],
    *args: Any,
    of: Table,
    beside: tuple[tuple[Table, Mapping[str, Any]], ...] = (),
    named: Mapping[str, Any] = MappingProxyType({}),
    then: Callable[[Any], Any] = bool,
    **meant: Any,
) -> Asked:
    """`call` of a table `of` that holds `beside` already; `then` says whether it found its row."""
    return Asked(call, args, of, meant, beside, named, then)


@contextmanager
def tables_in_memory() -> Iterator[sa.Connection]:
    """A database that has the tables, and in which no row rests on another one."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def touched(connection: sa.Connection, asked: Asked, row: Mapping[str, Any]) -> bool:
    """Whether the call finds or changes the one row of its table."""
    with connection.begin() as transaction:
        for table, said in (*asked.beside, (asked.table, row)):
            connection.execute(sa.insert(table).values(row_of(table, said)))
        before = connection.execute(sa.select(asked.table)).all()
        found = asked.call(UnitOfWork(connection), *asked.args, **asked.named)
        changed = connection.execute(sa.select(asked.table)).all() != before
        transaction.rollback()
    return changed or bool(asked.then(found))


def hits(connection: sa.Connection, asked: Asked) -> tuple[list[Any], list[Any]]:
    """The rows that were touched, and those that are meant."""
    tried = list(asked.rows())
    meant = [row for row, good in tried if good]
    assert 0 < len(meant) < len(tried)
    return [row for row, _ in tried if touched(connection, asked, row)], meant

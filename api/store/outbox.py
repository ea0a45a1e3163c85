"""Taking what is due from a table of messages: one server at a time tries each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Table, exists, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record

#: Characters that are kept of what another server said.
LONGEST_SAID = 500

_Message = TypeVar("_Message", bound=Any)


def anything_due(uow: UnitOfWork, table: Table, now: datetime) -> bool:
    """Whether there is a message to send: asked first, as it needs no lock."""
    due = exists().where(table.c.state == "waiting", table.c.due_at <= now)
    return bool(uow.connection.scalar(select(due)))


def take_due(
    uow: UnitOfWork, table: Table, kind: type[_Message], now: datetime, until: datetime, limit: int
) -> list[_Message]:
    """Messages to send now, as records of `kind`; no other server takes them before `until`."""
    query = select(*columns(kind, table)).where(table.c.state == "waiting", table.c.due_at <= now)
    query = query.order_by(table.c.due_at, table.c.id).limit(limit)
    query = query.with_for_update(skip_locked=True)
    found = [record(kind, row) for row in uow.connection.execute(query)]
    if found:
        taken = update(table).where(table.c.id.in_([one.id for one in found]))
        uow.connection.execute(taken.values(due_at=until))
    return found


def end_try(uow: UnitOfWork, table: Table, message: Any, ending: tuple[str, datetime, str]) -> None:
    """Write what an attempt came to: the state, when it is due or since when it has ended, and what
    was said; nothing where the message has ended meanwhile."""
    state, due_at, said = ending
    values = {"state": state, "attempts": message.attempts + 1, "due_at": due_at}
    query = update(table).where(table.c.id == message.id, table.c.state == "waiting")
    uow.connection.execute(query.values(values | {"said": said[:LONGEST_SAID]}))

"""Search the public register, one page at a time, newest first."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from api.store.database import UnitOfWork
from api.store.rows import record
from api.store.tables import certificates

#: States that can be searched for. `expired` is told by the day; the others are kept.
SearchState = Literal["issued", "suspended", "revoked", "superseded", "expired"]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Empty texts do not narrow; `words` are parts of names or identifiers of
    product or company, in any case."""

    number: str = ""
    product: str = ""
    company: str = ""
    scheme: str = ""
    tier: str = ""
    state: SearchState | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate as the register lists it."""

    number: str
    product: str
    company: str
    scheme: str
    tier: str
    issued_at: datetime
    valid_from: date
    valid_until: date
    status: str
    status_at: datetime
    status_reason: str
    surveillance_due: date | None
    superseded_by: str | None


def search(
    uow: UnitOfWork,
    wanted: Search,
    today: date,
    limit: int,
    after: tuple[datetime, str] | None = None,
) -> list[Listed]:
    """At most `limit` certificates that fit, newest first, behind `after` (moment and number of
    another). `today` tells which ones have expired. Withdrawn ones are found like all others."""
    table = certificates
    query = select(*(table.c[field.name] for field in fields(Listed)))
    query = query.where(*_conditions(wanted, today))
    if after is not None:
        at, number = after
        later = and_(table.c.issued_at == at, table.c.number > number)
        query = query.where(or_(table.c.issued_at < at, later))
    query = query.order_by(table.c.issued_at.desc(), table.c.number).limit(limit)
    return [record(Listed, row) for row in uow.connection.execute(query)]


def count_states(uow: UnitOfWork, wanted: Search, today: date) -> dict[str, int]:
    """How many certificates fit in each state, whatever state is asked for."""
    table = certificates
    late = (table.c.status == "issued") & (table.c.valid_until < today)
    anywhere = replace(wanted, state=None)
    query = (
        select(table.c.status, late, func.count())
        .where(*_conditions(anywhere, today))
        .group_by(table.c.status, late)
    )
    found: dict[str, int] = {}
    for status, expired, count in uow.connection.execute(query):
        name = "expired" if expired else str(status)
        found[name] = found.get(name, 0) + count
    return found


def _conditions(wanted: Search, today: date) -> list[ColumnElement[bool]]:
    table = certificates
    found: list[ColumnElement[bool]] = []
    if wanted.number:
        found.append(table.c.number == wanted.number)
    for text in (wanted.product, wanted.company):
        if text:
            found.append(table.c.words.contains(text.casefold(), autoescape=True))
    if wanted.scheme:
        found.append(table.c.scheme == wanted.scheme)
    if wanted.tier:
        found.append(table.c.tier == wanted.tier)
    if wanted.state == "expired":
        found += [table.c.status == "issued", table.c.valid_until < today]
    elif wanted.state is not None:
        found.append(table.c.status == wanted.state)
        if wanted.state == "issued":
            found.append(table.c.valid_until >= today)
    return found

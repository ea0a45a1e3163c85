"""Search the public register, one page at a time, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Table, and_, bindparam, case, func, not_, select

from api.store.database import UnitOfWork
from api.store.drafts_apart import is_draft
from api.store.register_blocks import SoughtInBlocks, places_that_may_fit
from api.store.register_counts import count_in_blocks
from api.store.register_order import behind_place, in_order, rank
from api.store.register_tables import register_places, register_waiting
from api.store.rows import among, record
from api.store.tables import certificates

#: States that can be searched for. `expired` is told by the day, `draft` by what was signed; the
#: others are kept.
SearchState = Literal["issued", "suspended", "revoked", "superseded", "expired", "draft"]


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
    another). `today` tells which ones have expired. Withdrawn ones are found like all others.

    The unit of work is a snapshot (`Database.snapshot`) where blocks of the register are made at
    the same time: what waits in one statement stands in a block in the next.
    """
    if wanted.number:
        return _of_number(uow, wanted, today, after)
    found = _waiting(uow, wanted, today, limit, after)
    found += _in_blocks(uow, wanted, today, limit, after)
    return sorted(found, key=lambda one: rank(one.issued_at, one.number))[:limit]


def _of_number(
    uow: UnitOfWork, wanted: Search, today: date, after: tuple[datetime, str] | None
) -> list[Listed]:
    table = certificates
    query = select(*_listed()).where(
        table.c.number == wanted.number,
        *_conditions(wanted, today, table, is_draft),
        *behind_place(in_order(uow, table), after),
    )
    return [record(Listed, row) for row in uow.connection.execute(query)]


def _waiting(
    uow: UnitOfWork, wanted: Search, today: date, limit: int, after: tuple[datetime, str] | None
) -> list[Listed]:
    table = register_waiting
    order = in_order(uow, table)
    page = select(table.c.number).where(*_conditions(wanted, today, table, table.c.draft))
    page = page.where(*behind_place(order, after)).order_by(order[0].desc(), order[1]).limit(limit)
    numbers = list(uow.connection.scalars(page))
    if not numbers:
        return []
    rows = uow.connection.execute(_NUMBERED, {"numbers": numbers})
    return [record(Listed, row) for row in rows]


def _in_blocks(
    uow: UnitOfWork, wanted: Search, today: date, limit: int, after: tuple[datetime, str] | None
) -> list[Listed]:
    """The first ones that fit. A block knows pieces of words, so the rows are asked for words; it
    is rare that one has all pieces of a word and not the word. What a draft is a block knows."""
    words = _words(wanted)
    asked = SoughtInBlocks(tuple(words), wanted.scheme, wanted.tier, wanted.state or "", today)
    found: list[Listed] = []
    pending: list[int] = []
    size = 2 * limit if wanted.state else limit
    for places in chain(places_that_may_fit(uow, asked, size, after), (None,)):
        pending += places or ()
        while len(found) < limit and pending and (places is None or len(pending) >= size):
            some, pending = pending[:size], pending[size:]
            query = (
                select(register_places.c.place, *_listed())
                .join(certificates, certificates.c.number == register_places.c.number)
                .where(*_holding(certificates, words))
                .where(*_in_state(wanted.state, today, certificates))
                .where(among(uow, register_places.c.place, some))
            )
            listed = {place: Listed(*row) for place, *row in uow.connection.execute(query)}
            found += [listed[place] for place in some if place in listed]
            size *= 2
        if len(found) >= limit:
            break
    return found


def _listed() -> list[Column[Any]]:
    return [certificates.c[field.name] for field in fields(Listed)]


_NUMBERED = select(*_listed()).where(
    certificates.c.number.in_(bindparam("numbers", expanding=True))
)


def _words(wanted: Search) -> list[str]:
    return [text.casefold() for text in (wanted.product, wanted.company) if text]


def count_states(uow: UnitOfWork, wanted: Search, today: date) -> dict[str, int]:
    """How many certificates fit in each state, whatever state is asked for. In a snapshot, as
    `search`."""
    anywhere = replace(wanted, state=None)
    if wanted.number:
        return _counted(uow, anywhere, today, certificates, is_draft)
    found = _counted(uow, anywhere, today, register_waiting, register_waiting.c.draft)
    asked = SoughtInBlocks(tuple(_words(wanted)), wanted.scheme, wanted.tier, "", today)
    for state, count in count_in_blocks(uow, asked).items():
        found[state] = found.get(state, 0) + count
    return found


def _counted(
    uow: UnitOfWork, wanted: Search, today: date, table: Table, draft: ColumnElement[bool]
) -> dict[str, int]:
    conditions = _conditions(wanted, today, table, draft)
    if wanted.number:
        conditions.append(table.c.number == wanted.number)
    issued = table.c.status == "issued"
    state = case(
        (and_(issued, table.c.valid_until < today), "expired"),
        (and_(issued, draft), "draft"),
        else_=table.c.status,
    )
    query = select(state, func.count()).where(*conditions).group_by(state)
    return {str(name): count for name, count in uow.connection.execute(query)}


def _conditions(
    wanted: Search, today: date, table: Table, draft: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """All but the number; `draft` is whether a row of the table is one."""
    found = _holding(table, _words(wanted))
    if wanted.scheme:
        found.append(table.c.scheme == wanted.scheme)
    if wanted.tier:
        found.append(table.c.tier == wanted.tier)
    if wanted.state == "draft":
        found.append(draft)
    elif wanted.state == "issued":
        found.append(not_(draft))
    return found + _in_state(wanted.state, today, table)


def _in_state(state: SearchState | None, today: date, table: Table) -> list[ColumnElement[bool]]:
    """What a state asks of a row, but for whether it is a draft."""
    if state is None:
        return []
    if state == "expired":
        return [table.c.status == "issued", table.c.valid_until < today]
    if state in {"issued", "draft"}:
        return [table.c.status == "issued", table.c.valid_until >= today]
    return [table.c.status == state]


def _holding(table: Table, words: Sequence[str]) -> list[ColumnElement[bool]]:
    return [table.c.words.contains(word, autoescape=True) for word in words]


def numbers_in_force(uow: UnitOfWork, today: date) -> list[str]:
    """The numbers of all certificates that are issued and whose term runs, ascending; no drafts."""
    table = certificates
    issued = [table.c.status == "issued", table.c.valid_until >= today]
    query = select(table.c.number).where(table.c.valid_from <= today, *issued)
    drafts = set(uow.connection.scalars(select(table.c.number).where(*issued, is_draft)))
    return sorted(number for number in uow.connection.scalars(query) if number not in drafts)


def views_of(uow: UnitOfWork, numbers: Sequence[str]) -> dict[str, str]:
    """The view documents of these certificates as they are stored, by number."""
    query = select(certificates.c.number, certificates.c.view)
    rows = uow.connection.execute(query.where(certificates.c.number.in_(numbers)))
    return {row.number: row.view for row in rows}

"""Search the public register, one page at a time, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Table, and_, any_, func, not_, or_, select

from api.store.database import UnitOfWork
from api.store.drafts_apart import is_draft
from api.store.register_words import few_holding, holding, register_words
from api.store.rows import record
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
    another). `today` tells which ones have expired. Withdrawn ones are found like all others."""
    table = certificates
    # The numbers first: whole rows are wide, and sorting would carry those of all that fit.
    dialect = uow.connection.dialect.name
    page = select(table.c.number).where(*_conditions(wanted, today, dialect))
    ordered: Table = table
    words = _words(wanted)
    if words and dialect == "sqlite":
        few = few_holding(uow.connection, words)
        if few is not None:
            page = page.where(table.c.number.in_(few))
        else:
            ordered = register_words
            page = page.join(ordered, ordered.c.number == table.c.number).where(*holding(words))
    else:
        page = page.where(*_in_rows(words))
    at, number = ordered.c.issued_at, ordered.c.number
    page = page.where(*_behind(at, number, after)).order_by(at.desc(), number).limit(limit)
    numbers = list(uow.connection.scalars(page))
    query = select(*(table.c[field.name] for field in fields(Listed)))
    rows = uow.connection.execute(query.where(table.c.number.in_(numbers)))
    found = {row.number: record(Listed, row) for row in rows}
    return [found[number] for number in numbers]


def _behind(
    issued_at: ColumnElement[datetime],
    number: ColumnElement[str],
    after: tuple[datetime, str] | None,
) -> list[ColumnElement[bool]]:
    """What stands behind a place in the register. The first condition lets the index seek."""
    if after is None:
        return []
    at, last = after
    return [issued_at <= at, or_(issued_at < at, and_(issued_at == at, number > last))]


def _words(wanted: Search) -> list[str]:
    return [text.casefold() for text in (wanted.product, wanted.company) if text]


def count_states(uow: UnitOfWork, wanted: Search, today: date) -> dict[str, int]:
    """How many certificates fit in each state, whatever state is asked for."""
    table = certificates
    late = (table.c.status == "issued") & (table.c.valid_until < today)
    anywhere = replace(wanted, state=None)
    dialect = uow.connection.dialect.name
    conditions = _conditions(anywhere, today, dialect)
    words = _words(wanted)
    if words and dialect == "sqlite":
        few = few_holding(uow.connection, words)
        named = select(register_words.c.number).where(*holding(words)) if few is None else few
        conditions.append(table.c.number.in_(named))
    else:
        conditions += _in_rows(words)
    query = (
        select(table.c.status, late, func.count()).where(*conditions).group_by(table.c.status, late)
    )
    found: dict[str, int] = {}
    for status, expired, count in uow.connection.execute(query):
        name = "expired" if expired else str(status)
        found[name] = found.get(name, 0) + count
    drafts = uow.connection.scalar(
        select(func.count()).where(*conditions, *_running("draft", today, dialect))
    )
    if drafts:
        found |= {"draft": drafts, "issued": found["issued"] - drafts}
    return found


def _running(
    state: Literal["issued", "draft"], today: date, dialect: str
) -> list[ColumnElement[bool]]:
    """Certificates whose term has not ended and that nobody has withdrawn: those for use, or the
    drafts. What a draft is the index of drafts tells.

    PostgreSQL takes nearly all certificates for drafts, as it does of any two texts that should
    differ. It would go through all of them for the few that there are, and compare each with all:
    so it is given the numbers of drafts as one value, and looks at the rows of a page alone.
    """
    table = certificates
    drafts = select(table.c.number).where(table.c.status == "issued", is_draft)
    if dialect == "postgresql":
        numbers = func.array(drafts.where(table.c.valid_until >= today).scalar_subquery())
        which = table.c.number == any_(numbers) if state == "draft" else not_(is_draft)
    else:
        which = is_draft if state == "draft" else table.c.number.not_in(drafts)
    return [table.c.status == "issued", table.c.valid_until >= today, which]


def _in_rows(words: list[str]) -> list[ColumnElement[bool]]:
    return [certificates.c.words.contains(word, autoescape=True) for word in words]


def _conditions(wanted: Search, today: date, dialect: str) -> list[ColumnElement[bool]]:
    """All but the words."""
    table = certificates
    found: list[ColumnElement[bool]] = []
    if wanted.number:
        found.append(table.c.number == wanted.number)
    if wanted.scheme:
        found.append(table.c.scheme == wanted.scheme)
    if wanted.tier:
        found.append(table.c.tier == wanted.tier)
    if wanted.state == "expired":
        found += [table.c.status == "issued", table.c.valid_until < today]
    elif wanted.state == "issued":
        found += _running("issued", today, dialect)
    elif wanted.state == "draft":
        found += _running("draft", today, dialect)
    elif wanted.state is not None:
        found.append(table.c.status == wanted.state)
    return found


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

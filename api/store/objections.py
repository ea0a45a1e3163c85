"""Objections to certificates: public, with what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, func, insert, or_, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import certificates, objections

ObjectionState = Literal["open", "upheld", "rejected"]


@dataclass(frozen=True, slots=True)
class Objection:
    """What a party holds against a certificate. `tenant` is who raised it; it is not shown."""

    id: str
    number: str
    tenant: str
    at: datetime
    party: str
    text: str
    state: ObjectionState
    answer: str
    answered_at: datetime | None


def add_objection(uow: UnitOfWork, objection: Objection) -> None:
    """Store a new objection."""
    uow.connection.execute(insert(objections).values(asdict(objection)))


def objections_to(
    uow: UnitOfWork, number: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[Objection]:
    """Objections to a certificate, oldest first, behind `after` (time and id of the last one)."""
    table = objections
    query = select(*columns(Objection, table)).where(table.c.number == number)
    if after is not None:
        at, last = after
        query = query.where(or_(table.c.at > at, and_(table.c.at == at, table.c.id > last)))
    query = query.order_by(table.c.at, table.c.id).limit(limit)
    return [record(Objection, row) for row in uow.connection.execute(query)]


def open_objections(uow: UnitOfWork, tenant: str, limit: int) -> list[Objection]:
    """What is held against certificates of this tenant and nobody has answered, oldest first."""
    query = (
        select(*columns(Objection, objections))
        .join(certificates, certificates.c.number == objections.c.number)
        .where(certificates.c.tenant == tenant, objections.c.state == "open")
        .order_by(objections.c.at, objections.c.id)
        .limit(limit)
    )
    return [record(Objection, row) for row in uow.connection.execute(query)]


def found_objection(uow: UnitOfWork, number: str, objection: str) -> Objection:
    """An objection that is there. Raises `sqlalchemy.exc.NoResultFound` when it is not."""
    mine = (objections.c.number == number, objections.c.id == objection)
    query = select(*columns(Objection, objections)).where(*mine)
    return record(Objection, uow.connection.execute(query).one())


def count_open(uow: UnitOfWork, number: str, tenant: str) -> int:
    """How many objections of a tenant to a certificate nobody has answered."""
    table = objections
    mine = (table.c.number == number, table.c.tenant == tenant, table.c.state == "open")
    return int(uow.connection.scalar(select(func.count()).where(*mine)) or 0)


def answer_objection(
    uow: UnitOfWork, number: str, objection: str, state: ObjectionState, answer: str, at: datetime
) -> bool:
    """Close an open objection to this certificate; whether it was open."""
    query = (
        update(objections)
        .where(
            objections.c.number == number,
            objections.c.id == objection,
            objections.c.state == "open",
        )
        .values(state=state, answer=answer, answered_at=at)
    )
    return uow.connection.execute(query).rowcount == 1

"""Objections to certificates: public, with what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import certificates, objections
from footprint.certificates.lifecycle import ObjectionGround, ObjectionOutcome

ObjectionState = Literal["open", "upheld", "rejected"]


@dataclass(frozen=True, slots=True)
class Objection:
    """What a party holds against a certificate. `tenant` is who raised it; it is not shown. None is
    a reader without a token, whose `name` and `contact` only the owner of the certificate sees."""

    id: str
    number: str
    tenant: str | None
    at: datetime
    party: str
    text: str
    state: ObjectionState
    answer: str
    answered_at: datetime | None
    ground: ObjectionGround = "other"
    name: str = ""
    contact: str = ""


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


def open_objections(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[Objection]:
    """What is held against certificates of this tenant and nobody has answered, oldest first,
    behind `after` (time and id of the last one)."""
    table = objections
    query = (
        select(*columns(Objection, table))
        .join(certificates, certificates.c.number == table.c.number)
        .where(certificates.c.tenant == tenant, table.c.state == "open")
    )
    if after is not None:
        at, last = after
        query = query.where(or_(table.c.at > at, and_(table.c.at == at, table.c.id > last)))
    query = query.order_by(table.c.at, table.c.id).limit(limit)
    return [record(Objection, row) for row in uow.connection.execute(query)]


def find_objection(uow: UnitOfWork, number: str, objection: str) -> Objection | None:
    """An objection to this certificate; None when there is none of this id."""
    mine = (objections.c.number == number, objections.c.id == objection)
    query = select(*columns(Objection, objections)).where(*mine)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Objection, row)


def found_objection(uow: UnitOfWork, number: str, objection: str) -> Objection:
    """An objection that is there. Raises LookupError when it is not."""
    found = find_objection(uow, number, objection)
    if found is None:
        raise LookupError(f"objection {objection} to {number} is named, but not stored")
    return found


def count_open(uow: UnitOfWork, number: str, tenant: str | None) -> int:
    """How many objections of a tenant (None: of readers without a token) to a certificate nobody
    has answered."""
    table = objections
    whose = table.c.tenant.is_(None) if tenant is None else table.c.tenant == tenant
    mine = (table.c.number == number, whose, table.c.state == "open")
    return int(uow.connection.scalar(select(func.count()).where(*mine)) or 0)


def same_from_a_reader(uow: UnitOfWork, number: str, text: str) -> Objection | None:
    """An open objection of a reader without a token to this certificate in the same words."""
    table = objections
    same = (table.c.number == number, table.c.tenant.is_(None), table.c.text == text)
    query = select(*columns(Objection, table)).where(*same, table.c.state == "open").limit(1)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Objection, row)


#: Made once: every public page asks it, and making it took longer than answering it.
_TALLY = (
    select(objections.c.state, func.count().label("many"))
    .where(objections.c.number == bindparam("wanted"))
    .group_by(objections.c.state)
)


def tally_of(uow: UnitOfWork, number: str) -> dict[ObjectionState, int]:
    """How many objections to a certificate are in each state."""
    rows = uow.connection.execute(_TALLY, {"wanted": number})
    return {row.state: row.many for row in rows}


def forget_readers(uow: UnitOfWork, answered_before: datetime) -> None:
    """Forget name and contact of readers whose objection was answered before."""
    table = objections
    query = (
        update(table)
        .where(table.c.answered_at < answered_before)
        .where(or_(table.c.name != "", table.c.contact != ""))
        .values(name="", contact="")
    )
    uow.connection.execute(query)


def answer_objection(
    uow: UnitOfWork,
    number: str,
    objection: str,
    answered: tuple[ObjectionOutcome, ObjectionGround, str],
    at: datetime,
) -> bool:
    """Close an open objection to this certificate with an outcome, on a ground, in words; whether
    it was open."""
    state, ground, answer = answered
    query = (
        update(objections)
        .where(
            objections.c.number == number,
            objections.c.id == objection,
            objections.c.state == "open",
        )
        .values(state=state, ground=ground, answer=answer, answered_at=at)
    )
    return uow.connection.execute(query).rowcount == 1

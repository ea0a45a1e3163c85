"""Objections to certificates: public, with what came of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import objections

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


def objections_to(uow: UnitOfWork, number: str) -> list[Objection]:
    """All objections to a certificate, oldest first."""
    query = (
        select(*columns(Objection, objections))
        .where(objections.c.number == number)
        .order_by(objections.c.at, objections.c.id)
    )
    return [record(Objection, row) for row in uow.connection.execute(query)]


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

"""Which carbon credits stand behind which certificate: each credit once, for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import credit_uses
from footprint.rules.serials import registry_id, series_id


@dataclass(frozen=True, slots=True)
class CreditUse:
    """Credits `first` to `last` of a series, used by a certificate.

    `registry` and `series` are written as `footprint.rules.serials` gives them. `claim` is the
    number of the first certificate of a chain in which each replaces the one before.
    """

    registry: str
    series: str
    first: int
    last: int
    number: str
    claim: str


def add_uses(uow: UnitOfWork, uses: Sequence[CreditUse]) -> None:
    """Store what a new certificate uses. The caller has looked for what is taken."""
    if uses:
        uow.connection.execute(insert(credit_uses), [asdict(use) for use in uses])


def taken_by_others(uow: UnitOfWork, use: CreditUse) -> CreditUse | None:
    """A use of any of these credits by another claim, of whatever tenant; None if they are free.

    Registry and series are compared as they are understood now, not as they were when they were
    stored: the list of registries and their names grows.
    """
    query = (
        select(*columns(CreditUse, credit_uses))
        .where(
            credit_uses.c.first <= use.last,
            credit_uses.c.last >= use.first,
            credit_uses.c.claim != use.claim,
        )
        .order_by(credit_uses.c.first, credit_uses.c.id)
    )
    mine = _identity(use)
    found = (record(CreditUse, row) for row in uow.connection.execute(query))
    return next((other for other in found if _identity(other) == mine), None)


def _identity(use: CreditUse) -> tuple[str, str]:
    return registry_id(use.registry), series_id(use.series, use.registry)


def claim_of(uow: UnitOfWork, number: str) -> str | None:
    """The claim that a certificate's credits belong to; None if it uses none."""
    query = select(credit_uses.c.claim).where(credit_uses.c.number == number).limit(1)
    found: str | None = uow.connection.scalar(query)
    return found

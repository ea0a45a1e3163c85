"""The entries of the ledger of credits (`footprint.rules.ledger`), as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import ColumnElement, insert, not_, select

from api.store.database import UnitOfWork
from api.store.drafts_apart import is_draft
from api.store.rows import columns, record
from api.store.tables import certificates, credit_uses
from footprint.certificates.lifecycle import CERTIFICATE_RULES
from footprint.rules.ledger import CreditUse


def add_uses(uow: UnitOfWork, uses: Sequence[CreditUse]) -> None:
    """Store what a new certificate uses. The caller has looked for what is taken."""
    if uses:
        uow.connection.execute(insert(credit_uses), [asdict(use) for use in uses])


def ledger_entries_about(uow: UnitOfWork, use: CreditUse) -> list[CreditUse]:
    """The entries of the ledger, of whatever tenant, whose running numbers meet those of a use, in
    their order; whether they are the same credits is for `footprint.rules.ledger` to say. What
    drafts hold is left out."""
    return _entries(uow, use, not_(is_draft))


def draft_entries_about(
    uow: UnitOfWork, use: CreditUse, tenant: str, today: date
) -> list[CreditUse]:
    """As `ledger_entries_about`, of the tenant's drafts alone: those whose term runs and that were
    not withdrawn or replaced."""
    return _entries(
        uow,
        use,
        is_draft,
        certificates.c.tenant == tenant,
        certificates.c.status.in_(CERTIFICATE_RULES["supersede"].after),
        certificates.c.valid_until >= today,
    )


def _entries(uow: UnitOfWork, use: CreditUse, *which: ColumnElement[bool]) -> list[CreditUse]:
    query = (
        select(*columns(CreditUse, credit_uses))
        .join(certificates, certificates.c.number == credit_uses.c.number)
        .where(credit_uses.c.first <= use.last, credit_uses.c.last >= use.first, *which)
        .order_by(credit_uses.c.first, credit_uses.c.id)
    )
    return [record(CreditUse, row) for row in uow.connection.execute(query)]


def stored_claim(uow: UnitOfWork, number: str) -> str | None:
    """The claim that a certificate's credits belong to; None if it uses none."""
    query = select(credit_uses.c.claim).where(credit_uses.c.number == number).limit(1)
    found: str | None = uow.connection.scalar(query)
    return found

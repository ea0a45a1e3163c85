"""Rows of buyers' requests, of evidence, and of packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from api.answering.model import (
    OPEN_STATES,
    Case,
    CaseState,
    CompanyEvidence,
    KeptEvidence,
    Pack,
    PackFile,
)
from api.store.database import UnitOfWork
from api.store.request_tables import answer_packs, buyer_cases, company_evidence
from api.store.rows import columns, newest_first, record, record_of, records_of

_Place = tuple[datetime, str] | None


def add_case(uow: UnitOfWork, case: Case, data: bytes = b"") -> None:
    """Store a new case, with the bytes of its file where it came as one."""
    uow.connection.execute(insert(buyer_cases).values(asdict(case) | {"data": data}))


def case_file(uow: UnitOfWork, tenant: str, case: str) -> bytes | None:
    """The file that the tenant's case came as, empty where it came as none; None without a case."""
    table = buyer_cases
    query = select(table.c.data).where(table.c.tenant == tenant, table.c.id == case)
    found = uow.connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def find_case(uow: UnitOfWork, tenant: str, case: str) -> Case | None:
    """The tenant's case of this id."""
    return record_of(uow, Case, {buyer_cases.c.tenant: tenant, buyer_cases.c.id: case})


def list_cases(
    uow: UnitOfWork, tenant: str, state: CaseState | None, limit: int, after: _Place
) -> list[Case]:
    """The tenant's cases in a state (None: in any), newest first, behind `after`."""
    table = buyer_cases
    query = select(*columns(Case, table)).where(table.c.tenant == tenant)
    if state is not None:
        query = query.where(table.c.state == state)
    query = newest_first(query, table.c.came_at, table.c.id, limit, after)
    return [record(Case, row) for row in uow.connection.execute(query)]


def case_counts(uow: UnitOfWork, tenant: str) -> dict[str, int]:
    """How many cases the tenant has in each state."""
    table = buyer_cases
    query = select(table.c.state, func.count()).where(table.c.tenant == tenant)
    return {str(state): int(n) for state, n in uow.connection.execute(query.group_by("state"))}


def due_cases(uow: UnitOfWork, tenant: str, until: date, limit: int) -> list[Case]:
    """Open cases of the tenant that are due by `until`, the most urgent first."""
    table = buyer_cases
    query = select(*columns(Case, table)).where(
        table.c.tenant == tenant, table.c.state.in_(OPEN_STATES), table.c.due <= until
    )
    query = query.order_by(table.c.due, table.c.id).limit(limit)
    return [record(Case, row) for row in uow.connection.execute(query)]


def due_dates(uow: UnitOfWork, tenant: str, until: date) -> list[tuple[str, date]]:
    """Id and date of all the tenant's open cases that are due by `until`, the most urgent first."""
    table = buyer_cases
    query = select(table.c.id, table.c.due).where(
        table.c.tenant == tenant, table.c.state.in_(OPEN_STATES), table.c.due <= until
    )
    found = uow.connection.execute(query.order_by(table.c.due, table.c.id))
    return [(row.id, row.due) for row in found]


def change_case(uow: UnitOfWork, case: Case, revision: int) -> bool:
    """Store a case over the one of this revision; False when it is another one by now."""
    table = buyer_cases
    kept = ("state", "worker", "answers", "due", "note", "product", "buyer", "changed_at")
    values = {name: getattr(case, name) for name in kept} | {"revision": revision + 1}
    query = update(table).where(
        table.c.tenant == case.tenant, table.c.id == case.id, table.c.revision == revision
    )
    return uow.connection.execute(query.values(**values)).rowcount == 1


def add_evidence(uow: UnitOfWork, evidence: KeptEvidence) -> None:
    """Store a piece of evidence."""
    uow.connection.execute(insert(company_evidence).values(asdict(evidence)))


def find_evidence(uow: UnitOfWork, tenant: str, ids: Sequence[str]) -> dict[str, KeptEvidence]:
    """The tenant's pieces of evidence among these ids, with their files."""
    table = company_evidence
    query = select(*columns(KeptEvidence, table)).where(
        table.c.tenant == tenant, table.c.id.in_(list(ids))
    )
    found = (record(KeptEvidence, row) for row in uow.connection.execute(query))
    return {one.id: one for one in found}


def list_evidence(
    uow: UnitOfWork, tenant: str, limit: int, after: _Place = None
) -> list[CompanyEvidence]:
    """The tenant's pieces of evidence, newest first, behind `after`."""
    table = company_evidence
    query = select(*columns(CompanyEvidence, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.made_at, table.c.id, limit, after)
    return [record(CompanyEvidence, row) for row in uow.connection.execute(query)]


def add_pack(uow: UnitOfWork, pack: PackFile) -> None:
    """Store a pack."""
    uow.connection.execute(insert(answer_packs).values(asdict(pack)))


def packs_of(uow: UnitOfWork, tenant: str, case: str) -> list[Pack]:
    """The packs of a case, oldest first."""
    wanted = {answer_packs.c.tenant: tenant, answer_packs.c.case_id: case}
    return records_of(uow, Pack, wanted, (answer_packs.c.made_at, answer_packs.c.id))


def find_pack(uow: UnitOfWork, tenant: str, case: str, pack: str) -> PackFile | None:
    """This pack of a case, with its file."""
    table = answer_packs
    wanted = {table.c.tenant: tenant, table.c.case_id: case, table.c.id: pack}
    return record_of(uow, PackFile, wanted)


def mark_sent(uow: UnitOfWork, pack: Pack, at: datetime, how: str) -> None:
    """Write when and how a pack was sent."""
    table = answer_packs
    query = update(table).where(table.c.tenant == pack.tenant, table.c.id == pack.id)
    uow.connection.execute(query.values(sent_at=at, sent_how=how))

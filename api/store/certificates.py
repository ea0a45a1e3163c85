"""Stored certificates: what was decided, shown and signed, and the status it has now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from api.store.database import UnitOfWork
from api.store.rows import columns, record, record_of
from api.store.tables import certificates
from footprint.certificates.lifecycle import KeptStatus

#: What a certificate can be about. Only products can be ordered yet.
Subject = Literal["product", "organisation", "event"]


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate. Documents are canonical JSON and never change; the status may.

    `words` is what the register is searched by. `maker`, `checker` and `approver` are not public.
    """

    number: str
    tenant: str
    footprint: str
    scheme: str
    tier: str
    issued_at: datetime
    valid_from: date
    valid_until: date
    status: KeptStatus
    status_at: datetime
    status_reason: str
    status_list: int
    status_index: int
    evidence: str
    decision: str
    view: str
    credential: str
    key_id: str
    subject: Subject
    product: str
    company: str
    words: str
    inventory: str
    rules: str
    surveillance_due: date | None
    replaces: str | None
    superseded_by: str | None
    application: str | None
    maker: str
    checker: str
    approver: str

    @property
    def view_content(self) -> dict[str, Any]:
        """The view document (what every reader shows), parsed."""
        parsed: dict[str, Any] = json.loads(self.view)
        return parsed


def add_certificates(uow: UnitOfWork, made: Sequence[StoredCertificate]) -> None:
    """Store certificates. Raises `sqlalchemy.exc.IntegrityError` when a number or a place in a
    status list is taken."""
    # `asdict` would copy the documents, which are most of a certificate.
    names = [column.name for column in columns(StoredCertificate, certificates)]
    rows = [{name: getattr(certificate, name) for name in names} for certificate in made]
    uow.connection.execute(insert(certificates), rows)


def find_certificate(uow: UnitOfWork, number: str) -> StoredCertificate | None:
    """The certificate of this number, whoever's it is: certificates are public."""
    return record_of(uow, StoredCertificate, {certificates.c.number: number})


#: Made once: making it took longer than answering it.
_OF_NUMBERS = select(*columns(StoredCertificate, certificates)).where(
    certificates.c.number.in_(bindparam("numbers", expanding=True))
)


def find_certificates(uow: UnitOfWork, numbers: Sequence[str]) -> dict[str, StoredCertificate]:
    """The certificates of these numbers that there are, by number."""
    rows = uow.connection.execute(_OF_NUMBERS, {"numbers": list(numbers)})
    return {row.number: record(StoredCertificate, row) for row in rows}


def certificates_on(
    uow: UnitOfWork, tenant: str, *, after: str = "", limit: int = 500
) -> list[StoredCertificate]:
    """A tenant's certificates that are issued or suspended, by number, `limit` at a time."""
    query = (
        select(*columns(StoredCertificate, certificates))
        .where(
            certificates.c.tenant == tenant,
            certificates.c.status.in_(("issued", "suspended")),
            certificates.c.number > after,
        )
        .order_by(certificates.c.number)
        .limit(limit)
    )
    return [record(StoredCertificate, row) for row in uow.connection.execute(query)]


def surveillance_of(uow: UnitOfWork, tenant: str, limit: int) -> list[StoredCertificate]:
    """A tenant's certificates that are issued or suspended and are to be looked at again, the
    nearest day first."""
    query = (
        select(*columns(StoredCertificate, certificates))
        .where(
            certificates.c.tenant == tenant,
            certificates.c.status.in_(("issued", "suspended")),
            certificates.c.surveillance_due.is_not(None),
        )
        .order_by(certificates.c.surveillance_due, certificates.c.number)
        .limit(limit)
    )
    return [record(StoredCertificate, row) for row in uow.connection.execute(query)]


def certificates_of_footprint(
    uow: UnitOfWork, tenant: str, footprint: str
) -> list[StoredCertificate]:
    """A tenant's certificates on a footprint that are issued or suspended, by number."""
    query = select(*columns(StoredCertificate, certificates)).where(
        certificates.c.tenant == tenant,
        certificates.c.footprint == footprint,
        certificates.c.status.in_(("issued", "suspended")),
    )
    query = query.order_by(certificates.c.number)
    return [record(StoredCertificate, row) for row in uow.connection.execute(query)]


def own_certificates(
    uow: UnitOfWork,
    tenant: str,
    limit: int,
    today: date,
    after: tuple[date, str] | None = None,
    *,
    ended: bool = False,
) -> list[StoredCertificate]:
    """A tenant's certificates whose term runs, suspended ones too, those that end first first; or
    those that `ended`, were withdrawn or replaced, the last end first. Behind `after`: the end and
    the number of the last one of the page before."""
    until, number = certificates.c.valid_until, certificates.c.number
    runs = and_(certificates.c.status.in_(("issued", "suspended")), until >= today)
    query = select(*columns(StoredCertificate, certificates)).where(
        certificates.c.tenant == tenant, not_(runs) if ended else runs
    )
    if after is not None:
        day, last = after
        farther = until < day if ended else until > day
        query = query.where(or_(farther, and_(until == day, number > last)))
    query = query.order_by(until.desc() if ended else until, number).limit(limit)
    return [record(StoredCertificate, row) for row in uow.connection.execute(query)]


def set_status(
    uow: UnitOfWork,
    certificate: StoredCertificate,
    status: KeptStatus,
    at: datetime,
    reason: str,
    superseded_by: str | None = None,
) -> bool:
    """Change the status, provided it still is what `certificate` says; whether it was changed."""
    query = (
        update(certificates)
        .where(
            certificates.c.tenant == certificate.tenant,
            certificates.c.number == certificate.number,
            certificates.c.status == certificate.status,
            certificates.c.status_at == certificate.status_at,
        )
        .values(status=status, status_at=at, status_reason=reason, superseded_by=superseded_by)
    )
    return uow.connection.execute(query).rowcount == 1


def set_surveillance(uow: UnitOfWork, certificate: StoredCertificate, due: date | None) -> bool:
    """Move the date of the next surveillance, provided it still is what `certificate` says."""
    known = certificate.surveillance_due
    same = certificates.c.surveillance_due == known
    query = (
        update(certificates)
        .where(
            certificates.c.tenant == certificate.tenant,
            certificates.c.number == certificate.number,
            certificates.c.surveillance_due.is_(None) if known is None else same,
        )
        .values(surveillance_due=due)
    )
    return uow.connection.execute(query).rowcount == 1


def numbers_taken(uow: UnitOfWork, numbers: Iterable[str]) -> set[str]:
    """Which of these numbers a certificate has."""
    query = select(certificates.c.number).where(certificates.c.number.in_(list(numbers)))
    return set(uow.connection.scalars(query))


def indices_taken(uow: UnitOfWork, status_list: int, indices: Iterable[int]) -> set[int]:
    """Which of these places in a status list are in use."""
    query = select(certificates.c.status_index).where(
        certificates.c.status_list == status_list,
        certificates.c.status_index.in_(list(indices)),
    )
    return set(uow.connection.scalars(query))


def newest_list(uow: UnitOfWork) -> tuple[int, int]:
    """The highest status list in use (1 when there is none), and how many places are taken."""
    number = uow.connection.scalar(select(func.max(certificates.c.status_list))) or 1
    query = (
        select(func.count()).select_from(certificates).where(certificates.c.status_list == number)
    )
    return number, uow.connection.scalar(query) or 0


def list_in_use(uow: UnitOfWork, status_list: int) -> bool:
    """Whether any certificate has a place in this status list."""
    query = select(exists().where(certificates.c.status_list == status_list))
    return bool(uow.connection.scalar(query))


def places_of(uow: UnitOfWork, numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The status list and the place in it of each of these certificates, by number."""
    table = certificates
    query = select(table.c.number, table.c.status_list, table.c.status_index)
    found = uow.connection.execute(query.where(table.c.number.in_(list(numbers))))
    return {row.number: (row.status_list, row.status_index) for row in found}


def indices_with_status(
    uow: UnitOfWork, status_list: int, statuses: Sequence[KeptStatus]
) -> tuple[int, ...]:
    """The places in a status list whose certificate has one of these statuses, ascending."""
    query: Select[tuple[int]] = (
        select(certificates.c.status_index)
        .where(certificates.c.status_list == status_list, certificates.c.status.in_(statuses))
        .order_by(certificates.c.status_index)
    )
    return tuple(uow.connection.scalars(query))

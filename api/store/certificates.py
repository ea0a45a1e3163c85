"""Stored certificates: what was decided, shown and signed, and the status it has now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import exists, func, insert, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import certificate_files, certificates

#: Kept states. That a certificate's term is over is told by the clock, so it is not one of them.
KeptStatus = Literal["issued", "suspended", "revoked"]


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate. Documents are canonical JSON and never change; the status may."""

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

    @property
    def view_content(self) -> dict[str, Any]:
        """The view document (what every reader shows), parsed."""
        parsed: dict[str, Any] = json.loads(self.view)
        return parsed


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A PDF exactly as issued, with its hash."""

    number: str
    language: str
    sha256: str
    pdf: bytes


def add_certificate(
    uow: UnitOfWork, certificate: StoredCertificate, files: Iterable[CertificateFile]
) -> None:
    """Store a certificate and its files. Raises `sqlalchemy.exc.IntegrityError` when its number
    or its place in the status list is taken."""
    uow.connection.execute(insert(certificates).values(asdict(certificate)))
    uow.connection.execute(insert(certificate_files), [asdict(file) for file in files])


def find_certificate(uow: UnitOfWork, number: str) -> StoredCertificate | None:
    """The certificate of this number, whoever's it is: certificates are public."""
    query = select(*columns(StoredCertificate, certificates)).where(certificates.c.number == number)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(StoredCertificate, row)


def find_file(uow: UnitOfWork, number: str, language: str) -> CertificateFile | None:
    """The PDF of a certificate in a language, as issued."""
    query = select(*columns(CertificateFile, certificate_files)).where(
        certificate_files.c.number == number, certificate_files.c.language == language
    )
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(CertificateFile, row)


def file_hashes(uow: UnitOfWork, number: str) -> dict[str, str]:
    """The SHA-256 of each PDF of a certificate, by language."""
    table = certificate_files
    query = select(table.c.language, table.c.sha256).where(table.c.number == number)
    return {row.language: row.sha256 for row in uow.connection.execute(query)}


def set_status(
    uow: UnitOfWork, certificate: StoredCertificate, status: KeptStatus, at: datetime, reason: str
) -> bool:
    """Change the status, provided it still is what `certificate` says; whether it was changed."""
    query = (
        update(certificates)
        .where(
            certificates.c.tenant == certificate.tenant,
            certificates.c.number == certificate.number,
            certificates.c.status == certificate.status,
        )
        .values(status=status, status_at=at, status_reason=reason)
    )
    return uow.connection.execute(query).rowcount == 1


def number_taken(uow: UnitOfWork, number: str) -> bool:
    """Whether a certificate has this number."""
    return bool(uow.connection.scalar(select(exists().where(certificates.c.number == number))))


def index_taken(uow: UnitOfWork, status_list: int, index: int) -> bool:
    """Whether this place in this status list is in use."""
    query = select(
        exists().where(
            certificates.c.status_list == status_list, certificates.c.status_index == index
        )
    )
    return bool(uow.connection.scalar(query))


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


def indices_with_status(uow: UnitOfWork, status_list: int, status: KeptStatus) -> tuple[int, ...]:
    """The places in a status list whose certificate has this status, ascending."""
    query = (
        select(certificates.c.status_index)
        .where(certificates.c.status_list == status_list, certificates.c.status == status)
        .order_by(certificates.c.status_index)
    )
    return tuple(uow.connection.scalars(query))

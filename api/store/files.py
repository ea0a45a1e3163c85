"""The PDFs of certificates, kept byte for byte as they were first made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, record, record_of
from api.store.tables import certificate_files


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A PDF exactly as issued, with its hash."""

    number: str
    language: str
    sha256: str
    pdf: bytes


def add_files(uow: UnitOfWork, files: Iterable[CertificateFile]) -> None:
    """Store files. Raises `sqlalchemy.exc.IntegrityError` when one is already there."""
    rows = [asdict(file) for file in files]
    if rows:
        uow.connection.execute(insert(certificate_files), rows)


def find_file(uow: UnitOfWork, number: str, language: str) -> CertificateFile | None:
    """The PDF of a certificate in a language, as issued."""
    return record_of(
        uow,
        CertificateFile,
        {certificate_files.c.number: number, certificate_files.c.language: language},
    )


#: Made once: making it took longer than answering it.
_OF_NUMBERS = (
    select(*columns(CertificateFile, certificate_files))
    .where(certificate_files.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(certificate_files.c.language)
)


def files_of(uow: UnitOfWork, numbers: Sequence[str]) -> dict[str, list[CertificateFile]]:
    """The PDFs of each of these certificates, by number and in the order of their languages."""
    found: dict[str, list[CertificateFile]] = {number: [] for number in numbers}
    for row in uow.connection.execute(_OF_NUMBERS, {"numbers": list(numbers)}):
        found[row.number].append(record(CertificateFile, row))
    return found


def file_hashes(uow: UnitOfWork, number: str) -> dict[str, str]:
    """The SHA-256 of each PDF of a certificate, by language."""
    table = certificate_files
    query = select(table.c.language, table.c.sha256).where(table.c.number == number)
    return {row.language: row.sha256 for row in uow.connection.execute(query)}

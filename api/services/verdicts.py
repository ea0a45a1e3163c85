"""The one verdict on a certificate that page, label, PDF, list, API and command line show.

It is made from everything that the store holds of it, in one snapshot: row, log, PDFs and keys.
What was found is kept under the hash of all that was read and of the day, so that an unchanged
certificate is checked once a day, and a changed one at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from threading import Lock
from typing import Any

from api.services.rows import differing_columns, logged_files
from api.store.audit import AuditEntry, entries_of
from api.store.certificates import StoredCertificate, find_certificates
from api.store.database import Database, UnitOfWork
from api.store.files import CertificateFile, files_of
from api.store.keys import KnownKey, known_keys, stored_keys, with_leaks
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport
from footprint.certificates.seal_jwk import is_seal
from footprint.certificates.standing import Kept, KeptFile, standing, state_of

_values_of = attrgetter(*(each.name for each in fields(StoredCertificate)))
_values_in = attrgetter(*(each.name for each in fields(AuditEntry)))
#: Verdicts that are kept in memory, about 2 kB each.
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate as it is stored, every check of it, the status that follows, and the PDFs that
    were drawn and checked. `name` is the hash of all that the checks rest on, of row, log, PDFs
    and keys, and of the day."""

    certificate: StoredCertificate
    report: VerificationReport
    status: RegisterStatus
    files: tuple[CertificateFile, ...]
    name: str

    @property
    def drawn(self) -> tuple[str, ...]:
        """The languages in which its PDF was drawn."""
        return tuple(file.language for file in self.files)

    def file(self, language: str) -> CertificateFile | None:
        """The PDF in a language; None where it was not drawn."""
        return next((file for file in self.files if file.language == language), None)

    @property
    def issuer(self) -> str:
        """The DID that its view names."""
        return str(view_of(self.certificate).get("issuer_did"))

    @property
    def genuine(self) -> bool:
        """Whether everything that it says was signed and is unchanged, in force or not."""
        return self.status.state != "invalid"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Looks at certificates as they stand now."""

    database: Database
    clock: Callable[[], datetime]
    _kept: dict[str, VerificationReport] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, number: str) -> Standing | None:
        """The standing of a certificate by its canonical number; None where there is none."""
        found = self.of_many([number])
        return found[0] if found else None

    def of_many(self, numbers: Sequence[str]) -> list[Standing]:
        """The standing of each certificate that there is, in the order asked for."""
        now = self.clock()
        with self.database.snapshot() as uow:
            rows = find_certificates(uow, numbers)
            known, files = stored_keys(uow), files_of(uow, numbers)
            # One question for the certificates' entries and the keys'.
            entries = entries_of(uow, [*numbers, *(key.id for key in known)])
            keys = _published(with_leaks(known, entries))
        found = []
        for number in numbers:
            row = rows.get(number)
            if row is not None:
                name, report = self._report(row, entries[number], files[number], keys, now)
                drawn = tuple(files[number])
                found.append(Standing(row, report, _status(row, report, now), drawn, name))
        return found

    def _report(
        self,
        row: StoredCertificate,
        entries: Sequence[AuditEntry],
        files: Sequence[CertificateFile],
        keys: Mapping[str, Any],
        now: datetime,
    ) -> tuple[str, VerificationReport]:
        name = _name_of(row, entries, files, keys, now.astimezone(UTC).date())
        with self._lock:
            known = self._kept.get(name)
        if known is not None:
            return name, known
        view = view_of(row)
        logged = logged_files(entries)
        kept = Kept(
            row.credential,
            view,
            row.issued_at,
            row.status,
            differing_columns(row, entries),
            [KeptFile(one.language, one.pdf, logged.get(one.language, "")) for one in files],
        )
        report = standing(kept, keys, now, str(view.get("issuer_did")))
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[name] = report
        return name, report


def published_keys(uow: UnitOfWork) -> dict[str, Any]:
    """The JWK set that verifiers need: keys, then seals, old ones included and leaked ones not."""
    return _published(known_keys(uow))


def _published(known: Sequence[KnownKey]) -> dict[str, Any]:
    trusted = [key.jwk for key in known if key.leaked_at is None]
    return {"keys": sorted(trusted, key=is_seal)}


def view_of(row: StoredCertificate) -> dict[str, Any]:
    """The view document; an empty one where the row holds none, which no credential fits."""
    try:
        view: Any = row.view_content
    except ValueError:
        return {}
    return view if isinstance(view, dict) else {}


def _name_of(
    row: StoredCertificate,
    entries: Sequence[AuditEntry],
    files: Sequence[CertificateFile],
    keys: Mapping[str, Any],
    day: date,
) -> str:
    """The hash of all that a verdict rests on: of every value behind its type and length, so that
    no two stores give the same bytes. (As JSON of all texts it took five times as long.)"""
    values: list[Any] = [json.dumps(keys), day, len(entries), len(files), *_values_of(row)]
    for entry in entries:
        values += _values_in(entry)
    for file in files:
        values += file.language, file.pdf
    written: list[bytes] = []
    found = hashlib.sha256()
    for one in values:
        data = one if isinstance(one, bytes) else str(one).encode("utf-8", "surrogatepass")
        written.append(f"{type(one).__name__} {len(data)} ".encode())
        if isinstance(one, bytes):  # a PDF, which is not copied
            found.update(b"".join(written))
            found.update(data)
            written.clear()
        else:
            written.append(data)
    found.update(b"".join(written))
    return found.hexdigest()


def _status(row: StoredCertificate, report: VerificationReport, now: datetime) -> RegisterStatus:
    """The verdict as a status. What a row says of itself is told only where it is genuine."""
    state = state_of(report.verdict)
    if state in {"not_yet_valid", "draft", "invalid"}:
        return RegisterStatus(state, now)
    if state == "expired":
        return RegisterStatus(state, now, _midnight(row.valid_until, 1))
    return RegisterStatus(state, now, row.status_at, row.status_reason, row.superseded_by or "")


def _midnight(day: date, days_later: int) -> datetime:
    """The first moment, in UTC, of the day that comes `days_later` days after `day`."""
    return datetime.combine(day + timedelta(days=days_later), time(), UTC)

"""The public side: a certificate, its status today, the status lists, and its verification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from api.faults import UNKNOWN_CERTIFICATE, UNKNOWN_LIST
from api.services.keyring import KeyRing
from api.store.certificates import (
    CertificateFile,
    KeptStatus,
    StoredCertificate,
    file_hashes,
    find_certificate,
    find_file,
    indices_with_status,
    list_in_use,
)
from api.store.database import Database
from footprint.certificates.number import parse_number
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport
from footprint.certificates.statuslist import PURPOSES, Purpose, issue_status_list, list_name
from footprint.certificates.verify import verify_credential

#: How long a status list may be relied on by someone who keeps a copy.
LIST_LIFETIME = timedelta(days=1)

_STATUS_OF: dict[Purpose, KeptStatus] = {"revocation": "revoked", "suspension": "suspended"}


@dataclass(frozen=True, slots=True)
class Register:
    """Read-only, and open to everyone: certificates are public documents."""

    database: Database
    keyring: KeyRing
    issuer_did: str
    base_url: str
    clock: Callable[[], datetime]

    def certificate(self, number: str) -> StoredCertificate:
        """The certificate of a number, in any form that people type.

        Raises InputRefused (CER-006, CER-007) for what is no number, ServiceRefused API-202 for a
        number that was not issued here.
        """
        canonical = parse_number(number)
        with self.database.reading() as uow:
            found = find_certificate(uow, canonical)
        if found is None:
            raise UNKNOWN_CERTIFICATE.refuse(
                f"No certificate {canonical} was issued here.",
                "Compare the number with the certificate. A genuine code leads to its own issuer.",
            )
        return found

    def file(self, certificate: StoredCertificate, language: str) -> CertificateFile:
        """The PDF in `language` ("en" or "zh"), byte for byte as issued. Raises LookupError."""
        with self.database.reading() as uow:
            found = find_file(uow, certificate.number, language)
        if found is None:
            raise LookupError(f"{certificate.number} has no file in {language}")
        return found

    def file_hashes(self, certificate: StoredCertificate) -> dict[str, str]:
        """The SHA-256 of each PDF as issued, by language."""
        with self.database.reading() as uow:
            return file_hashes(uow, certificate.number)

    def status(self, certificate: StoredCertificate) -> RegisterStatus:
        """What the register says now. Days are days in UTC; the last day of the term counts."""
        now = self.clock()
        if certificate.status != "issued":
            return RegisterStatus(
                certificate.status, now, certificate.status_at, certificate.status_reason
            )
        if now.date() < certificate.valid_from:
            return RegisterStatus("not_yet_valid", now)
        if now.date() > certificate.valid_until:
            return RegisterStatus("expired", now, _midnight(certificate.valid_until, 1))
        return RegisterStatus("issued", now, certificate.status_at, certificate.status_reason)

    def status_list(self, name: str) -> str:
        """The signed status list of this name, such as `revocation-1` (compact JWS, `vc+jwt`).

        Raises ServiceRefused API-203 for a list that is not in use.
        """
        purpose, _, digits = name.rpartition("-")
        number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
        for known in PURPOSES:
            if known == purpose and name == list_name(known, number):
                with self.database.reading() as uow:
                    in_use = number == 1 or list_in_use(uow, number)
                if in_use:
                    return self._signed_list(known, number)
        raise UNKNOWN_LIST.refuse(
            f"There is no status list {name[:64]!r} here.",
            "A certificate's credential names its lists.",
        )

    def verify(self, certificate: StoredCertificate) -> VerificationReport:
        """Every check that an outsider can make: signature, shape, dates, digest, status lists."""
        lists = [self._signed_list(purpose, certificate.status_list) for purpose in PURPOSES]
        return verify_credential(
            certificate.credential,
            self.keyring.jwks,
            self.clock(),
            issuer=self.issuer_did,
            view_document=certificate.view_content,
            status_lists=lists,
        )

    def _signed_list(self, purpose: Purpose, number: int) -> str:
        now = self.clock()
        with self.database.reading() as uow:
            indices = indices_with_status(uow, number, _STATUS_OF[purpose])
        return issue_status_list(
            self.base_url,
            self.issuer_did,
            purpose,
            number,
            indices,
            self.keyring.active,
            valid_from=now,
            valid_until=now + LIST_LIFETIME,
        )


def _midnight(day: date, days_later: int) -> datetime:
    """The first moment, in UTC, of the day that comes `days_later` days after `day`."""
    return datetime.combine(day + timedelta(days=days_later), time(), UTC)

"""The public side: a certificate, its status today, the status lists, and its verification."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy.exc import IntegrityError

from api.faults import UNKNOWN_CERTIFICATE
from api.services.history import Happened, history
from api.services.issuer import Issuer
from api.services.keyring import KeyRing
from api.services.seals import SealRing, published_keys
from api.services.statuslists import StatusLists
from api.store.audit import append
from api.store.certificates import StoredCertificate, find_certificate
from api.store.database import Database
from api.store.files import CertificateFile, add_files, file_hashes, find_file
from api.store.register_search import Listed, Place, Search, search
from api.store.tenants import Actor
from footprint.certificates.number import parse_number
from footprint.certificates.register import RegisterStatus, State
from footprint.certificates.report import VerificationReport
from footprint.certificates.verify import verify_credential
from footprint.certificates.verify_file import verify_file
from footprint.faults import InputRefused
from label_templates.render import LANGUAGES, Language, pdf_candidates, renderer_id

#: Who draws a PDF that was not drawn at issue.
_REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Register:
    """Open to everyone: certificates are public documents."""

    database: Database
    issuer: Issuer
    keyring: KeyRing
    seals: SealRing
    lists: StatusLists
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

    def search(self, wanted: Search, limit: int, after: Place | None = None) -> list[Listed]:
        """One page of the register, newest first; withdrawn certificates are in it."""
        with self.database.reading() as uow:
            return search(uow, wanted, self.clock().date(), limit, after)

    def state_of(self, listed: Listed) -> State:
        """The state of a listed certificate today."""
        return _state(listed, self.clock().date())

    def file(self, certificate: StoredCertificate, language: str) -> CertificateFile:
        """The PDF in a language, byte for byte as it was first made. One that was not made yet is
        made now, and its hash goes into the log. Raises LookupError for another language."""
        if language not in LANGUAGES:
            raise LookupError(f"{certificate.number} has no file in {language}")
        with self.database.reading() as uow:
            found = find_file(uow, certificate.number, language)
        return found or self._made(certificate, language)

    def file_hashes(self, certificate: StoredCertificate) -> dict[str, str]:
        """The SHA-256 of each PDF that was made, by language."""
        with self.database.reading() as uow:
            return file_hashes(uow, certificate.number)

    def status(self, certificate: StoredCertificate) -> RegisterStatus:
        """What the register says now. Days are days in UTC; the last day of the term counts."""
        now = self.clock()
        state = _state(certificate, now.date())
        if state == "not_yet_valid":
            return RegisterStatus(state, now)
        if state == "expired":
            return RegisterStatus(state, now, _midnight(certificate.valid_until, 1))
        return RegisterStatus(
            state,
            now,
            certificate.status_at,
            certificate.status_reason,
            certificate.superseded_by or "",
        )

    def history(self, certificate: StoredCertificate) -> list[Happened]:
        """Everything public that happened to a certificate, oldest first."""
        with self.database.reading() as uow:
            return history(uow, certificate.number)

    def verify(self, certificate: StoredCertificate) -> VerificationReport:
        """Every check that an outsider can make: signature, shape, dates, digest, status lists."""
        return verify_credential(
            certificate.credential,
            self.keyring.jwks,
            self.clock(),
            issuer=self.issuer.did,
            view_document=certificate.view_content,
            status_lists=self.lists.of(certificate.status_list),
        )

    def verify_file(self, data: bytes, filename: str) -> VerificationReport:
        """Check a file that somebody holds (.pdf, .json or .jwt) against keys and lists of today.

        Never raises on a hostile file.
        """
        offline = self._verified(data, filename, ())
        if offline.verdict == "invalid":
            return offline
        try:
            found = self.certificate(offline.number)
        except InputRefused:  # signed and not in the register: no list will vouch for it
            return self._verified(data, filename, ("",))
        return self._verified(data, filename, self.lists.of(found.status_list))

    def _verified(self, data: bytes, filename: str, lists: Iterable[str]) -> VerificationReport:
        return verify_file(
            data,
            filename,
            published_keys(self.keyring, self.seals),
            self.clock(),
            issuer=self.issuer.did,
            status_lists=tuple(lists),
            render=partial(pdf_candidates, pdf=data),
            renderer_id=renderer_id(),
        )

    def _made(self, certificate: StoredCertificate, language: Language) -> CertificateFile:
        (made,) = self.issuer.draw(certificate, self.seals.active, (language,))
        actor = Actor(certificate.tenant, _REGISTER)
        facts: dict[str, Any] = {"language": language, "sha256": made.sha256}
        try:
            with self.database.writing() as uow:
                add_files(uow, (made,))
                append(uow, actor, self.clock(), "certificate.drawn", certificate.number, facts)
        except IntegrityError:  # another request drew it first: its file is the one that counts
            with self.database.reading() as uow:
                return find_file(uow, certificate.number, language) or made
        return made


def _state(certificate: StoredCertificate | Listed, today: date) -> State:
    if certificate.status != "issued":
        return cast("State", certificate.status)
    if today < certificate.valid_from:
        return "not_yet_valid"
    return "expired" if today > certificate.valid_until else "issued"


def _midnight(day: date, days_later: int) -> datetime:
    """The first moment, in UTC, of the day that comes `days_later` days after `day`."""
    return datetime.combine(day + timedelta(days=days_later), time(), UTC)

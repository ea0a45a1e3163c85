"""The public side: a certificate, its status today, the status lists, and its verification."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from api.faults import NOT_SOUND, UNKNOWN_CERTIFICATE, ServiceRefused
from api.services.held_files import verify_held
from api.services.history import Happened, history
from api.services.issuer import Issuer
from api.services.pages import Pages
from api.services.seals import SealRing
from api.services.verdicts import Standing, Verdicts, view_of
from api.store.audit import append
from api.store.certificates import StoredCertificate, find_certificate
from api.store.database import Database
from api.store.files import CertificateFile, add_files, file_hashes, find_file
from api.store.register_search import Listed, Search, count_states, search
from api.store.tenants import Actor
from footprint.certificates.number import parse_certificate_number
from footprint.certificates.report import VerificationReport
from footprint.certificates.view import CertificateView, view_from_document
from footprint.faults import InputRefused
from label_templates.render import LANGUAGES, Language

#: Who draws the PDFs.
_REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Register:
    """Open to everyone: certificates are public documents."""

    database: Database
    issuer: Issuer
    seals: SealRing
    verdicts: Verdicts
    clock: Callable[[], datetime]
    pages: Pages = field(default_factory=Pages)

    def certificate(self, number: str) -> StoredCertificate:
        """The certificate of a number, in any form that people type.

        Raises InputRefused (CER-006, CER-007) for what is no number, ServiceRefused API-202 for a
        number that was not issued here.
        """
        canonical = parse_certificate_number(number)
        with self.database.reading() as uow:
            found = find_certificate(uow, canonical)
        if found is None:
            raise _unknown(canonical)
        return found

    def search(
        self, wanted: Search, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Listed]:
        """One page of the register, newest first; withdrawn certificates are in it."""
        with self.database.snapshot() as uow:
            return search(uow, wanted, self.clock().date(), limit, after)

    def counts(self, wanted: Search) -> dict[str, int]:
        """How many certificates fit in each state."""
        with self.database.snapshot() as uow:
            return count_states(uow, wanted, self.clock().date())

    def standing(self, number: str) -> Standing:
        """The one verdict on a certificate, with its row of now. Raises as `certificate` does."""
        found = self.verdicts.of(parse_certificate_number(number))
        if found is None:
            raise _unknown(number)
        return found

    def sound(self, number: str) -> StoredCertificate:
        """A certificate whose documents may be handed out, which travel without a verdict.

        Raises ServiceRefused API-511 where it fails its own checks; else as `certificate` does.
        """
        return _sound(self.standing(number))

    def standings(self, numbers: Sequence[str]) -> list[Standing]:
        """The verdicts on certificates of this register, by canonical number, in their order."""
        return self.verdicts.of_many(numbers)

    def file(self, certificate: StoredCertificate, language: str) -> CertificateFile:
        """The PDF in a language, byte for byte as it was first made. One that was not made yet is
        made now, and its hash goes into the log.

        Raises ServiceRefused API-511 where the certificate fails its own checks: nothing is handed
        out or sealed of what was changed. LookupError for another language.
        """
        if language not in LANGUAGES:
            raise LookupError(f"{certificate.number} has no file in {language}")
        return self._file(self.standing(certificate.number), language)

    def marked_file(self, standing: Standing, language: Language) -> CertificateFile:
        """The PDF as it is handed out today: one that is not in force says so on every page.

        It is sealed like the others, and not stored. Raises as `file` does.
        """
        state = standing.status.state
        if state in {"issued", "draft"}:  # a draft's own text says so
            return self._file(standing, language)
        return self.issuer.draw(_sound(standing), self.seals.active, language, state)

    def file_hashes(self, certificate: StoredCertificate) -> dict[str, str]:
        """The SHA-256 of each PDF that was made, by language."""
        with self.database.reading() as uow:
            return file_hashes(uow, certificate.number)

    def history(self, certificate: StoredCertificate) -> list[Happened]:
        """Everything public that happened to a certificate, oldest first."""
        with self.database.reading() as uow:
            return history(uow, certificate.number)

    def verify(self, certificate: StoredCertificate) -> VerificationReport:
        """Every check of a certificate: those that an outsider can make, and those of the row."""
        return self.standing(certificate.number).report

    def verify_file(self, data: bytes, filename: str) -> VerificationReport:
        """Check a file that somebody holds (.pdf, .json or .jwt) against keys and register of now.

        Never raises on a hostile file.
        """
        return verify_held(data, filename, self.verdicts, self.issuer.did)

    def _file(self, standing: Standing, language: Language) -> CertificateFile:
        sound = _sound(standing)
        return standing.file(language) or self._made(sound, language)

    def _made(self, certificate: StoredCertificate, language: Language) -> CertificateFile:
        made = self.issuer.draw(certificate, self.seals.active, language)
        if self.database.read_only:  # the bytes are those that a store which is written would keep
            return made
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


def readable(standing: Standing) -> CertificateView:
    """What a certificate says, sound or not. Raises ServiceRefused API-511 where the register keeps
    no text that could be shown with the word across it."""
    try:
        return view_from_document(view_of(standing.certificate))
    except InputRefused:
        raise _not_sound(standing) from None


def _sound(standing: Standing) -> StoredCertificate:
    if not standing.genuine:
        raise _not_sound(standing)
    return standing.certificate


def _not_sound(standing: Standing) -> ServiceRefused:
    codes = ", ".join(standing.report.codes)
    return NOT_SOUND.refuse(
        f"{standing.certificate.number} fails its own checks here ({codes}): no file of it is "
        "handed out.",
        "Its public page names each check. Ask the issuer.",
    )


def _unknown(number: str) -> ServiceRefused:
    return UNKNOWN_CERTIFICATE.refuse(
        f"No certificate {parse_certificate_number(number)} was issued here.",
        "Compare the number with the certificate. A genuine code leads to its own issuer.",
    )

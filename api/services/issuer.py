"""Decide on a footprint and make the certificate: signed and drawn, but not yet stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.faults import NO_TERM, NOT_EARNED, VERIFIER_UNNAMED, ServiceRefused
from api.services.keyring import KeyRing
from api.services.terms import last_day
from api.store.certificates import CertificateFile, StoredCertificate
from api.store.footprints import StoredFootprint
from footprint.canonical import bytes_hash, canonical_json
from footprint.certificates.build import build_view
from footprint.certificates.credential import issue_credential
from footprint.certificates.view import CertificateView, Issuance, view_bytes
from footprint.rules import (
    RuleBook,
    decide,
    decision_document,
    facts_from_document,
    read_evidence,
)
from footprint.rules.decision import Decision, Tier
from footprint.rules.evidence import Evidence
from label_templates.render import LANGUAGES, certificate_pdf, check_printable, renderer_id


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a tier of a scheme for a footprint, on this evidence (YAML text).

    `months` is the term; None means the term that the scheme sets.
    """

    footprint: str
    scheme: str
    tier: Tier
    evidence: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A free number and a free place in a status list."""

    number: str
    status_list: int
    status_index: int


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: names, address and keys, and the rules that are applied."""

    name: str
    name_zh: str
    did: str
    base_url: str
    keyring: KeyRing
    rules: RuleBook

    def make(
        self, footprint: StoredFootprint, order: Order, place: Place, now: datetime
    ) -> tuple[StoredCertificate, tuple[CertificateFile, ...]]:
        """The certificate, valid from the day of `now` (UTC), and its PDF in each language.

        Raises ServiceRefused API-501 (the verdict is not pass; `details` holds the decision),
        API-502 (term), API-504 (verifier); InputRefused of the rules and certificates rooms for
        evidence, schemes and texts that cannot be used.
        """
        evidence = read_evidence(order.evidence, "evidence")
        facts = facts_from_document(footprint.content)
        decision = decide(self.rules, facts, evidence, order.scheme, order.tier, now.date())
        decided = decision_document(decision)
        if decision.verdict != "pass":
            raise _not_earned(decision, decided)
        months = _months(decision.validity_months, order.months)
        issuance = self._issuance(now, months, _verifier(evidence), place)
        view = build_view(footprint.content, decided, issuance)
        check_printable(view)
        certificate = StoredCertificate(
            number=place.number,
            tenant=footprint.tenant,
            footprint=footprint.id,
            scheme=decision.scheme,
            tier=decision.tier,
            issued_at=now,
            valid_from=issuance.valid_from,
            valid_until=issuance.valid_until,
            status="issued",
            status_at=now,
            status_reason="",
            status_list=place.status_list,
            status_index=place.status_index,
            evidence=order.evidence,
            decision=canonical_json(decided).decode(),
            view=view_bytes(view).decode(),
            credential=issue_credential(view, self.keyring.active),
            key_id=self.keyring.active_id,
        )
        return certificate, _files(view, certificate.credential)

    def _issuance(self, now: datetime, months: int, verifier: str, place: Place) -> Issuance:
        return Issuance(
            number=place.number,
            issuer_name=self.name,
            issuer_name_zh=self.name_zh,
            issuer_did=self.did,
            base_url=self.base_url,
            issued_at=now,
            valid_from=now.date(),
            valid_until=last_day(now.date(), months),
            self_declared=not verifier,
            verifier=verifier,
            status_list=place.status_list,
            status_index=place.status_index,
            renderer=renderer_id(),
        )


def _files(view: CertificateView, credential: str) -> tuple[CertificateFile, ...]:
    pdfs = ((language, certificate_pdf(view, language, credential)) for language in LANGUAGES)
    return tuple(
        CertificateFile(view.number, language, bytes_hash(pdf), pdf) for language, pdf in pdfs
    )


def _verifier(evidence: Evidence) -> str:
    """Who verified, as the evidence says; empty when nobody but the maker did."""
    statement = evidence.verification
    if statement is None or statement.kind in (None, "self"):
        return ""
    if not statement.by:
        raise VERIFIER_UNNAMED.refuse(
            f"The evidence names a verification of kind {statement.kind}, but not by whom.",
            "Give `verification: {by: ...}` in the evidence.",
        )
    return statement.by


def _months(scheme: int | None, asked: int | None) -> int:
    """The term in months: what the scheme sets, or less where asked; never a guess."""
    term = scheme if asked is None else asked
    if term is None:
        raise NO_TERM.refuse(
            "The scheme's rules state no term, and the request does not either.",
            "Give `months`, the number of months for which the certificate shall be valid.",
        )
    if term < 1 or (scheme is not None and term > scheme):
        raise NO_TERM.refuse(
            f"A term of {term} months was asked for; the scheme's rules allow "
            f"{f'1 to {scheme}' if scheme else '1 or more'}.",
            "Ask for an allowed number of months, or leave `months` out.",
        )
    return term


def _not_earned(decision: Decision, document: dict[str, Any]) -> ServiceRefused:
    missing = ", ".join(decision.missing)
    return NOT_EARNED.refuse(
        f"The verdict for {decision.scheme}, {decision.tier}, on {decision.as_of} is "
        f"{decision.verdict}: {decision.trace.says}",
        f"Not supplied: {missing}." if missing else "The member `decision` holds every reason.",
        details={"decision": document},
    )

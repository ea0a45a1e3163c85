"""Decide on a footprint and make the certificate: signed, but not yet stored or drawn."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from joserfc.jwk import ECKey

from api.faults import NO_ADDRESS
from api.services.backing import SignedStatement
from api.services.found_by import search_words
from api.services.order_checks import evidence_on, months_of, not_earned, verifier_of
from api.services.places import NumberPlace
from api.store.certificates import StoredCertificate
from api.store.files import CertificateFile
from api.store.footprints import StoredFootprint
from footprint.canonical import bytes_hash
from footprint.canonical_fast import canonical_bytes
from footprint.certificates.address import is_private_address
from footprint.certificates.build import build_view
from footprint.certificates.credential import issue_credential
from footprint.certificates.digest import hash_multihash
from footprint.certificates.intake import Intake
from footprint.certificates.keys import key_id
from footprint.certificates.number import RANDOM_BYTES, make_number
from footprint.certificates.register import State
from footprint.certificates.seal_keys import SealKey
from footprint.certificates.terms import last_day, next_surveillance
from footprint.certificates.view import (
    BoundDocument,
    CertificateView,
    Issuance,
    view_bytes,
    view_from_document,
)
from footprint.proof.manifest import engine_manifest_hash
from footprint.rules import RuleBook
from footprint.study import DecidedQuestion, decision_on
from footprint.values.decision import Decision, Tier
from label_templates.render import Language, certificate_pdf, check_printable, renderer_id

#: What is done with an address that others cannot reach: refuse to issue, issue drafts, or issue.
PrivateAddress = Literal["refuse", "draft", "allow"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a tier of a scheme for a footprint, on this evidence (YAML text).

    `months` is the term; None means the term that the scheme sets. `replaces` is the number of
    the certificate that the new one supersedes; with `replace` it supersedes whichever certificate
    of the same order is in force. A `draft` says everywhere that it is not for use.
    """

    footprint: str
    scheme: str
    tier: Tier
    evidence: str = ""
    months: int | None = None
    replaces: str | None = None
    draft: bool = False
    replace: bool = False

    @property
    def content(self) -> list[Any]:
        """What an idempotency key stands for (as before `replace`, where that is unused)."""
        return list(astuple(self))[: None if self.replace else -1]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who made, checked and approved a certificate; the last two are empty for one person.
    `statement` is what a verifier signed: without it a certificate is a self-declaration."""

    maker: str
    checker: str = ""
    approver: str = ""
    application: str | None = None
    statement: SignedStatement | None = None


@dataclass(frozen=True, slots=True)
class _Documents:
    """The texts of a certificate, and the key that signed it."""

    evidence: str
    decision: str
    view: str
    credential: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: names and address, and the rules that are applied. It holds no key."""

    name: str
    name_zh: str
    did: str
    base_url: str
    rules: RuleBook
    surveillance_months: int
    private_address: PrivateAddress = "refuse"
    _printable: set[str] = field(default_factory=set)

    def make(
        self,
        footprint: StoredFootprint,
        order: Order,
        place: NumberPlace,
        now: datetime,
        signatures: Signatures,
        key: ECKey,
    ) -> StoredCertificate:
        """The certificate, valid from the day of `now` (UTC), signed with `key`.

        Raises ServiceRefused API-512 (an address that others cannot reach), API-501 (the verdict
        is not pass; `details` holds the decision), API-502 (term), API-504 (verifier); InputRefused
        of the rules and certificates rooms for evidence, schemes and texts that cannot be used.
        """
        content, draft = footprint.content, self._is_draft(order)
        given = evidence_on(order.evidence, now.date())
        question = _question(order, now.date(), signatures)
        decision, decided = decision_on(content, question, self.rules, footprint.document_hash)
        if decision.verdict != "pass":
            raise not_earned(decision, decided)
        months = months_of(decision.validity_months, order.months)
        stated = verifier_of(given)
        decision_bytes = canonical_bytes(decided)
        until = _last_day(now, months, decision)
        view = build_view(
            content,
            decided,
            self._issuance(footprint, now, until, place, (stated, signatures.statement), draft),
            footprint_hash=footprint.public_hash,
            decision_hash=bytes_hash(decision_bytes),
        )
        view_text = view_bytes(view)
        self._check_printable(view, view_text.decode())
        documents = _Documents(
            order.evidence,
            decision_bytes.decode(),
            view_text.decode(),
            issue_credential(view, key, digest=hash_multihash(bytes_hash(view_text))),
            key_id(key),
        )
        return self._record(footprint, order, view, now, signatures, documents)

    def foresee(self, footprint: StoredFootprint, order: Order, today: date) -> None:
        """Refuse an order that no day could grant: evidence that cannot be read, an unknown scheme
        or tier, a term that the scheme does not have, a verifier without a name.

        Whether the tier is earned is decided on the day of approval. Raises ServiceRefused API-502
        and API-504, InputRefused of the rules and certificates rooms.
        """
        question = DecidedQuestion(order.scheme, order.tier, today, order.evidence)
        decision, _ = decision_on(footprint.content, question, self.rules, footprint.document_hash)
        if order.months is not None:
            months_of(decision.validity_months, order.months)
        verifier = verifier_of(evidence_on(order.evidence, today))
        intake = Intake()
        intake.clean(verifier, "evidence.verification.by")
        intake.done()

    def preview(
        self, footprint: StoredFootprint, order: Order, now: datetime, signatures: Signatures
    ) -> CertificateView | None:
        """What a certificate would say if it were issued now: a draft under a number of no one.
        None where the verdict of today is not pass. Raises as `make` does for term and verifier."""
        question = _question(order, now.date(), signatures)
        content = footprint.content
        decision, decided = decision_on(content, question, self.rules, footprint.document_hash)
        if decision.verdict != "pass":
            return None
        months = months_of(decision.validity_months, order.months)
        verifiers = (verifier_of(evidence_on(order.evidence, now.date())), signatures.statement)
        place = NumberPlace(make_number(bytes(RANDOM_BYTES)), 1, 0)
        until = _last_day(now, months, decision)
        issuance = self._issuance(footprint, now, until, place, verifiers, draft=True)
        return build_view(content, decided, issuance, footprint_hash=footprint.public_hash)

    def draw(
        self,
        certificate: StoredCertificate,
        seal: SealKey,
        language: Language,
        state: State = "issued",
    ) -> CertificateFile:
        """The PDF of a certificate in a language, sealed with `seal`. The seal states the time of
        issue, so that a file drawn later is the same; and the renderer, where that is no longer
        the one that the signed view names. A `state` that is not in force is written on every page.

        Raises InputRefused (CER-013) for a seal that had ended by then.
        """
        from footprint.certificates.seal import seal_pdf  # noqa: PLC0415 - takes half a second

        view = view_from_document(certificate.view_content)
        page = certificate_pdf(view, language, certificate.credential, state)
        now = renderer_id()
        drawn_by = "" if now == view.renderer else now
        pdf = seal_pdf(page, seal, certificate.issued_at, drawn_by)
        return CertificateFile(certificate.number, language, bytes_hash(pdf), pdf)

    def _record(
        self,
        footprint: StoredFootprint,
        order: Order,
        view: CertificateView,
        now: datetime,
        signatures: Signatures,
        documents: _Documents,
    ) -> StoredCertificate:
        """The certificate as it is stored: its documents, and what it is found by."""
        valid_until = date.fromisoformat(view.valid_until)
        return StoredCertificate(
            number=view.number,
            tenant=footprint.tenant,
            footprint=footprint.id,
            scheme=view.scheme,
            tier=view.tier,
            issued_at=now,
            valid_from=now.date(),
            valid_until=valid_until,
            status="issued",
            status_at=now,
            status_reason="",
            status_list=view.status_list,
            status_index=view.status_index,
            evidence=documents.evidence,
            decision=documents.decision,
            view=documents.view,
            credential=documents.credential,
            key_id=documents.key_id,
            subject=view.subject,
            product=view.product_name,
            company=view.company,
            words=search_words(view),
            inventory=view.inventory_hash,
            rules=view.rules_hash,
            surveillance_due=next_surveillance(now.date(), self.surveillance_months, valid_until),
            replaces=order.replaces,
            superseded_by=None,
            application=signatures.application,
            maker=signatures.maker,
            checker=signatures.checker,
            approver=signatures.approver,
        )

    @property
    def drafts_only(self) -> bool:
        """Whether nothing but drafts is issued under this address."""
        return is_private_address(self.base_url) and self.private_address != "allow"

    def _is_draft(self, order: Order) -> bool:
        """Whether the certificate is a draft: as ordered, or as the setting has it for an address
        that others cannot reach."""
        if not self.drafts_only:
            return order.draft
        if not order.draft and self.private_address == "refuse":
            raise NO_ADDRESS.refuse(
                f"The code would lead to {self.base_url}, which others cannot reach.",
                "Set FOOTPRINT_BASE_URL to the public address, or order a draft (--draft, "
                '"draft": true). FOOTPRINT_PRIVATE_ADDRESS=allow is for an own network.',
            )
        return True

    def _issuance(
        self,
        footprint: StoredFootprint,
        now: datetime,
        until: date,
        place: NumberPlace,
        verifiers: tuple[str, SignedStatement | None],
        draft: bool,
    ) -> Issuance:
        """`verifiers`: whom the evidence names, and the statement that one of them has signed."""
        stated, statement = verifiers
        verifier = "" if statement is None else statement.verifier
        return Issuance(
            number=place.number,
            issuer_name=self.name,
            issuer_name_zh=self.name_zh,
            issuer_did=self.did,
            base_url=self.base_url,
            issued_at=now,
            valid_from=now.date(),
            valid_until=until,
            self_declared=not verifier,
            verifier=verifier,
            verifier_statement="" if statement is None else statement.number,
            statement_hash="" if statement is None else statement.hash,
            stated_verifier="" if verifier else stated,
            status_list=place.status_list,
            status_index=place.status_index,
            renderer=renderer_id(),
            bom_commitment=footprint.commitment,
            engine_manifest=engine_manifest_hash(),
            draft=draft,
            documents=tuple(BoundDocument(*one) for one in json.loads(footprint.bound)),
        )

    def _check_printable(self, view: CertificateView, text: str) -> None:
        """Each character has to be looked up in the fonts once, not once for each certificate."""
        if not (characters := set(text)) <= self._printable:
            check_printable(view)
            self._printable.update(characters)


def _question(order: Order, day: date, signatures: Signatures) -> DecidedQuestion:
    confirmed = signatures.statement is not None
    return DecidedQuestion(order.scheme, order.tier, day, order.evidence, confirmed)


def _last_day(now: datetime, months: int, decision: Decision) -> date:
    """The end of the term; earlier where something ends before on which the verdict rests."""
    until = last_day(now.date(), months)
    return until if decision.ends is None else min(until, decision.ends.day)

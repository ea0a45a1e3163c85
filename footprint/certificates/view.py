"""The one view of a certificate that every reader is shown: page, PDF, label and credential.

Every number is text, so that each form shows the same digits. The line-by-line contributions stay
out of it: a certificate is public, a bill of materials is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from footprint.canonical_fast import canonical_bytes, plain_document
from footprint.certificates.faults import VIEW_BROKEN
from footprint.values.claim import Claim
from footprint.values.product import SubjectKind

#: Of new certificates. Schema 1 called the commitment to the bill of materials `bom_hash`.
SCHEMA = "2"
#: Boundaries of what is no product, and what that is.
SUBJECTS: Mapping[str, SubjectKind] = {"organisation": "organisation", "event": "event"}
WHOLE_SUBJECTS = tuple(SUBJECTS)
_OLD_SCHEMA, _OLD_NAME, _NEW_NAME = "1", "bom_hash", "bom_commitment"


@dataclass(frozen=True, slots=True)
class BoundDocument:
    """A document of exchange that the certificate binds: its form, and the content hash of what it
    says (`footprint.exchange.binding`)."""

    form: str
    hash: str


@dataclass(frozen=True, slots=True)
class Issuance:
    """The facts of issue, which no document holds.

    `base_url`: address of the issuer's register, without a slash at its end. `valid_until` is the
    last day of validity; days are days in UTC. `status_list` and `status_index` name the
    certificate's place in the lists of revoked and suspended certificates. `renderer` is
    `label_templates.render.renderer_id()`: with it a verifier can compare the printed page.
    A certificate is either `self_declared` or names its `verifier`, never both.
    `stated_verifier` is whom the evidence of a self-declaration names as its verifier, and nobody
    has confirmed. `statement_hash` is the hash of the signed statement that names the verifier; a
    certificate of before may name one without. `bom_commitment` is the Merkle root over the salted
    lines of the bill of materials (`footprint.proof.commitment`). `engine_manifest` is the hash of
    the program that calculated (`footprint.proof.manifest`). A `draft` says wherever it is shown
    that it is not for use. `documents` are the forms of exchange that belong to the certificate.
    """

    number: str
    issuer_name: str
    issuer_name_zh: str
    issuer_did: str
    base_url: str
    issued_at: datetime
    valid_from: date
    valid_until: date
    self_declared: bool
    bom_commitment: str
    verifier: str = ""
    verifier_statement: str = ""
    status_list: int = 1
    status_index: int = 0
    renderer: str = ""
    stated_verifier: str = ""
    engine_manifest: str = ""
    draft: bool = False
    documents: tuple[BoundDocument, ...] = ()
    statement_hash: str = ""


@dataclass(frozen=True, slots=True)
class FootprintPart:
    """A life cycle stage or a part of the split, and its kg CO2e per declared unit."""

    name: str
    kg_co2e: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of the scheme and how it was judged."""

    rule: str
    verdict: str
    says: str
    says_zh: str
    confidence: str


@dataclass(frozen=True, slots=True)
class MarketView:
    """Whether the words may be shown in a market to an audience, and which words may.

    `confidence` is how certain the law's facts are (L: confirm first).
    """

    market: str
    audience: str
    verdict: str
    says: str
    says_zh: str
    permitted_wording: tuple[str, ...]
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class ShowingLimit:
    """A market where the label must not be shown to consumers, or only under a condition; since
    when or from when on (a day within the term; empty: on the day of the decision), and why."""

    market: str
    since: str
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A data source that must be named wherever the result is shown."""

    citation: str
    licence: str


@dataclass(frozen=True, slots=True)
class CertificateView:
    """All that is shown. kg CO2e are per declared unit; empty text means not given.

    Of an organisation or an event (`boundary` says so) the fields of the product hold its name and
    facts, `stages` its scopes or activities, and `subject_boundary` what is counted, in words.
    `lacks` says in codes what makes the total the least that it can be (`CompletenessForm`).
    """

    number: str
    verify_url: str
    base_url: str
    issuer_name: str
    issuer_name_zh: str
    issuer_did: str
    issued_at: str
    valid_from: str
    valid_until: str
    self_declared: bool
    verifier: str
    verifier_statement: str
    status_list: int
    status_index: int
    renderer: str
    scheme: str
    scheme_name: str
    scheme_name_zh: str
    tier: str
    decided_on: str
    reasons: tuple[Reason, ...]
    confirm_first: tuple[str, ...]
    markets: tuple[MarketView, ...]
    product_name: str
    product_name_zh: str
    product_ids: tuple[str, ...]
    product_category: str
    product_description: str
    product_country: str
    product_mass_kg: str
    company: str
    company_zh: str
    company_ids: tuple[str, ...]
    period_start: str
    period_end: str
    declared_amount: str
    declared_unit: str
    boundary: str
    gwp_set: str
    gwp_sets_used: tuple[str, ...]
    total_kg_co2e: str
    total_including_biogenic_uptake_kg_co2e: str
    shown_amount: str
    shown_unit: str
    stages: tuple[FootprintPart, ...]
    split: tuple[FootprintPart, ...]
    coverage_mass: str
    coverage_lines: str
    primary_data_share: str
    quality_technological: str
    quality_geographical: str
    quality_temporal: str
    sources: tuple[SourceLine, ...]
    engine: str
    inventory_hash: str
    bom_commitment: str
    footprint_hash: str
    decision_hash: str
    rules_hash: str
    draft: bool = False
    stated_verifier: str = ""
    scheme_short_name: str = ""
    scheme_short_name_zh: str = ""
    claim: Claim | None = None
    limits: tuple[ShowingLimit, ...] = ()
    term_ends_with: str = ""
    term_ends_with_zh: str = ""
    subject_boundary: str = ""
    documents: tuple[BoundDocument, ...] = ()
    statement_hash: str = ""
    product_classifications: tuple[str, ...] = ()
    showing_conditions: tuple[ShowingLimit, ...] = ()
    lacks: tuple[str, ...] = ()
    schema: str = SCHEMA

    @property
    def covered_in_full(self) -> bool:
        """Whether the data cover all of the mass and all of the lines."""
        return Decimal(self.coverage_mass) >= 1 and Decimal(self.coverage_lines) >= 1

    @property
    def complete(self) -> bool:
        """Whether the total is all, and not the least that it can be."""
        return self.covered_in_full and not self.lacks

    @property
    def whole_subject(self) -> bool:
        """Whether it is of an organisation or an event, and not of a product."""
        return self.boundary in WHOLE_SUBJECTS

    @property
    def subject(self) -> SubjectKind:
        """What is certified."""
        return SUBJECTS.get(self.boundary, "product")


def view_document(view: CertificateView) -> dict[str, Any]:
    """The published JSON of a certificate (`certificate.json`), all of it plain JSON values, in the
    schema in which it was signed. Left out are `draft` but for a draft, `stated_verifier` but where
    the evidence names a verifier that nobody confirmed, the short name of a scheme without, the
    claim of a tier that claims no more than the footprint, and limits and conditions of showing,
    documents, a verifier's statement, classifications of the product and what a total lacks where
    there are none."""
    document = {"type": "certificate", **plain_document(view)}
    for name in _SELDOM:
        if not document[name]:
            del document[name]
    for answer in document["markets"]:
        if not answer["confidence"]:
            del answer["confidence"]
    if view.schema == _OLD_SCHEMA:
        document[_OLD_NAME] = document.pop(_NEW_NAME)
    return document


#: Members that are left out where there is nothing to say.
_SELDOM = (
    "draft",
    "stated_verifier",
    "scheme_short_name",
    "scheme_short_name_zh",
    "claim",
    "limits",
    "term_ends_with",
    "term_ends_with_zh",
    "subject_boundary",
    "documents",
    "statement_hash",
    "product_classifications",
    "showing_conditions",
    "lacks",
)


def view_bytes(view: CertificateView) -> bytes:
    """`view_document` in canonical form (RFC 8785): what the credential's digest covers."""
    return canonical_bytes(view_document(view))


_ADAPTER = TypeAdapter(CertificateView)


def view_from_document(document: Mapping[str, Any]) -> CertificateView:
    """The view that `view_document` gave. Raises InputRefused (CER-011) for any other form."""
    body = {name: value for name, value in document.items() if name != "type"}
    schema = document.get("schema")
    if document.get("type") != "certificate" or schema not in (SCHEMA, _OLD_SCHEMA):
        raise VIEW_BROKEN.refuse(
            f"This is not a certificate document of schema {_OLD_SCHEMA} or {SCHEMA}.",
            hint="Give the certificate.json that came with the certificate.",
        )
    if schema == _OLD_SCHEMA:
        body[_NEW_NAME] = body.pop(_OLD_NAME, None)
    try:
        return _ADAPTER.validate_json(canonical_bytes(body), strict=True, extra="forbid")
    except (ValidationError, ValueError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": ""}
        place = ".".join(str(step) for step in first["loc"])
        raise VIEW_BROKEN.refuse(
            f"The certificate document is wrong at {place or 'its root'}: {first['msg']}.",
        ) from error

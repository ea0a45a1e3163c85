"""A verifier's statement on one footprint, signed with the verifier's own key.

The form is that of certificates (compact JWS, ES256), under a type of its own, so that neither can
pass for the other. It holds no line of the bill of materials: it binds them by the commitment that
the certificate names too, and the public part of the footprint by its hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from joserfc.jwk import ECKey
from pydantic import Field, ValidationError

from footprint.canonical import bytes_hash
from footprint.certificates.jose import RefusedError, open_signed, sign
from footprint.certificates.keys import key_id
from footprint.documents.places import error_path, error_words
from footprint.rules.evidence import AssuranceLevel, Facts
from footprint.rules.fields import PlainDate, Strict, Words
from footprint.rules.words import exact_text
from footprint.verifiers.faults import STATEMENT_BROKEN

STATEMENT_TYPE = "verification-statement+jwt"
#: RFC 9278: a key names itself, since the register finds its verifier by it.
_THUMBPRINT = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
_Hash = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
_Text = Annotated[str, Field(max_length=2000)]
_Short = Annotated[Words, Field(max_length=200)]
#: As ISO 14064-3 divides opinions; an adverse one supports nothing.
Opinion = Literal["unmodified", "modified", "adverse"]


class StatementSubject(Strict):
    """What a statement is about: the footprint by its hashes, and its value for human eyes.

    `total_kg_co2e` is per declared unit, without biogenic uptake, with all its digits.
    """

    footprint_hash: _Hash
    bom_commitment: _Hash
    subject: Literal["product", "organisation", "event"]
    product: _Text
    company: _Text
    total_kg_co2e: _Text
    per: _Text
    boundary: _Text
    gwp_set: _Text
    period_start: _Text
    period_end: _Text


class StatementTerms(Strict):
    """What the verifier says of it: under which standard, how surely, with which opinion and
    limits, on which day. `number` is the verifier's own, once for each statement."""

    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,31}$")]
    verifier: _Short
    date: PlainDate
    standard: _Short
    level: AssuranceLevel
    opinion: Opinion = "unmodified"
    limits: _Text = ""


class _Payload(StatementTerms):
    type: Literal["verification-statement"]
    version: Annotated[Literal["1"], Field(alias="schema")]
    footprint: StatementSubject


@dataclass(frozen=True, slots=True)
class VerifierStatement:
    """A statement whose signature is genuine: its parts, the key that signed, and the hash of the
    signed text, by which certificates name it."""

    terms: StatementTerms
    subject: StatementSubject
    key: str
    hash: str


def statement_subject(
    document: Mapping[str, Any], facts: Facts, public_hash: str, commitment: str
) -> StatementSubject:
    """What a verifier signs about a footprint document. Raises InputRefused (VFR-002) where the
    footprint was made before footprints had hashes of their public part."""
    product = document["product"]
    values = {
        "footprint_hash": public_hash,
        "bom_commitment": commitment,
        "subject": facts.subject,
        "product": str(product.get("name") or ""),
        "company": str(product.get("company") or ""),
        "total_kg_co2e": exact_text(facts.total_kg),
        "per": facts.per,
        "boundary": facts.boundary,
        "gwp_set": facts.gwp_set,
        "period_start": _day(facts.period_start),
        "period_end": _day(facts.period_end),
    }
    return subject_from_values(values)


def subject_from_values(values: Mapping[str, Any]) -> StatementSubject:
    """The subject in plain values. Raises InputRefused (VFR-002)."""
    try:
        return StatementSubject.model_validate(dict(values))
    except ValidationError as error:
        raise _broken(error) from None


def terms_from_values(values: Mapping[str, Any]) -> StatementTerms:
    """The terms in plain values. Raises InputRefused (VFR-002)."""
    try:
        return StatementTerms.model_validate(dict(values))
    except ValidationError as error:
        raise _broken(error) from None


def sign_statement(terms: StatementTerms, subject: StatementSubject, key: ECKey) -> str:
    """The statement as a compact JWS, signed with the verifier's key."""
    payload = {
        "type": "verification-statement",
        "schema": "1",
        **terms.model_dump(mode="json"),
        "footprint": subject.model_dump(mode="json"),
    }
    return sign(payload, f"{_THUMBPRINT}{key_id(key)}", key, STATEMENT_TYPE)


def open_statement(token: str, keys: Mapping[str, ECKey]) -> VerifierStatement:
    """The statement in a signed text, by keys of verifiers under their ids. Raises InputRefused
    (VFR-002) for anything that is not wholly genuine."""
    text = token.strip()
    try:
        opened = open_signed(text, keys, STATEMENT_TYPE)
        read = _Payload.model_validate(opened.payload)
    except RefusedError as refused:
        raise STATEMENT_BROKEN.refuse(
            f"The statement is not genuine: {refused.says}",
            hint="Ask the verifier for the file as it was signed, and for its public key.",
        ) from None
    except ValidationError as error:
        raise _broken(error) from None
    members = {name: getattr(read, name) for name in StatementTerms.model_fields}
    (signer,) = [name for name in keys if opened.did == f"{_THUMBPRINT}{name}"] or [""]
    if not signer:
        raise STATEMENT_BROKEN.refuse("The statement names another key than the one that signed.")
    digest = bytes_hash(text.encode("ascii"))
    return VerifierStatement(StatementTerms(**members), read.footprint, signer, digest)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _broken(error: ValidationError) -> Exception:
    first = error.errors(include_url=False, include_input=False)[0]
    return STATEMENT_BROKEN.refuse(
        f"The statement cannot be used: {error_path(first)}.", hint=error_words(first)
    )

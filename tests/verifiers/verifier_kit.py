"""A verifier, its key, and what it signs about a footprint."""

from __future__ import annotations

from typing import Any

from joserfc.jwk import ECKey

from footprint.certificates.keys import generate_key
from footprint.verifiers.statement import (
    StatementSubject,
    sign_statement,
    subject_from_values,
    terms_from_values,
)

KEY: ECKey = generate_key()

ENTRY: dict[str, Any] = {
    "name": "Example Verification Ltd",
    "ids": ["urn:example:verifier:42"],
    "kind": "registered-verifier",
    "body": "Example Accreditation Service",
    "accreditation": "V-0042",
    "source": "https://accreditation.example.org/register/V-0042",
    "accredited_from": "2024-01-01",
    "accredited_until": "2026-12-31",
    "scope": {"standards": ["ISO 14067"], "subjects": ["product"], "levels": ["limited"]},
    "conflicts": [
        {"party": "Example Consulting Ltd", "why": "owned by the same group"},
        {"party": "urn:x:old", "why": "advised it", "since": "2024-01-01", "until": "2025-12-31"},
    ],
}
SUBJECT: dict[str, Any] = {
    "footprint_hash": "sha256:" + "a" * 64,
    "bom_commitment": "sha256:" + "b" * 64,
    "subject": "product",
    "product": "Wall bracket",
    "company": "Example Metal Ltd",
    "total_kg_co2e": "2.5",
    "per": "1 piece",
    "boundary": "cradle-to-gate",
    "gwp_set": "AR6",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
}
TERMS: dict[str, Any] = {
    "number": "V-2026-7",
    "verifier": "Example Verification Ltd",
    "date": "2026-10-30",
    "standard": "ISO 14067:2018",
    "level": "limited",
}


def subject(**changes: Any) -> StatementSubject:
    """The subject with some members changed."""
    return subject_from_values(SUBJECT | changes)


def signed(about: StatementSubject | None = None, key: ECKey = KEY, **changes: Any) -> str:
    """A signed statement with some terms changed."""
    return sign_statement(terms_from_values(TERMS | changes), about or subject(), key)

"""A verifier as the register publishes it, and what speaks against a statement on a certificate.

Anybody who has the certificate, the statement and the verifier's published entry can ask.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from joserfc.jwk import ECKey

from footprint.certificates.keys import key_id, load_jwk
from footprint.certificates.view import CertificateView
from footprint.faults import Problem, Where
from footprint.verifiers.check import Reliance, against_statement, against_withdrawal
from footprint.verifiers.entry import VerifierEntry, entry_from_values
from footprint.verifiers.faults import ENTRY_BROKEN, OTHER_FOOTPRINT
from footprint.verifiers.statement import open_statement


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A public key of a verifier, since when it is known, and since when it does not count."""

    key: ECKey
    since: date
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedVerifier:
    """A verifier and its keys, as anybody may read them."""

    id: str
    entry: VerifierEntry
    keys: tuple[PublishedKey, ...]

    @property
    def by_id(self) -> dict[str, ECKey]:
        """Its keys by thumbprint, withdrawn ones too: what they signed is genuine, and refused."""
        return {key_id(one.key): one.key for one in self.keys}

    def withdrawn_on(self, key: str) -> date | None:
        """Since when a key does not count; None where it does."""
        return next((one.withdrawn_on for one in self.keys if key_id(one.key) == key), None)

    def document(self) -> dict[str, Any]:
        """What is published: the facts of the entry, its id and its public keys."""
        keys = [
            {
                "id": key_id(one.key),
                "jwk": one.key.as_dict(private=False),
                "since": one.since.isoformat(),
                "withdrawn_on": None if one.withdrawn_on is None else one.withdrawn_on.isoformat(),
            }
            for one in self.keys
        ]
        return {"id": self.id, **self.entry.document(), "keys": keys}


def published_verifier(document: Mapping[str, Any]) -> PublishedVerifier:
    """The verifier in a document that `PublishedVerifier.document` gave. Raises InputRefused
    (VFR-001, CER-008)."""
    facts = {name: value for name, value in document.items() if name not in {"id", "keys"}}
    entry, named = entry_from_values(facts), document.get("keys")
    found = []
    try:
        for one in named if isinstance(named, list) else []:
            ended = one.get("withdrawn_on")
            key = load_jwk(json.dumps(one["jwk"]))
            since = date.fromisoformat(one["since"])
            found.append(PublishedKey(key, since, date.fromisoformat(ended) if ended else None))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ENTRY_BROKEN.refuse(f"A key of the verifier cannot be read: {error}.") from None
    return PublishedVerifier(str(document.get("id")), entry, tuple(found))


def against_verified_by(
    token: str, verifier: PublishedVerifier, view: CertificateView
) -> list[Problem]:
    """Everything that speaks against a statement as what stands behind a certificate's "verified
    by". Raises InputRefused (VFR-002) for a text that is no genuine statement of the verifier."""
    statement = open_statement(token, verifier.by_id)
    hashes = {"footprint_hash": view.footprint_hash, "bom_commitment": view.bom_commitment}
    companies = tuple(one for one in (view.company, view.company_zh, *view.company_ids) if one)
    relied = Reliance(
        statement.subject.model_copy(update=hashes), companies, statement.terms.date, view.scheme
    )
    found = [
        *against_withdrawal(None, verifier.withdrawn_on(statement.key)),
        *against_statement(statement, verifier.entry, relied),
    ]
    named = (view.statement_hash, view.verifier_statement, view.verifier)
    if named != (statement.hash, statement.terms.number, verifier.entry.name):
        message = "The certificate does not name this statement."
        found.append(OTHER_FOOTPRINT.at(Where("statement"), message))
    return found

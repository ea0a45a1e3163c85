"""The signed credential: W3C Verifiable Credentials 2.0 in the shape of a UNTP Digital Conformity
Credential (0.7.0), enveloped as `vc+jwt`.

No term beyond the two published contexts is used, because a document with unknown terms fails
strict JSON-LD processing. What has no term of its own stands in `specifiedCondition` (text) and
in `evidence` (links with digests).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from joserfc.jwk import ECKey

from footprint.certificates.credential_conditions import (
    conditions_of,
    draft_words,
    self_declared_words,
)
from footprint.certificates.credential_shape import CONTEXTS, TYPES
from footprint.certificates.digest import document_multihash, hash_multihash
from footprint.certificates.jose import sign
from footprint.certificates.statuslist import PURPOSES, list_url
from footprint.certificates.view import CertificateView, view_document
from footprint.late_pattern import late_pattern

_VOCABULARY = "https://vocabulary.uncefact.org"
#: UN/ECE Recommendation 20: kilogram.
_KILOGRAM = "KGM"
_CONTENT_HASH = late_pattern(r"sha256:[0-9a-f]{64}$")
_URI = late_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


#: W3C writes a status index as text and allows several lists; the UNTP 0.7.0 schema wants one
#: list and a JSON number. No document satisfies both, so there is one of each.
Profile = Literal["w3c", "untp-0.7"]


def issue_credential(
    view: CertificateView, key: ECKey, profile: Profile = "w3c", digest: str = ""
) -> str:
    """The credential of `view`, signed with `key` (ES256), as a compact JWS.

    Its digest of `certificate.json` binds every text that the page and the PDF show; `digest` is
    that multihash, where the caller has it already. The profile `untp-0.7` names the list of
    revoked certificates only; prefer `w3c` wherever it is read.
    """
    return sign(credential_payload(view, profile, digest), view.issuer_did, key)


def credential_payload(
    view: CertificateView, profile: Profile = "w3c", digest: str = ""
) -> dict[str, Any]:
    """What is signed. Days of validity are whole days in UTC. `digest` as in `issue_credential`."""
    entries = _status_entries(view)
    return {
        "@context": list(CONTEXTS),
        "type": list(TYPES),
        "id": f"{view.base_url}/v1/certificates/{view.number}/credential",
        "issuer": {"type": ["CredentialIssuer"], "id": view.issuer_did, "name": view.issuer_name},
        "validFrom": f"{view.valid_from}T00:00:00Z",
        "validUntil": f"{view.valid_until}T23:59:59Z",
        "name": f"{draft_words(view)}Product carbon footprint certificate {view.number}",
        "credentialStatus": (
            entries if profile == "w3c" else {**entries[0], "statusListIndex": view.status_index}
        ),
        "credentialSubject": _attestation(view, digest or document_multihash(view_document(view))),
    }


def _status_entries(view: CertificateView) -> list[dict[str, Any]]:
    """W3C form: the index is text, and each list is named."""
    entries = []
    for purpose in PURPOSES:
        url = list_url(view.base_url, purpose, view.status_list)
        entries.append(
            {
                "id": f"{url}#{view.status_index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(view.status_index),
                "statusListCredential": url,
            }
        )
    return entries


def _attestation(view: CertificateView, digest: str) -> dict[str, Any]:
    """UNTP ConformityAttestation. The level of assessment is never more than no endorsement: the
    rules of a scheme were applied, its owner has not endorsed the result."""
    return {
        "type": ["ConformityAttestation"],
        "id": view.verify_url,
        "name": f"{view.scheme_name}: {view.tier}",
        "description": draft_words(view)
        + (f"Verified by {view.verifier}." if view.verifier else self_declared_words(view)),
        "assessorLevel": "self" if view.self_declared else "3rdParty",
        "assessmentLevel": "no-endorsement",
        "attestationType": "declaration" if view.self_declared else "verification",
        "issuedToParty": _party(view),
        "referenceScheme": {
            "type": ["ConformityScheme"],
            "id": f"{view.base_url}/v1/schemes/{view.scheme}",
            "name": view.scheme_name,
        },
        "profileScore": {"code": view.tier},
        "conformityCertificate": {
            "linkURL": f"{view.base_url}/v1/certificates/{view.number}/certificate.json",
            "linkName": "certificate.json",
            "digestMultibase": digest,
            "mediaType": "application/json",
        },
        "conformityAssessment": [_assessment(view)],
    }


def _assessment(view: CertificateView) -> dict[str, Any]:
    return {
        "type": ["ConformityAssessment"],
        "id": f"{view.verify_url}#assessment",
        "name": f"{view.scheme_name}: {view.tier}",
        "assessmentCriteria": [
            {
                "type": ["Criterion"],
                "id": f"{view.verify_url}#criterion-{place}",
                "name": reason.says,
            }
            for place, reason in enumerate(view.reasons, start=1)
        ],
        "assessmentDate": view.decided_on,
        "assessedPerformance": [
            _performance("product-carbon-footprint", _per_one_unit(view)),
        ],
        "assessedProduct": [
            {
                "product": {
                    "type": ["Product"],
                    "id": _product_id(view),
                    "name": view.product_name,
                },
                "idVerifiedByCAB": False,
            }
        ],
        "specifiedCondition": conditions_of(view),
        "evidence": [
            {
                "linkURL": f"{view.verify_url}#{name}",
                "linkName": title,
                "digestMultibase": hash_multihash(digest),
            }
            for name, title, digest in (
                ("footprint", "Footprint document, its public part", view.footprint_hash),
                ("decision", "Decision document", view.decision_hash),
                ("rules", "Rule set", view.rules_hash),
                ("inventory", "Compiled inventory", view.inventory_hash),
                ("bom", "Bill of materials, commitment to its lines", view.bom_commitment),
                *_engine_link(view),
                *_statement_link(view),
                *(
                    (one.form, f"Document of exchange: {one.form}", one.hash)
                    for one in view.documents
                ),
            )
        ],
        "conformityTopic": [
            {
                "type": ["ConformityTopic"],
                "id": f"{_VOCABULARY}/conformity-topic/greenhouse-gas-emissions",
                "name": "Greenhouse gas emissions",
            }
        ],
        "conformance": True,
    }


def _engine_link(view: CertificateView) -> tuple[tuple[str, str, str], ...]:
    """The hash of the program's files, which `view.engine` ends with where it is known."""
    digest = _CONTENT_HASH.search(view.engine)
    return (("engine", "Engine manifest", digest[0]),) if digest else ()


def _statement_link(view: CertificateView) -> tuple[tuple[str, str, str], ...]:
    """The hash of the verifier's signed statement, where there is one."""
    if not view.statement_hash:
        return ()
    title = f"Verifier's statement {view.verifier_statement}"
    return (("statement", title, view.statement_hash),)


def _per_one_unit(view: CertificateView) -> float:
    """kg CO2e of one unit, for which the metric is defined: the total may count for several."""
    return float(Decimal(view.total_kg_co2e) / Decimal(view.declared_amount))


def _performance(metric: str, kg_co2e: float) -> dict[str, Any]:
    return {
        "metric": {
            "type": ["PerformanceMetric"],
            "id": f"{_VOCABULARY}/performance-metric/{metric}",
            "name": "Product carbon footprint",
        },
        "measure": {"value": kg_co2e, "unit": _KILOGRAM},
    }


def _party(view: CertificateView) -> dict[str, Any]:
    """The holder; by its own identifier where that is a URI, else by a place on our page."""
    uris = [text for text in view.company_ids if _URI.fullmatch(text)]
    return {
        "type": ["Party"],
        "id": uris[0] if uris else f"{view.verify_url}#holder",
        "name": view.company or view.issuer_name,
    }


def _product_id(view: CertificateView) -> str:
    uris = [text for text in view.product_ids if _URI.fullmatch(text)]
    return uris[0] if uris else f"{view.verify_url}#product"

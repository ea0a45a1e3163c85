"""The signed credential: W3C Verifiable Credentials 2.0 in the shape of a UNTP Digital Conformity
Credential (0.7.0), enveloped as `vc+jwt`.

No term beyond the two published contexts is used, because a document with unknown terms fails
strict JSON-LD processing. What has no term of its own stands in `specifiedCondition` (text) and
in `evidence` (links with digests).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from joserfc.jwk import ECKey

from footprint.certificates.digest import document_multihash, hash_multihash
from footprint.certificates.jose import sign
from footprint.certificates.statuslist import PURPOSES, list_url
from footprint.certificates.view import CertificateView, view_document

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
)
TYPES = ("VerifiableCredential", "DigitalConformityCredential")
_VOCABULARY = "https://vocabulary.uncefact.org"
#: UN/ECE Recommendation 20: kilogram.
_KILOGRAM = "KGM"
_CONTENT_HASH = re.compile(r"sha256:[0-9a-f]{64}$")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


#: What a draft says of itself; no published context has a term for it.
DRAFT_CONDITION = "DRAFT, NOT FOR USE."

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
        "name": f"{_draft_words(view)}Product carbon footprint certificate {view.number}",
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


def _self_declared_words(view: CertificateView) -> str:
    if view.stated_verifier:
        return (
            f"Self-declared by its holder, who states a verification by {view.stated_verifier}; "
            "the issuer has not confirmed it."
        )
    return "Self-declared by its holder, not verified by a third party."


def _attestation(view: CertificateView, digest: str) -> dict[str, Any]:
    """UNTP ConformityAttestation. The level of assessment is never more than no endorsement: the
    rules of a scheme were applied, its owner has not endorsed the result."""
    return {
        "type": ["ConformityAttestation"],
        "id": view.verify_url,
        "name": f"{view.scheme_name}: {view.tier}",
        "description": _draft_words(view)
        + (f"Verified by {view.verifier}." if view.verifier else _self_declared_words(view)),
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
        "specifiedCondition": _conditions(view),
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


def _conditions(view: CertificateView) -> list[str]:
    """What the attestation holds for, sentence by sentence."""
    return [
        *((DRAFT_CONDITION,) if view.draft else ()),
        *((f"Claim: {view.claim.says}",) if view.claim else ()),
        *_credit_conditions(view),
        *(f"Not for consumers ({one.market}): {one.says}" for one in view.limits),
        f"Declared unit: {view.declared_amount} {view.declared_unit}",
        f"The measure is kg CO2e per 1 {view.declared_unit}",
        f"Value to the last digit: {view.total_kg_co2e} kg CO2e per declared unit",
        f"System boundary: {view.boundary}",
        f"Characterisation: IPCC {view.gwp_set} GWP100",
        f"Share of mass covered: {view.coverage_mass}",
        f"Calculated with: {view.engine}",
    ]


def _credit_conditions(view: CertificateView) -> tuple[str, ...]:
    return tuple(
        f"Retired credits: {one.tonnes} t CO2e, {one.programme or one.registry}, {one.serial}, "
        f"vintage {one.vintage}, retired on {one.retired_on}"
        for one in (view.claim.credits if view.claim else ())
    )


def _engine_link(view: CertificateView) -> tuple[tuple[str, str, str], ...]:
    """The hash of the program's files, which `view.engine` ends with where it is known."""
    digest = _CONTENT_HASH.search(view.engine)
    return (("engine", "Engine manifest", digest[0]),) if digest else ()


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


def _draft_words(view: CertificateView) -> str:
    return f"{DRAFT_CONDITION} " if view.draft else ""


def is_draft(payload: Mapping[str, Any]) -> bool:
    """Whether a signed payload says of itself that it is a draft. Never raises."""
    return str(payload.get("name")).startswith(DRAFT_CONDITION)


def shape_faults(payload: dict[str, Any]) -> list[str]:
    """What is missing from or wrong in a payload that should be such a credential.

    Required fields of VC 2.0 and of UNTP 0.7.0, as far as a verifier relies on them. Never raises.
    """
    subject = _dict(payload.get("credentialSubject"))
    certificate = _dict(subject.get("conformityCertificate"))
    demands = {
        "@context": _starts_with(payload.get("@context"), CONTEXTS),
        "type": isinstance(payload.get("type"), list) and set(TYPES) <= _texts(payload["type"]),
        "id": _is_text(payload.get("id")),
        "issuer.id": _is_text(_dict(payload.get("issuer")).get("id")),
        "issuer.name": _is_text(_dict(payload.get("issuer")).get("name")),
        "validFrom": _is_text(payload.get("validFrom")),
        "validUntil": _is_text(payload.get("validUntil")),
        "name": _is_text(payload.get("name")),
        "credentialStatus": bool(payload.get("credentialStatus")),
        "credentialSubject.conformityCertificate.digestMultibase": _is_text(
            certificate.get("digestMultibase")
        ),
        **{
            f"credentialSubject.{name}": _is_text(subject.get(name))
            for name in ("id", "name", "assessorLevel", "assessmentLevel", "attestationType")
        },
        **{
            f"credentialSubject.{name}": bool(_dict(subject.get(name)))
            for name in ("issuedToParty", "referenceScheme")
        },
    }
    return [name for name, satisfied in demands.items() if not satisfied]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _texts(values: list[Any]) -> set[str]:
    return {value for value in values if isinstance(value, str)}


def _starts_with(value: Any, wanted: tuple[str, ...]) -> bool:
    return isinstance(value, list) and tuple(value[: len(wanted)]) == wanted

"""Whether a document has the shape of a credential, before anything in it is believed."""

from __future__ import annotations

from typing import Any

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
)
TYPES = ("VerifiableCredential", "DigitalConformityCredential")


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

"""What a verifier needs of a signed Digital Product Passport: its shape, and what it is bound to.

The passport itself is made in `footprint.exchange`; its claim names the digest of the certificate's
text under the address of that text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Passport of a certificate and credential have addresses that differ in their last part.
PASSPORT_TYPES = frozenset(("VerifiableCredential", "DigitalProductPassport"))
_TEXT = "/certificate.json"


def is_signed_passport(payload: Mapping[str, Any]) -> bool:
    """Whether a signed payload says that it is a passport. Never raises."""
    kinds = payload.get("type")
    return isinstance(kinds, list) and all(kind in kinds for kind in PASSPORT_TYPES)


def passport_shape_faults(payload: Mapping[str, Any]) -> list[str]:
    """What a verifier relies on and is missing or wrong (UNTP 0.7.0). Never raises."""
    subject = payload.get("credentialSubject")
    product = subject if isinstance(subject, dict) else {}
    needed = ("id", "validFrom", "validUntil", "name", "credentialStatus")
    faults = [name for name in needed if not payload.get(name)]
    faults += [f"credentialSubject.{name}" for name in ("id", "name") if not product.get(name)]
    if not passport_digest(payload):
        faults.append("credentialSubject.performanceClaim.evidence")
    return faults


def passport_digest(payload: Mapping[str, Any]) -> str:
    """The signed digest of the certificate's text; empty where there is none. Never raises."""
    found = [
        link.get("digestMultibase")
        for claim in _objects(payload.get("credentialSubject"), "performanceClaim")
        for link in _objects(claim, "evidence")
        if str(link.get("linkURL")).endswith(_TEXT)
    ]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else ""


def _objects(value: Any, name: str) -> list[dict[str, Any]]:
    items = value.get(name) if isinstance(value, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []

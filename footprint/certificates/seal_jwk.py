"""The issuer's seals as its key document names them: JWKs with a certificate inside (`x5c`)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from footprint.certificates.faults import SEAL_KEY_REFUSED


@dataclass(frozen=True, slots=True)
class PublishedSeal:
    """A seal certificate that the issuer publishes (DER), and since when it seals."""

    certificate: bytes
    since: datetime


def is_seal(jwk: object) -> bool:
    """Whether a JWK is a seal's: it seals PDFs and must never be taken for a credential's key."""
    return isinstance(jwk, Mapping) and jwk.get("kty") == "RSA" and "x5c" in jwk


def published_seals(document: Mapping[str, Any]) -> tuple[PublishedSeal, ...]:
    """The seals in a JWK set or a DID document; none where it names none.

    Raises InputRefused (CER-013) for one that cannot be read.
    """
    return tuple(_published(jwk) for jwk in _jwks(document) if is_seal(jwk))


def _jwks(document: Mapping[str, Any]) -> Iterator[Any]:
    keys = document.get("keys")
    yield from keys if isinstance(keys, list) else []
    methods = document.get("verificationMethod")
    for method in methods if isinstance(methods, list) else []:
        if isinstance(method, Mapping):
            yield method.get("publicKeyJwk")


def _published(jwk: Mapping[str, Any]) -> PublishedSeal:
    try:
        certificate = b64decode(jwk["x5c"][0], validate=True)
        return PublishedSeal(certificate, datetime.fromtimestamp(jwk["iat"], UTC))
    except (ValueError, TypeError, LookupError, OverflowError, OSError) as error:
        raise SEAL_KEY_REFUSED.refuse(
            "A seal certificate in the key document cannot be read.",
            hint="Fetch the issuer's did.json again.",
        ) from error

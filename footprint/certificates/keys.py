"""Signing keys: ES256 (ECDSA on P-256 with SHA-256), their public sets, and did:web.

A key's id is its RFC 7638 thumbprint. Old public keys stay in the set, so that what they signed
can still be verified; a key that leaked is taken out by the operator.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from footprint.certificates.faults import KEY_REFUSED
from footprint.certificates.seal_jwk import is_seal

CURVE = "P-256"
ALGORITHM = "ES256"
#: Hosts that may go without https: nobody else can reach them.
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def generate_key() -> ECKey:
    """A new private key, from the operating system's random source."""
    return ECKey.generate_key(CURVE, private=True)


def key_id(key: ECKey) -> str:
    """The RFC 7638 thumbprint (SHA-256, base64url) of `key`."""
    return key.thumbprint()


def load_jwk(text: str | bytes) -> ECKey:
    """The key in a JWK (RFC 7517). Raises InputRefused (CER-008) unless it is an EC P-256 key."""
    try:
        return _key(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise KEY_REFUSED.refuse(f"The key file is not JSON: {error}.") from error


def dump_jwk(key: ECKey) -> str:
    """`key` as a JWK, the private part included. Keep the file readable by its owner only."""
    members = {**key.as_dict(private=key.is_private), **_public_members(key)}
    return json.dumps(members, sort_keys=True, indent=2) + "\n"


def load_pem(data: bytes) -> ECKey:
    """The key in a PEM file (PKCS#8 or SEC 1). Raises InputRefused (CER-008)."""
    try:
        key = ECKey.import_key(data)
    except (ValueError, TypeError, JoseError) as error:
        raise KEY_REFUSED.refuse("The file is not an unencrypted PEM key on P-256.") from error
    return _checked(key)


def dump_pem(key: ECKey) -> bytes:
    """`key` as PEM (PKCS#8), the private part included, without a password."""
    return key.as_pem(private=key.is_private)


def public_jwks(keys: Iterable[ECKey]) -> dict[str, Any]:
    """The JWK set (RFC 7517, section 5) of the public parts, in the order given."""
    return {"keys": [_public_jwk(key) for key in keys]}


def did_web(base_url: str) -> str:
    """The did:web identifier of a base address.

    `https://host:8443/path` becomes `did:web:host%3A8443:path`. Plain http is accepted for this
    computer only, so that a demonstration can run. Raises InputRefused (CER-008) otherwise.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not host or not secure or parts.query or parts.fragment or parts.username:
        raise KEY_REFUSED.refuse(
            f"{base_url!r} cannot be an issuer's address.",
            hint="Give an https address without query, for example https://labels.example.com.",
        )
    segments = [segment for segment in parts.path.split("/") if segment]
    return ":".join(["did:web", quote(parts.netloc, safe=""), *(quote(s) for s in segments)])


def did_document(did: str, jwks: Mapping[str, Any]) -> dict[str, Any]:
    """The DID document of an issuer: every key of `jwks` as a verification method, the signing keys
    for assertions; seals are listed, but assert nothing.

    Served as /.well-known/did.json (or /path/did.json for a did with a path).
    """
    methods = [
        {
            "id": f"{did}#{jwk['kid']}",
            "type": "JsonWebKey",
            "controller": did,
            "publicKeyJwk": dict(jwk),
        }
        for jwk in jwks["keys"]
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [f"{did}#{jwk['kid']}" for jwk in jwks["keys"] if not is_seal(jwk)],
    }


def trusted_keys(document: Mapping[str, Any]) -> tuple[str | None, dict[str, ECKey]]:
    """The issuer's DID (None for a bare set) and the keys by thumbprint, from a JWK set or a DID
    document.

    The thumbprint is computed anew: a key cannot stand under another key's name. Seals are passed
    over: they never vouch for a credential. Of a DID document only those keys count that its
    `assertionMethod` names or holds (DID Core 1.0, section 5.3.2): a key that is listed for another
    purpose, or no longer for any, signs no certificate.
    Raises InputRefused (CER-008) when the document is neither, or holds no such ES256 key.
    """
    did: str | None = None
    jwks: Any = document.get("keys")
    if jwks is None and isinstance(document.get("verificationMethod"), list):
        did = str(document.get("id"))
        jwks = [method.get("publicKeyJwk") for method in _asserting(did, document)]
    jwks = [jwk for jwk in jwks if not is_seal(jwk)] if isinstance(jwks, list) else []
    if not jwks:
        raise KEY_REFUSED.refuse(
            "The document holds no keys that may sign certificates.",
            hint="Give the issuer's did.json or jwks.json; the former names its signing keys in "
            "assertionMethod.",
        )
    keys = [_key(jwk) for jwk in jwks]
    return did, {key_id(key): key for key in keys}


def _asserting(did: str, document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The verification methods that may sign credentials; a name may be relative to the DID."""
    methods = [m for m in document["verificationMethod"] if isinstance(m, Mapping)]
    named = document.get("assertionMethod")
    entries = named if isinstance(named, list) else []
    held = [entry for entry in entries if isinstance(entry, Mapping)]
    ids = {_absolute(did, entry) for entry in entries if isinstance(entry, str)}
    return [*held, *(m for m in methods if _absolute(did, str(m.get("id"))) in ids)]


def _absolute(did: str, name: str) -> str:
    return f"{did}{name}" if name.startswith("#") else name


def _key(members: Any) -> ECKey:
    if not isinstance(members, dict) or members.get("kty") != "EC" or members.get("crv") != CURVE:
        raise KEY_REFUSED.refuse("The key is not an elliptic-curve key on P-256.")
    try:
        key = ECKey.import_key(
            {name: members[name] for name in ("x", "y", "d") if name in members}
            | {"kty": "EC", "crv": CURVE}
        )
    except (ValueError, TypeError, KeyError, JoseError) as error:
        raise KEY_REFUSED.refuse(f"The key cannot be read: {error}.") from error
    return _checked(key)


def _checked(key: ECKey) -> ECKey:
    if key.curve_name != CURVE:
        raise KEY_REFUSED.refuse(f"The key is on {key.curve_name}, not on {CURVE}.")
    return key


def _public_members(key: ECKey) -> dict[str, str]:
    return {"kid": key_id(key), "use": "sig", "alg": ALGORITHM}


def _public_jwk(key: ECKey) -> dict[str, Any]:
    return {**key.as_dict(private=False), **_public_members(key)}

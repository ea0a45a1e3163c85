"""Digests as multibase multihashes, the form that W3C and UNTP documents use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from footprint.canonical_fast import canonical_bytes
from footprint.certificates.jose import unpadded_encode

#: Multihash prefix: function 0x12 (sha2-256), length 0x20. Multibase prefix u: base64url unpadded.
_SHA2_256 = bytes((0x12, 0x20))
_BASE64URL = "u"


def document_multihash(document: Mapping[str, Any]) -> str:
    """SHA-256 of the RFC 8785 form of `document`, as a multibase multihash."""
    return _written(hashlib.sha256(canonical_bytes(document)).digest())


def hash_multihash(content_hash: str) -> str:
    """`sha256:<hexadecimal>` as a multibase multihash. Raises ValueError for another form."""
    algorithm, _, digits = content_hash.partition(":")
    digest = bytes.fromhex(digits)
    if algorithm != "sha256" or len(digest) != 32:
        raise ValueError(f"{content_hash[:80]!r} is not a SHA-256 content hash")
    return _written(digest)


def _written(digest: bytes) -> str:
    return _BASE64URL + unpadded_encode(_SHA2_256 + digest)

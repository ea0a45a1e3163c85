"""Status lists: one bit per certificate, published as signed credentials (W3C Bitstring Status
List 1.0). One list says which certificates are revoked, another which are suspended, a third which
were replaced by a newer one (purpose "refresh", section 2.2).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from joserfc.jwk import ECKey

from footprint.certificates.faults import STATUS_LIST_BROKEN
from footprint.certificates.jose import sign, unpadded_decode, unpadded_encode

Purpose = Literal["revocation", "suspension", "refresh"]
PURPOSES: tuple[Purpose, ...] = ("revocation", "suspension", "refresh")
#: Entries of a list: the smallest length allowed (section 5.1: 16 KB), so that a reader of a list
#: cannot tell whom it asks about.
LENGTH = 131_072
#: How long a list may be relied on by someone who keeps a copy.
LIFETIME = timedelta(days=1)
#: A list of another issuer may be longer; 64 times as long is read, anything above is a bomb.
_MAX_BYTES = 64 * LENGTH // 8
_GZIP = 31
_MULTIBASE = "u"


def list_name(purpose: Purpose, number: int) -> str:
    """`revocation-1`: the last part of a list's address."""
    return f"{purpose}-{number}"


def list_url(base_url: str, purpose: Purpose, number: int) -> str:
    """Where a list is published."""
    return f"{base_url}/v1/status/{list_name(purpose, number)}"


def issue_status_list(
    base_url: str,
    issuer_did: str,
    purpose: Purpose,
    number: int,
    set_indices: Iterable[int],
    key: ECKey,
    *,
    valid_from: datetime,
    valid_until: datetime,
) -> str:
    """A signed list (compact JWS) in which the bits of `set_indices` are 1.

    `valid_until` bounds how long a copy may be used. Raises ValueError for an index outside the
    list or a time without zone.
    """
    if valid_from.tzinfo is None or valid_until.tzinfo is None:
        raise ValueError("the times of a status list need a time zone")
    url = list_url(base_url, purpose, number)
    payload = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did,
        "validFrom": valid_from.isoformat(),
        "validUntil": valid_until.isoformat(),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode_bits(set_indices),
        },
    }
    return sign(payload, issuer_did, key)


def encode_bits(set_indices: Iterable[int]) -> str:
    """The multibase form of a list. Index 0 is the most significant bit of the first byte."""
    bits = bytearray(LENGTH // 8)
    for index in set_indices:
        if not 0 <= index < LENGTH:
            raise ValueError(f"status index {index} is outside 0 to {LENGTH - 1}")
        bits[index // 8] |= 0x80 >> index % 8
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return _MULTIBASE + unpadded_encode(packer.compress(bytes(bits)) + packer.flush())


def decode_bits(encoded: Any) -> bytes:
    """The bits of an `encodedList`. Raises InputRefused (CER-009), also for a gzip bomb."""
    if not isinstance(encoded, str) or not encoded.startswith(_MULTIBASE):
        raise STATUS_LIST_BROKEN.refuse("The list does not start with the multibase letter u.")
    try:
        packed = unpadded_decode(encoded[1:])
        unpacker = zlib.decompressobj(_GZIP)
        bits = unpacker.decompress(packed, _MAX_BYTES + 1)
    except (ValueError, zlib.error) as error:
        raise STATUS_LIST_BROKEN.refuse(f"The list cannot be unpacked: {error}.") from error
    if not unpacker.eof or len(bits) > _MAX_BYTES:
        raise STATUS_LIST_BROKEN.refuse(f"The list is cut short or over {_MAX_BYTES} bytes.")
    if len(bits) < LENGTH // 8:
        raise STATUS_LIST_BROKEN.refuse(f"The list has {len(bits)} bytes, under {LENGTH // 8}.")
    return bits


def bit(bits: bytes, index: int) -> bool:
    """The status at `index`. Raises InputRefused (CER-009) outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise STATUS_LIST_BROKEN.refuse(f"Index {index} is outside the list of {len(bits) * 8}.")
    return bool(bits[index // 8] & 0x80 >> index % 8)

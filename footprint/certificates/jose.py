"""Sign and open compact JWS documents of type `vc+jwt` with ES256, and nothing else.

The form is the enveloping proof of the W3C recommendation "Securing Verifiable Credentials using
JOSE and COSE". Opening is strict on purpose: one algorithm, one type, four header members, a key
that the verifier already holds, and one way only to write each byte in base64url.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from footprint.canonical_fast import canonical_bytes
from footprint.certificates.faults import (
    ALGORITHM,
    HEADER,
    SIGNATURE,
    TOKEN_TYPE,
    TOKEN_UNREADABLE,
    UNKNOWN_KEY,
)
from footprint.certificates.keys import ALGORITHM as ES256
from footprint.certificates.keys import key_id
from footprint.faults import Fault
from footprint.printable import unprintable_in

TYPE = "vc+jwt"
#: The head of the register's log. A type of its own: it can never pass for a certificate.
LOG_HEAD_TYPE = "register-head+jwt"
#: Far above any certificate or status list; refuses what would only cost time.
MAX_BYTES = 200_000
_HEADER_MEMBERS = frozenset(("alg", "typ", "cty", "kid"))
#: The checks of `open_signed` in order; a failure names the one it happened in.
STEPS = ("format", "algorithm", "type", "header", "key", "signature")


@dataclass(frozen=True, slots=True)
class Opened:
    """An authentic document: the DID that its key id names, and what it says."""

    did: str
    payload: dict[str, Any]


class RefusedError(Exception):
    """A signed document failed at `step` (one of `STEPS`); `fault` has the stable code."""

    def __init__(self, step: str, fault: Fault, says: str, says_zh: str) -> None:
        super().__init__(says)
        self.step, self.fault, self.says, self.says_zh = step, fault, says, says_zh


def sign(payload: Mapping[str, Any], did: str, key: ECKey, document_type: str = TYPE) -> str:
    """`payload` in canonical JSON, signed with `key`, whose id is written as a DID URL.

    ECDSA draws a fresh random number, so two signatures of the same payload differ.
    """
    header = {"alg": ES256, "typ": document_type, "kid": f"{did}#{key_id(key)}"}
    if document_type == TYPE:
        header["cty"] = "vc"
    return jws.serialize_compact(header, canonical_bytes(payload), key, algorithms=[ES256])


def open_signed(token: str | bytes, keys: Mapping[str, ECKey], document_type: str = TYPE) -> Opened:
    """The payload of an authentic token. Raises RefusedError, whatever the token holds."""
    text = _as_text(token)
    header, payload = _decoded(text)
    algorithm = header.get("alg")
    if algorithm != ES256:
        raise RefusedError(
            "algorithm",
            ALGORITHM,
            f"The algorithm is {_short(algorithm)}; only {ES256} is accepted.",
            f"签名算法为 {_short(algorithm)}，仅接受 {ES256}。",
        )
    if header.get("typ") != document_type:
        raise RefusedError(
            "type",
            TOKEN_TYPE,
            f"The document type is {_short(header.get('typ'))}, not {document_type}.",
            f"文件类型为 {_short(header.get('typ'))}，应为 {document_type}。",
        )
    extra = sorted(set(header) - _HEADER_MEMBERS)
    if extra:
        raise RefusedError(
            "header",
            HEADER,
            f"The header holds {_short(extra[0])}; keys are taken from the issuer's set only.",
            f"签名头包含 {_short(extra[0])}；密钥只取自签发者公布的密钥集。",
        )
    did, _, thumbprint = str(header.get("kid")).partition("#")
    key = keys.get(thumbprint)
    if key is None:
        raise RefusedError(
            "key",
            UNKNOWN_KEY,
            f"The key {_short(thumbprint)} is not in the issuer's key set.",
            f"密钥 {_short(thumbprint)} 不在签发者的密钥集中。",
        )
    try:
        jws.deserialize_compact(text, key, algorithms=[ES256])
    except (JoseError, ValueError) as error:
        raise RefusedError(
            "signature",
            SIGNATURE,
            "The signature does not match: the content was changed or signed with another key.",
            "签名不匹配：内容被改动，或由其他密钥签名。",
        ) from error
    return Opened(did, payload)


def named_key(token: str) -> str:
    """The id (RFC 7638 thumbprint) of the key that a token names; empty where it names none.

    Nothing is checked. Never raises.
    """
    try:
        header, _ = _decoded(_as_text(token))
    except RefusedError:
        return ""
    return str(header.get("kid")).partition("#")[2]


def _as_text(token: str | bytes) -> str:
    try:
        text = token.decode("ascii") if isinstance(token, bytes) else token
    except UnicodeDecodeError as error:
        raise _unreadable("it is not plain text", "不是纯文本") from error
    if len(text) > MAX_BYTES:
        raise _unreadable(f"it is longer than {MAX_BYTES} characters", f"超过 {MAX_BYTES} 个字符")
    return text.strip()


def _decoded(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = text.split(".")
    if len(parts) != 3:
        raise _unreadable("it does not have three parts", "不是由三部分组成")
    try:
        header, payload, _ = (unpadded_decode(part) for part in parts)
        return json_object(header), json_object(payload)
    except (ValueError, RecursionError) as error:
        raise _unreadable(
            "it is not base64url of JSON objects", "不是 base64url 编码的 JSON 对象"
        ) from error


def _unreadable(why: str, why_zh: str) -> RefusedError:
    return RefusedError(
        "format",
        TOKEN_UNREADABLE,
        f"The credential cannot be read: {why}.",
        f"无法读取凭证：{why_zh}。",
    )


def unpadded_decode(text: str) -> bytes:
    """Base64url without padding. Raises ValueError unless `text` is the one way to write it."""
    try:
        data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64url") from error
    if unpadded_encode(data) != text:
        raise ValueError("not the canonical base64url form")
    return data


def unpadded_encode(data: bytes) -> str:
    """`data` in base64url without padding (RFC 4648, section 5)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def json_object(data: str | bytes) -> dict[str, Any]:
    """A JSON object in which no name stands twice: readers disagree on which one counts.

    Raises ValueError, or RecursionError for absurd nesting.
    """
    value = json.loads(data, object_pairs_hook=_unique)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    if unprintable_in(value):
        raise ValueError("a text holds a control character")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice in a JSON object")
    return members


def _short(value: object) -> str:
    return repr(value)[:60]

"""Signatures of webhooks, as Standard Webhooks describes them, so that kept libraries check them.

Signed are the message's id, the time of this attempt and the body; a receiver refuses what is old.
Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence


def signed_headers(
    message: str, seconds: int, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """Headers of an attempt at `seconds` (Unix time), with a signature of each secret (`whsec_` and
    base64): while a secret is replaced, either is accepted. Raises ValueError for another secret.
    """
    content = f"{message}.{seconds}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(_signature(one, content) for one in secrets),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()

"""From an idempotency key and the content of a request to the request's identity."""

from __future__ import annotations

from typing import Any

from api.faults import KEY_INVALID
from api.store.idempotency import Request
from footprint.canonical import content_hash

MAX_KEY_LENGTH = 255


def creation(tenant: str, key: str | None, content: list[Any]) -> Request | None:
    """The identity of a request that creates something; None when it came without a key.

    Raises ServiceRefused API-402 for a key that is empty, too long or not printable ASCII.
    """
    if key is None:
        return None
    if not 0 < len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise KEY_INVALID.refuse(
            f"An idempotency key has 1 to {MAX_KEY_LENGTH} printable ASCII characters.",
            "A random UUID makes a good key.",
        )
    return Request(tenant, key, content_hash(content))

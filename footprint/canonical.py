"""Canonical JSON and its hash: the same value gives the same bytes, everywhere.

RFC 8785 (JSON Canonicalization Scheme) through the `rfc8785` library.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_json(value: Any) -> bytes:
    """`value` as RFC 8785 JSON. Raises `rfc8785.CanonicalizationError` for NaN and infinities."""
    return rfc8785.dumps(value)


def content_hash(value: Any) -> str:
    """`sha256:` and the hexadecimal digest of the canonical JSON of `value`."""
    return "sha256:" + hashlib.sha256(canonical_json(value)).hexdigest()


def bytes_hash(data: bytes) -> str:
    """`sha256:` and the hexadecimal digest of `data`."""
    return "sha256:" + hashlib.sha256(data).hexdigest()

"""Claims that certificates and status lists share, read without trusting their form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def issuer_of(payload: Mapping[str, Any]) -> str:
    """The issuer's id, whether written as text or inside an object; empty for anything else."""
    issuer = payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named if isinstance(named, str) else ""


def moment(value: Any) -> datetime | None:
    """An RFC 3339 time with zone, or None for anything else."""
    try:
        parsed = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo is not None else None

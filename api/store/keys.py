"""Public halves of the signing keys. They are kept for good: old certificates need them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select

from api.store.database import UnitOfWork
from api.store.tables import signing_keys
from footprint.canonical import canonical_json


def remember_key(uow: UnitOfWork, key_id: str, public_jwk: dict[str, Any], at: datetime) -> None:
    """Store a public key; does nothing when it is known."""
    if not uow.connection.scalar(select(exists().where(signing_keys.c.id == key_id))):
        uow.connection.execute(
            insert(signing_keys).values(
                id=key_id, public_jwk=canonical_json(public_jwk).decode(), created_at=at
            )
        )


def public_keys(uow: UnitOfWork) -> tuple[dict[str, Any], ...]:
    """All public keys as JWKs, oldest first."""
    query = select(signing_keys.c.public_jwk).order_by(signing_keys.c.created_at, signing_keys.c.id)
    return tuple(json.loads(text) for text in uow.connection.scalars(query))

"""Public halves of the keys that sign and seal. They are kept for good: old certificates need
them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select, update

from api.store.audit import AuditEntry, entries_of
from api.store.database import Database, UnitOfWork
from api.store.rows import columns, record
from api.store.tables import signing_keys
from footprint.canonical import canonical_json


@dataclass(frozen=True, slots=True)
class KnownKey:
    """The public half of a key, since when it is used, and since when it counts as leaked."""

    id: str
    public_jwk: str
    created_at: datetime
    leaked_at: datetime | None

    @property
    def jwk(self) -> dict[str, Any]:
        """The key as a JWK."""
        parsed: dict[str, Any] = json.loads(self.public_jwk)
        return parsed


def publish_keys(database: Database, public: Mapping[str, dict[str, Any]], at: datetime) -> None:
    """Store those of the public keys, by id, that are not stored yet. Where all are, nothing is
    written: a copy of a store that cannot be written answers too."""
    with database.reading() as uow:
        known = {key.id for key in known_keys(uow)}
    missing = [key_id for key_id in public if key_id not in known]
    if missing:
        with database.writing() as uow:
            for key_id in missing:
                _remember(uow, key_id, public[key_id], at)


def _remember(uow: UnitOfWork, key_id: str, public_jwk: dict[str, Any], at: datetime) -> None:
    if uow.connection.scalar(select(exists().where(signing_keys.c.id == key_id))):
        return  # another process stored it meanwhile
    uow.connection.execute(
        insert(signing_keys).values(
            id=key_id,
            public_jwk=canonical_json(public_jwk).decode(),
            created_at=at,
            leaked_at=None,
        )
    )


_ALL_KEYS = select(*columns(KnownKey, signing_keys)).order_by(
    signing_keys.c.created_at, signing_keys.c.id
)


def known_keys(uow: UnitOfWork) -> tuple[KnownKey, ...]:
    """All keys that ever signed or sealed, oldest first, leaked ones included. One that the log
    says has leaked stays so, whatever its row says."""
    found = stored_keys(uow)
    return with_leaks(found, entries_of(uow, [key.id for key in found]))


def stored_keys(uow: UnitOfWork) -> list[KnownKey]:
    """All keys as their rows tell them, oldest first: only `with_leaks` can they be trusted."""
    return [record(KnownKey, row) for row in uow.connection.execute(_ALL_KEYS)]


def with_leaks(
    keys: Sequence[KnownKey], entries: Mapping[str, Sequence[AuditEntry]]
) -> tuple[KnownKey, ...]:
    """Keys with what the log tells of leaks; `entries`: at least those about each of the keys."""
    leaked = dict(_logged_leaks([one for key in keys for one in entries[key.id]]))
    return tuple(replace(key, leaked_at=key.leaked_at or leaked.get(key.id)) for key in keys)


def _logged_leaks(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, datetime]]:
    """Keys that leaked and when. A rotation is an entry about the new key, and names the old
    one."""
    for entry in entries:
        if entry.action in ("key.leaked", "seal.leaked"):
            yield entry.subject, entry.at
        elif entry.action in ("key.rotated", "seal.rotated"):
            facts = json.loads(entry.facts)
            if facts.get("leaked"):
                yield facts["from"], entry.at


def mark_leaked(uow: UnitOfWork, key_id: str, at: datetime) -> bool:
    """Take a key out of the published set; whether it was in it."""
    query = (
        update(signing_keys)
        .where(signing_keys.c.id == key_id, signing_keys.c.leaked_at.is_(None))
        .values(leaked_at=at)
    )
    return uow.connection.execute(query).rowcount == 1

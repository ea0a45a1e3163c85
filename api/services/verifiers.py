"""The register of verifiers: one for the installation, kept by its owner, read by everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.faults import FORBIDDEN, KEY_TAKEN, UNKNOWN_VERIFIER
from api.services.access import DEFAULT_TENANT
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.tenants import Actor
from api.store.verifiers import (
    StoredVerifier,
    VerifierKey,
    add_verifier,
    add_verifier_key,
    change_verifier,
    find_verifier,
    find_verifier_key,
    keys_of_verifiers,
    list_verifiers,
    withdraw_verifier_key,
)
from footprint.canonical import bytes_hash, canonical_json
from footprint.certificates.keys import key_id, load_jwk, public_jwks
from footprint.verifiers.entry import VerifierEntry, entry_from_values
from footprint.verifiers.published import PublishedKey, PublishedVerifier


@dataclass(frozen=True, slots=True)
class Verifiers:
    """Who may verify. Whoever registers a verifier vouches for having looked up its accreditation;
    every change stands in the log."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def add(self, actor: Actor, entry: VerifierEntry) -> PublishedVerifier:
        """A new verifier, without a key yet. Raises ServiceRefused API-102 (no owner of the
        installation), API-002; InputRefused (CER-003, CER-004) for a name that cannot be printed.
        """
        _need_keeper(actor)
        now, text = self.clock(), _entry_text(entry)
        made = StoredVerifier(str(UUID(bytes=self.entropy(16), version=4)), text, now, now)
        with self.database.writing() as uow:
            add_verifier(uow, made)
            append(uow, actor, now, "verifier.registered", made.id, _facts(entry, text))
        return _published(made, ())

    def change(self, actor: Actor, verifier: str, entry: VerifierEntry) -> PublishedVerifier:
        """Other facts for a verifier: another scope, an end, a conflict. What was relied on before
        stays as it was signed. Raises as `add` does, and API-226."""
        _need_keeper(actor)
        now, text = self.clock(), _entry_text(entry)
        with self.database.writing() as uow:
            if not change_verifier(uow, verifier[:64], text, now):
                raise _unknown(verifier)
            append(uow, actor, now, "verifier.changed", verifier, _facts(entry, text))
            return self._one(uow, verifier)

    def add_key(self, actor: Actor, verifier: str, jwk: str | bytes) -> PublishedVerifier:
        """Another public key of a verifier; of a private one only the public half is read.

        Raises ServiceRefused API-102, API-226, API-525 (somebody has it); InputRefused (CER-008).
        """
        _need_keeper(actor)
        key, now = load_jwk(jwk), self.clock()
        (public,) = public_jwks([key])["keys"]
        made = VerifierKey(key_id(key), verifier[:64], canonical_json(public).decode(), now)
        try:
            with self.database.writing() as uow:
                self._one(uow, verifier)
                add_verifier_key(uow, made)
                append(uow, actor, now, "verifier.key-added", verifier, {"key": made.id})
                return self._one(uow, verifier)
        except IntegrityError:
            raise KEY_TAKEN.refuse(
                f"The key {made.id} is in the register already.",
                "Let the verifier make a key of its own.",
            ) from None

    def withdraw_key(self, actor: Actor, verifier: str, key: str) -> PublishedVerifier:
        """Let nothing count that a key signed: it was lost, or got into other hands. Raises
        ServiceRefused API-102, API-226."""
        _need_keeper(actor)
        now = self.clock()
        with self.database.writing() as uow:
            if not withdraw_verifier_key(uow, verifier[:64], key[:64], now):
                self._one(uow, verifier)
                raise _unknown(key)
            append(uow, actor, now, "verifier.key-withdrawn", verifier, {"key": key[:64]})
            return self._one(uow, verifier)

    def get(self, verifier: str) -> PublishedVerifier:
        """A verifier, for everybody. Raises ServiceRefused API-226."""
        with self.database.reading() as uow:
            return self._one(uow, verifier)

    def listed(
        self, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[tuple[PublishedVerifier, datetime]]:
        """All verifiers and since when they are registered, newest first."""
        with self.database.reading() as uow:
            rows = list_verifiers(uow, limit, after)
            keys = keys_of_verifiers(uow, [row.id for row in rows])
        return [(_published(row, keys[row.id]), row.created_at) for row in rows]

    def _one(self, uow: UnitOfWork, verifier: str) -> PublishedVerifier:
        found = verifier_in(uow, verifier)
        if found is None:
            raise _unknown(verifier)
        return found


def verifier_in(uow: UnitOfWork, verifier: str) -> PublishedVerifier | None:
    """The verifier of this id as the register publishes it."""
    row = find_verifier(uow, verifier[:64])
    return None if row is None else _published(row, keys_of_verifiers(uow, [row.id])[row.id])


def verifier_signing(uow: UnitOfWork, key: str) -> PublishedVerifier | None:
    """The verifier whose key this is."""
    found = find_verifier_key(uow, key[:64])
    return None if found is None else verifier_in(uow, found.verifier)


def _published(row: StoredVerifier, keys: Sequence[VerifierKey]) -> PublishedVerifier:
    found = [
        PublishedKey(
            load_jwk(one.public_jwk),
            one.since.astimezone(UTC).date(),
            None if one.withdrawn_at is None else one.withdrawn_at.astimezone(UTC).date(),
        )
        for one in keys
    ]
    return PublishedVerifier(row.id, entry_from_values(json.loads(row.entry)), tuple(found))


def _entry_text(entry: VerifierEntry) -> str:
    """The entry as it is kept; what will be printed of it can be printed."""
    for name in ("name", "body", "accreditation"):
        checked_text(getattr(entry, name), name)
    return canonical_json(entry.document()).decode()


def _facts(entry: VerifierEntry, text: str) -> dict[str, str]:
    return {"name": entry.name, "entry": bytes_hash(text.encode())}


def _need_keeper(actor: Actor) -> None:
    need_role(actor, "owner")
    if actor.tenant != DEFAULT_TENANT:
        raise FORBIDDEN.refuse(
            "The register of verifiers is kept by the owner of the installation.",
            "Ask the owner to register the verifier.",
        )


def _unknown(verifier: str) -> Exception:
    return UNKNOWN_VERIFIER.refuse(
        f"There is no such verifier or key: {verifier[:64]!r}.",
        "GET /v1/verifiers lists all of them.",
    )

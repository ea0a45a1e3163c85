"""The public log of the register: its entries, its signed head, and whether it holds together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.services.keyring import KeyRing
from api.services.people import need_role
from api.store.audit import (
    AuditEntry,
    ChainReport,
    check_chain,
    entries_after,
    hash_at,
    log_head,
    newest_entries,
)
from api.store.database import Database
from api.store.rooms import grants_in
from api.store.staff import members_of
from api.store.tenants import Actor, tokens_of
from footprint.certificates.faults import LOG_BROKEN
from footprint.certificates.register_log import open_head, sign_head


@dataclass(frozen=True, slots=True)
class RegisterLog:
    """Read-only and open to everyone: what is private is in it as a digest only."""

    database: Database
    keyring: KeyRing
    issuer_did: str
    clock: Callable[[], datetime]

    def head(self) -> tuple[int, str, str]:
        """How many entries there are, the newest one's hash, and both signed (compact JWS)."""
        with self.database.reading() as uow:
            entries, head = log_head(uow)
        token = sign_head(self.issuer_did, entries, head, self.clock(), self.keyring.active)
        return entries, head, token

    def entries(self, after: int, limit: int) -> list[dict[str, Any]]:
        """At most `limit` public entries behind entry number `after`, oldest first."""
        with self.database.reading() as uow:
            return [entry.public() for entry in entries_after(uow, after, limit)]

    def newest(self, limit: int, before: int | None = None) -> list[dict[str, Any]]:
        """At most `limit` public entries in front of entry number `before`, newest first."""
        with self.database.reading() as uow:
            return [entry.public() for entry in newest_entries(uow, limit, before=before)]

    def own(
        self, actor: Actor, limit: int, before: int | None = None, kind: str = "", about: str = ""
    ) -> list[AuditEntry]:
        """Whole entries of the actor's tenant, newest first, for its owner; of one kind of action
        or about one subject where these are given. Raises ServiceRefused API-102."""
        need_role(actor, "owner")
        with self.database.reading() as uow:
            return newest_entries(
                uow, limit, tenant=actor.tenant, before=before, kind=kind, about=about
            )

    def names(self, actor: Actor) -> dict[str, str]:
        """Who is behind the names of actors in the log: people, who holds each token, and the
        verifier of each link into a room."""
        with self.database.reading() as uow:
            people = {member.actor.name: member.name for member in members_of(uow, actor.tenant)}
            tokens = tokens_of(uow, actor.tenant)
            rooms = {f"room:{one.id}": one.verifier for one in grants_in(uow, actor.tenant)}
        return people | rooms | {f"token:{one.id}": one.person or one.name for one in tokens}

    def check(self, head: str | bytes | None = None) -> ChainReport:
        """Recompute the whole chain. With a signed `head` fetched earlier, the chain must hold it.

        Raises InputRefused (CER-012) when the head is not authentic or is not in the chain.
        """
        with self.database.reading() as uow:
            report = check_chain(uow)
            if head is not None:
                known = open_head(head, self.keyring.jwks)
                if hash_at(uow, known.entries) != known.head:
                    raise LOG_BROKEN.refuse(
                        f"The signed head of {known.at} names {known.entries} entries; the log "
                        f"has {report.entries}, and not that one: entries were cut off or replaced."
                    )
        return report

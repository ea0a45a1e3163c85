"""Access tokens that people make for themselves: shown once, with an end and with limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from api.faults import FORBIDDEN, INVALID, UNKNOWN_TOKEN
from api.scopes import LEAST, scope_text, unknown_scopes
from api.services.access import new_secret
from api.services.lifecycle import checked_text
from api.services.staff import known_roles
from api.store.audit import append
from api.store.database import Database
from api.store.tenants import (
    AccessToken,
    Actor,
    add_token,
    find_token,
    revoke_token,
    rotate_token,
    tokens_of,
)
from footprint.canonical import bytes_hash

#: For how many days a token may stand.
TERMS = (1, 30, 90, 365)
#: How long a secret counts that was replaced.
OLD_SECRET_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def listed(self, actor: Actor) -> list[AccessToken]:
        """The actor's own tokens, newest first; an owner sees those of everybody."""
        own = None if "owner" in actor.roles else actor.identity
        with self.database.reading() as uow:
            return tokens_of(uow, actor.tenant, own)

    def make(
        self,
        actor: Actor,
        name: str,
        roles: Sequence[str],
        days: int,
        scopes: Sequence[str] = LEAST,
    ) -> tuple[AccessToken, str]:
        """A new token of the actor's and its secret, which is kept nowhere.

        It may do no more than he may, and is used for `scopes` only; where he came by a token that
        ends, it ends with it.
        Raises ServiceRefused API-002 (name, term, roles, scopes), API-102 (more than he may).
        """
        wanted, now = known_roles(roles), self.clock()
        if set(wanted) - set(actor.roles):
            raise FORBIDDEN.refuse("A token may not do more than who makes it.")
        if days not in TERMS:
            raise INVALID.refuse("The form cannot be used: it names no term.")
        if not scopes or unknown_scopes(scopes):
            raise INVALID.refuse("The form cannot be used: it names no scope.")
        secret, ends = new_secret(self.entropy), now + timedelta(days=days)
        with self.database.writing() as uow:
            came_by = find_token(uow, actor.name.removeprefix("token:"))
            if came_by is not None and came_by.expires_at is not None:
                ends = min(ends, came_by.expires_at)
            made = AccessToken(
                id=str(UUID(bytes=self.entropy(16), version=4)),
                tenant=actor.tenant,
                name=checked_text(name, "name"),
                secret_hash=bytes_hash(secret.encode()),
                created_at=now,
                person=actor.identity,
                roles=",".join(wanted),
                expires_at=ends,
                scopes=scope_text(scopes),
            )
            add_token(uow, made)
            facts = {"name": made.name, "roles": made.roles, "by": actor.identity}
            facts["scopes"] = made.scopes
            append(uow, actor, now, "token.made", made.id, facts)
        return made, secret

    def rotate(self, actor: Actor, token: str) -> tuple[AccessToken, str]:
        """Another secret for a token; the present one counts for OLD_SECRET_LIFE more, so that a
        machine changes over without a gap. Raises ServiceRefused API-222."""
        now, secret = self.clock(), new_secret(self.entropy)
        with self.database.writing() as uow:
            found = find_token(uow, token[:64])
            mine = found is not None and found.tenant == actor.tenant and found.stands(now)
            if found is None or not mine or not _may(actor, found):
                raise UNKNOWN_TOKEN.refuse("There is no such token among yours.")
            rotate_token(uow, found.id, bytes_hash(secret.encode()), now + OLD_SECRET_LIFE)
            facts = {"name": found.name, "by": actor.identity}
            append(uow, actor, now, "token.rotated", found.id, facts)
        return found, secret

    def revoke(self, actor: Actor, token: str) -> None:
        """Shut a token out: one's own, an owner any. Raises ServiceRefused API-222."""
        now = self.clock()
        with self.database.writing() as uow:
            found = find_token(uow, token[:64])
            mine = found is not None and found.tenant == actor.tenant
            if found is None or not mine or not _may(actor, found):
                raise UNKNOWN_TOKEN.refuse("There is no such token among yours.")
            if revoke_token(uow, found.id, now):
                facts = {"name": found.name, "by": actor.identity}
                append(uow, actor, now, "token.revoked", found.id, facts)


def _may(actor: Actor, token: AccessToken) -> bool:
    own = token.person == actor.identity or f"token:{token.id}" == actor.name
    return own or "owner" in actor.roles

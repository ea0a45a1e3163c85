"""Sign-in: a link that works once, and the session it opens; or a token that is pasted in."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.faults import LINK_USED, UNAUTHORIZED
from api.services.access import LOCAL, SECRET_BYTES, entry_for
from api.store.database import Database
from api.store.sessions import (
    add_link,
    add_session,
    end_session,
    link_stands,
    session_actor,
    use_link,
)
from api.store.staff import mark_joined
from api.store.tenants import Actor, find_token
from footprint.canonical import bytes_hash

#: How long a link waits for its click, and how long a browser stays signed in.
LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
_TOKEN = "token:"  # noqa: S105 - how actors of tokens are named, no token


@dataclass(frozen=True, slots=True)
class Sessions:
    """Links and sessions of all tenants."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def new_link(self, actor: Actor = LOCAL) -> str:
        """The secret of a new link that signs `actor` in once within `LINK_LIFE`."""
        secret = new_key(self.entropy)
        with self.database.writing() as uow:
            add_link(uow, key_hash(secret), actor, self.clock() + LINK_LIFE)
        return secret

    def stands(self, secret: str) -> bool:
        """Whether a link can still be used. Looking does not use it up."""
        with self.database.reading() as uow:
            return link_stands(uow, key_hash(secret), self.clock())

    def open(self, secret: str) -> str:
        """Use a link up; the secret of the session that it opens. Raises ServiceRefused API-103 for
        a link that is unknown, used or expired."""
        session, now = new_key(self.entropy), self.clock()
        with self.database.writing() as uow:
            actor = use_link(uow, key_hash(secret), now)
            if actor is not None:
                mark_joined(uow, actor, now)
                add_session(uow, key_hash(session), actor, "", now, now + SESSION_LIFE)
        if actor is None:
            raise LINK_USED.refuse(
                "This link was used already, or its time is over.",
                "Ask for a new one; `footprint link` prints one on the machine that serves.",
            )
        return session

    def holds(self, token: str) -> bool:
        """Whether a person may sign in with this access token."""
        return self._person(token) is not None

    def enter(self, token: str) -> str:
        """The secret of a session of whoever holds this access token. Raises ServiceRefused
        API-101."""
        session, now = new_key(self.entropy), self.clock()
        actor = self._person(token)
        if actor is None:
            raise UNAUTHORIZED.refuse(
                "This is no access token that is valid here.", "Copy it whole, with its `fpt_`."
            )
        with self.database.writing() as uow:
            own = actor.name.removeprefix(_TOKEN)
            ends, known = now + SESSION_LIFE, find_token(uow, own)
            if known is not None and known.expires_at is not None:
                ends = min(ends, known.expires_at)
            add_session(uow, key_hash(session), actor, own, now, ends)
        return session

    def _person(self, token: str) -> Actor | None:
        """Whose token it is; nobody's where it is a machine's, which reads no pages."""
        found = entry_for(self.database, token.strip(), self.clock())
        return found[0] if found is not None and "sign-in" in found[1] else None

    def actor(self, secret: str) -> Actor | None:
        """Whom a session is of; None when there is none."""
        with self.database.reading() as uow:
            return session_actor(uow, key_hash(secret), self.clock())

    def close(self, secret: str) -> None:
        """Sign out."""
        with self.database.writing() as uow:
            end_session(uow, key_hash(secret))


def new_key(entropy: Callable[[int], bytes]) -> str:
    """The secret of a new link or session: 256 random bits as they stand in an address."""
    return base64.urlsafe_b64encode(entropy(SECRET_BYTES)).rstrip(b"=").decode()


def key_hash(secret: str) -> str:
    """What is kept of such a secret."""
    return bytes_hash(secret.encode("utf-8", "surrogatepass"))

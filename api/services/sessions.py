"""Sign-in: a link that works once, and the session it opens; or a token that is pasted in."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.faults import LINK_USED, UNAUTHORIZED
from api.services.access import LOCAL, SECRET_BYTES, actor_for
from api.store.database import Database
from api.store.sessions import (
    add_link,
    add_session,
    end_session,
    link_stands,
    session_actor,
    use_link,
)
from api.store.tenants import Actor
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
        secret = self._secret()
        with self.database.writing() as uow:
            add_link(uow, _hash(secret), actor, self.clock() + LINK_LIFE)
        return secret

    def stands(self, secret: str) -> bool:
        """Whether a link can still be used. Looking does not use it up."""
        with self.database.reading() as uow:
            return link_stands(uow, _hash(secret), self.clock())

    def open(self, secret: str) -> str:
        """Use a link up; the secret of the session that it opens. Raises ServiceRefused API-103 for
        a link that is unknown, used or expired."""
        session, now = self._secret(), self.clock()
        with self.database.writing() as uow:
            actor = use_link(uow, _hash(secret), now)
            if actor is not None:
                add_session(uow, _hash(session), actor, "", now, now + SESSION_LIFE)
        if actor is None:
            raise LINK_USED.refuse(
                "This link was used already, or its 15 minutes are over.",
                "Start `footprint serve` again, or `footprint link`: it prints a new one.",
            )
        return session

    def holds(self, token: str) -> bool:
        """Whether an access token is valid here."""
        return actor_for(self.database, token.strip()) is not None

    def enter(self, token: str) -> str:
        """The secret of a session of whoever holds this access token. Raises ServiceRefused
        API-101."""
        actor = actor_for(self.database, token.strip())
        if actor is None:
            raise UNAUTHORIZED.refuse(
                "This is no access token that is valid here.", "Copy it whole, with its `fpt_`."
            )
        session, now = self._secret(), self.clock()
        with self.database.writing() as uow:
            own = actor.name.removeprefix(_TOKEN)
            add_session(uow, _hash(session), actor, own, now, now + SESSION_LIFE)
        return session

    def actor(self, secret: str) -> Actor | None:
        """Whom a session is of; None when there is none."""
        with self.database.reading() as uow:
            return session_actor(uow, _hash(secret), self.clock())

    def close(self, secret: str) -> None:
        """Sign out."""
        with self.database.writing() as uow:
            end_session(uow, _hash(secret))

    def _secret(self) -> str:
        return base64.urlsafe_b64encode(self.entropy(SECRET_BYTES)).rstrip(b"=").decode()


def _hash(secret: str) -> str:
    return bytes_hash(secret.encode("utf-8", "surrogatepass"))

"""Sessions of browsers, and the links that open them: secrets are kept as hashes only."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from api.store.console_tables import sessions, sign_in_links
from api.store.database import UnitOfWork
from api.store.tables import access_tokens
from api.store.tenants import ALL_ROLES, Actor


def add_link(uow: UnitOfWork, secret_hash: str, actor: Actor, expires_at: datetime) -> None:
    """Store a link that signs `actor` in once, until `expires_at`."""
    values = {"secret_hash": secret_hash, "tenant": actor.tenant, "expires_at": expires_at}
    uow.connection.execute(insert(sign_in_links).values(actor=_text(actor), **values))


def link_stands(uow: UnitOfWork, secret_hash: str, now: datetime) -> bool:
    """Whether there is such a link, unused and not expired."""
    table = sign_in_links
    query = select(table.c.secret_hash).where(
        table.c.secret_hash == secret_hash, table.c.used_at.is_(None), table.c.expires_at > now
    )
    return uow.connection.scalar(query) is not None


def use_link(uow: UnitOfWork, secret_hash: str, now: datetime) -> Actor | None:
    """Use a link up; whom it signs in, or None when it is unknown, used or expired. Of two that
    come at once one is let in: the row is changed under its own condition."""
    table = sign_in_links
    taken = uow.connection.execute(
        update(table)
        .where(
            table.c.secret_hash == secret_hash,
            table.c.used_at.is_(None),
            table.c.expires_at > now,
        )
        .values(used_at=now)
    )
    if taken.rowcount != 1:
        return None
    row = uow.connection.execute(
        select(table.c.actor).where(table.c.secret_hash == secret_hash)
    ).one()
    return _actor(row.actor)


def add_session(
    uow: UnitOfWork,
    secret_hash: str,
    actor: Actor,
    token: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Store a session, and forget those and the links that are over."""
    uow.connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    uow.connection.execute(delete(sign_in_links).where(sign_in_links.c.expires_at <= now))
    uow.connection.execute(
        insert(sessions).values(
            secret_hash=secret_hash,
            tenant=actor.tenant,
            actor=_text(actor),
            token=token,
            created_at=now,
            expires_at=expires_at,
        )
    )


#: Made once: every page of somebody who is signed in asks them.
_SESSION = select(sessions.c.actor, sessions.c.token).where(
    sessions.c.secret_hash == bindparam("secret"), sessions.c.expires_at > bindparam("now")
)
_TOKEN = select(access_tokens.c.id).where(
    access_tokens.c.id == bindparam("token"), access_tokens.c.revoked_at.is_(None)
)


def session_actor(uow: UnitOfWork, secret_hash: str, now: datetime) -> Actor | None:
    """Whom a session is of; None when it is unknown or over, or its token was revoked."""
    row = uow.connection.execute(_SESSION, {"secret": secret_hash, "now": now}).one_or_none()
    if row is None:
        return None
    if row.token and uow.connection.scalar(_TOKEN, {"token": row.token}) is None:
        return None
    return _actor(row.actor)


def end_session(uow: UnitOfWork, secret_hash: str) -> None:
    """Forget a session."""
    uow.connection.execute(delete(sessions).where(sessions.c.secret_hash == secret_hash))


def end_person(uow: UnitOfWork, tenant: str, person: str) -> None:
    """Forget all links and sessions of a person."""
    for table in (sign_in_links, sessions):
        query = select(table.c.secret_hash, table.c.actor).where(table.c.tenant == tenant)
        theirs = [
            row.secret_hash
            for row in uow.connection.execute(query)
            if json.loads(row.actor)["person"] == person
        ]
        uow.connection.execute(delete(table).where(table.c.secret_hash.in_(theirs)))


def _text(actor: Actor) -> str:
    return json.dumps(asdict(actor), ensure_ascii=False)


def _actor(text: str) -> Actor:
    said = json.loads(text)
    roles = tuple(role for role in ALL_ROLES if role in said["roles"])
    return Actor(said["tenant"], said["name"], said["person"], roles)

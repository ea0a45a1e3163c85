"""Access tokens: made from 256 random bits, shown once, kept as a hash."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.scopes import EVERYTHING, held_scopes
from api.services.keyring import write_secret
from api.store.database import Database
from api.store.faults import TOKEN_EMPTY
from api.store.tenants import (
    ALL_ROLES,
    ROLES,
    AccessToken,
    Actor,
    add_tenant,
    add_token,
    entry_of,
    has_tokens,
    tenant_exists,
)
from footprint.canonical import bytes_hash
from footprint.certificates.lifecycle import Role
from footprint.faults import Where

#: The tenant of an installation that serves one organisation, and of the command line.
DEFAULT_TENANT = "default"
LOCAL = Actor(DEFAULT_TENANT, "local", roles=ALL_ROLES)

#: The file in the store with the first access token.
TOKEN_FILE = "access-token"  # noqa: S105 - a name, no token
SECRET_BYTES = 32
PREFIX = "fpt_"


def new_secret(entropy: Callable[[int], bytes]) -> str:
    """A new token secret: a prefix by which leak scanners know it, and 256 random bits."""
    random = base64.urlsafe_b64encode(entropy(SECRET_BYTES)).rstrip(b"=")
    return PREFIX + random.decode()


def let_in(  # noqa: PLR0913, PLR0917 - a token has so many parts
    database: Database,
    tenant: str,
    name: str,
    secret: str,
    now: datetime,
    id_bytes: bytes,
    person: str = "",
    roles: Sequence[Role] = ROLES,
    scopes: str = EVERYTHING,
) -> str:
    """Store a token for `tenant`, which is made when it is new; returns its id.

    `id_bytes`: 16 random bytes. `person` is who holds it, `roles` what that person may do,
    `scopes` what the token may be used for.
    Raises `sqlalchemy.exc.IntegrityError` when the secret is in use already.
    """
    token = AccessToken(
        id=str(UUID(bytes=id_bytes, version=4)),
        tenant=tenant,
        name=name,
        secret_hash=bytes_hash(secret.encode()),
        created_at=now,
        person=person,
        roles=",".join(roles),
        scopes=scopes,
    )
    with database.writing() as uow:
        if not tenant_exists(uow, tenant):
            add_tenant(uow, tenant, tenant, now)
        add_token(uow, token)
    return token.id


def first_token(
    store_dir: Path, database: Database, now: datetime, entropy: Callable[[int], bytes]
) -> Path:
    """Make sure that someone can come in; returns the path of the file with the first token.

    Once any token is stored nothing is written, so that an owner may delete the file. Raises
    InputRefused (STO-004) for a file that is there and empty.
    """
    path = store_dir / TOKEN_FILE
    with database.reading() as uow:
        if has_tokens(uow):
            return path
    if not path.exists():
        write_secret(path, new_secret(entropy) + "\n")
    secret = path.read_text(encoding="utf-8", errors="replace").strip()
    if not secret:
        raise TOKEN_EMPTY.refuse(
            "The file with the first access token is empty, so nobody could come in.",
            Where(str(path)),
            "Delete it and start again: a new one is made.",
        )
    try:
        let_in(database, DEFAULT_TENANT, "first token", secret, now, entropy(16), roles=ALL_ROLES)
    except IntegrityError:
        with database.reading() as uow:  # another process that starts now may have stored it
            if not has_tokens(uow):
                raise
    return path


def entry_for(
    database: Database, secret: str, now: datetime
) -> tuple[Actor, frozenset[str]] | None:
    """Whom `secret` lets in, and with which scopes; None for nobody."""
    with database.reading() as uow:
        found = entry_of(uow, bytes_hash(secret.encode("utf-8", "surrogatepass")), now)
    return None if found is None else (found[0], held_scopes(found[1]))

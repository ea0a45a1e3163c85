"""Tenants, and the access tokens with which their machines come in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import exists, insert, select

from api.store.database import UnitOfWork
from api.store.tables import access_tokens, tenants


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for which tenant. `name` goes into the audit log."""

    tenant: str
    name: str


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token as it is kept: the hash of its secret, never the secret."""

    id: str
    tenant: str
    name: str
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None = None


def tenant_exists(uow: UnitOfWork, tenant: str) -> bool:
    """Whether there is a tenant of this id."""
    return bool(uow.connection.scalar(select(exists().where(tenants.c.id == tenant))))


def add_tenant(uow: UnitOfWork, tenant: str, name: str, at: datetime) -> None:
    """Store a new tenant. Raises `sqlalchemy.exc.IntegrityError` when the id is taken."""
    uow.connection.execute(insert(tenants).values(id=tenant, name=name, created_at=at))


def has_tokens(uow: UnitOfWork) -> bool:
    """Whether any access token was ever made, revoked ones included."""
    return bool(uow.connection.scalar(select(exists().select_from(access_tokens))))


def add_token(uow: UnitOfWork, token: AccessToken) -> None:
    """Store a token. Raises `sqlalchemy.exc.IntegrityError` when its secret is already there."""
    uow.connection.execute(insert(access_tokens).values(asdict(token)))


def actor_of(uow: UnitOfWork, secret_hash: str) -> Actor | None:
    """Whom the secret with this hash lets in; None when it is unknown or revoked.

    The look-up is by hash, so its timing tells nothing about the secret.
    """
    query = select(access_tokens.c.tenant, access_tokens.c.id).where(
        access_tokens.c.secret_hash == secret_hash, access_tokens.c.revoked_at.is_(None)
    )
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else Actor(row.tenant, f"token:{row.id}")

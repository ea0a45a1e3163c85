"""Tenants, and the access tokens with which their machines and people come in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, exists, insert, or_, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, record, record_of
from api.store.tables import access_tokens, tenants
from footprint.certificates.lifecycle import Role

#: What a person may do: make orders, check them, approve (issue them and change their status).
ROLES: tuple[Role, ...] = ("maker", "checker", "approver")
#: Those, and to say who may do what: never given unless it is asked for.
ALL_ROLES: tuple[Role, ...] = (*ROLES, "owner")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for which tenant. `name` goes into the audit log.

    `person` is who holds the token; two tokens of one person are one pair of eyes.
    """

    tenant: str
    name: str
    person: str = ""
    roles: tuple[Role, ...] = ROLES

    @property
    def identity(self) -> str:
        """The person, or the token itself where it names none."""
        return self.person or self.name


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token as it is kept: the hash of its secret, never the secret."""

    id: str
    tenant: str
    name: str
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None = None
    person: str = ""
    roles: str = ",".join(ROLES)
    expires_at: datetime | None = None
    scopes: str = "*"

    def stands(self, now: datetime) -> bool:
        """Whether it lets somebody in."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


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


def all_tokens(uow: UnitOfWork) -> list[AccessToken]:
    """Every token of every tenant, oldest first."""
    query = select(*columns(AccessToken, access_tokens)).order_by(
        access_tokens.c.created_at, access_tokens.c.id
    )
    return [record(AccessToken, row) for row in uow.connection.execute(query)]


def revoke_token(uow: UnitOfWork, token: str, at: datetime) -> bool:
    """Shut a token out for good; whether there was one to shut out."""
    query = (
        update(access_tokens)
        .where(access_tokens.c.id == token, access_tokens.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return uow.connection.execute(query).rowcount == 1


def tokens_of(uow: UnitOfWork, tenant: str, person: str | None = None) -> list[AccessToken]:
    """A tenant's tokens, newest first; of one `person` only where one is given."""
    query = select(*columns(AccessToken, access_tokens)).where(access_tokens.c.tenant == tenant)
    if person is not None:
        query = query.where(access_tokens.c.person == person)
    query = query.order_by(access_tokens.c.created_at.desc(), access_tokens.c.id)
    return [record(AccessToken, row) for row in uow.connection.execute(query)]


def find_token(uow: UnitOfWork, token: str) -> AccessToken | None:
    """The token of this id, revoked or not."""
    return record_of(uow, AccessToken, {access_tokens.c.id: token})


def narrow_token(uow: UnitOfWork, token: str, roles: str) -> None:
    """Give a token other roles."""
    uow.connection.execute(
        update(access_tokens).where(access_tokens.c.id == token).values(roles=roles)
    )


def rotate_token(uow: UnitOfWork, token: str, secret_hash: str, old_until: datetime) -> None:
    """Another secret from now on; the present one counts until `old_until`."""
    values = {
        "old_secret_hash": access_tokens.c.secret_hash,
        "old_secret_until": old_until,
        "secret_hash": secret_hash,
    }
    uow.connection.execute(update(access_tokens).where(access_tokens.c.id == token).values(values))


def actor_of(uow: UnitOfWork, secret_hash: str, now: datetime) -> Actor | None:
    """Whom the secret with this hash lets in; None when it is unknown, revoked or over."""
    found = entry_of(uow, secret_hash, now)
    return None if found is None else found[0]


def _let_in(table: Table) -> Select[Any]:
    """Tokens that the secret with the hash `secret` opens `now`."""
    now: Any = bindparam("now", type_=table.c.expires_at.type)
    secret: Any = bindparam("secret", type_=table.c.secret_hash.type)
    old = and_(table.c.old_secret_hash == secret, table.c.old_secret_until > now)
    return select(table.c.tenant, table.c.id, table.c.person, table.c.roles, table.c.scopes).where(
        or_(table.c.secret_hash == secret, old),
        table.c.revoked_at.is_(None),
        or_(table.c.expires_at.is_(None), table.c.expires_at > now),
    )


#: Asked in nearly every request; made once, for making it took longer than answering it.
_LET_IN = _let_in(access_tokens)


def entry_of(uow: UnitOfWork, secret_hash: str, now: datetime) -> tuple[Actor, str] | None:
    """Whom the secret with this hash lets in, and for what (its scopes as they are stored). A
    secret that was rotated counts until its time is over.

    The look-up is by hash, so its timing tells nothing about the secret.
    """
    row = uow.connection.execute(_LET_IN, {"secret": secret_hash, "now": now}).one_or_none()
    if row is None:
        return None
    given = row.roles.split(",")
    roles = tuple(role for role in ALL_ROLES if role in given)
    return Actor(row.tenant, f"token:{row.id}", row.person, roles), row.scopes

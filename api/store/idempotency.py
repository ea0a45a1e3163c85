"""Idempotency keys: the same request sent twice creates one thing and gets one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from api.faults import KEY_REUSED
from api.store.database import UnitOfWork
from api.store.tables import idempotency_keys


@dataclass(frozen=True, slots=True)
class Request:
    """A request that creates something: whose, under which key, and the hash of what it asks."""

    tenant: str
    key: str
    hash: str


def earlier_resource(uow: UnitOfWork, request: Request) -> str | None:
    """The id of what this request created before; None when it is new.

    Raises `ServiceRefused` API-401 when the key was used for a request with another content.
    """
    query = select(idempotency_keys.c.request_hash, idempotency_keys.c.resource).where(
        idempotency_keys.c.tenant == request.tenant, idempotency_keys.c.key == request.key
    )
    row = uow.connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.request_hash != request.hash:
        raise KEY_REUSED.refuse(
            f"The key {request.key!r} was sent before with a request of another content.",
            "Use a new key for a new request; repeat a request unchanged to get its answer again.",
        )
    return str(row.resource)


def claim(uow: UnitOfWork, request: Request, resource: str, at: datetime) -> str:
    """Reserve the key for `resource` in this transaction; returns whose it is in the end.

    When another transaction was faster, that is the other's resource, and the caller must not
    store its own. Raises as `earlier_resource` does.
    """
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(
                insert(idempotency_keys).values(
                    tenant=request.tenant,
                    key=request.key,
                    request_hash=request.hash,
                    resource=resource,
                    created_at=at,
                )
            )
    except IntegrityError:
        earlier = earlier_resource(uow, request)
        if earlier is None:
            raise
        return earlier
    return resource

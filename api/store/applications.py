"""Applications: orders for certificates on their way through maker, checker and approver."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from dataclasses import replace as with_changes
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select, update

from api.store.database import UnitOfWork
from api.store.rows import columns, newest_first, record, record_of
from api.store.tables import applications
from footprint.certificates.lifecycle import ApplicationState


@dataclass(frozen=True, slots=True)
class Application:
    """An order for a certificate. `number` is the certificate that came of it."""

    id: str
    tenant: str
    state: ApplicationState
    footprint: str
    scheme: str
    tier: str
    evidence: str
    months: int | None
    replaces: str | None
    replace: bool
    created_at: datetime
    changed_at: datetime
    maker: str
    checker: str
    approver: str
    note: str
    number: str | None


def add_application(uow: UnitOfWork, application: Application) -> None:
    """Store a new application. Raises `sqlalchemy.exc.IntegrityError` for an unknown footprint."""
    uow.connection.execute(insert(applications).values(asdict(application)))


def find_application(uow: UnitOfWork, tenant: str, application: str) -> Application | None:
    """The tenant's application of this id; None when there is none, or it is another tenant's."""
    wanted = {applications.c.tenant: tenant, applications.c.id: application}
    return record_of(uow, Application, wanted)


def move_application(
    uow: UnitOfWork, application: Application, state: ApplicationState, at: datetime, **changes: Any
) -> Application | None:
    """The application in another state; None when somebody moved it meanwhile."""
    values = {"state": state, "changed_at": at, **changes}
    query = (
        update(applications)
        .where(
            applications.c.tenant == application.tenant,
            applications.c.id == application.id,
            applications.c.state == application.state,
            applications.c.changed_at == application.changed_at,
        )
        .values(values)
    )
    if uow.connection.execute(query).rowcount != 1:
        return None
    return with_changes(application, **values)


def list_applications(
    uow: UnitOfWork,
    tenant: str,
    state: ApplicationState | None,
    limit: int,
    after: tuple[datetime, str] | None = None,
) -> list[Application]:
    """The tenant's applications, oldest first, behind `after` (time and id of the last one)."""
    query = select(*columns(Application, applications)).where(applications.c.tenant == tenant)
    if state is not None:
        query = query.where(applications.c.state == state)
    if after is not None:
        at, last = after
        query = query.where(
            or_(
                applications.c.created_at > at,
                and_(applications.c.created_at == at, applications.c.id > last),
            )
        )
    query = query.order_by(applications.c.created_at, applications.c.id).limit(limit)
    return [record(Application, row) for row in uow.connection.execute(query)]


def open_applications(uow: UnitOfWork, tenant: str, limit: int) -> list[Application]:
    """The tenant's applications that came to no end yet, the longest unchanged first."""
    query = (
        select(*columns(Application, applications))
        .where(
            applications.c.tenant == tenant,
            applications.c.state.in_(("draft", "returned", "submitted", "checked")),
        )
        .order_by(applications.c.changed_at, applications.c.id)
        .limit(limit)
    )
    return [record(Application, row) for row in uow.connection.execute(query)]


def ended_applications(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[Application]:
    """The tenant's applications that were issued or withdrawn, the newest end first, behind
    `after` (time of the end and id of the last one)."""
    query = select(*columns(Application, applications)).where(
        applications.c.tenant == tenant, applications.c.state.in_(("issued", "withdrawn"))
    )
    query = newest_first(query, applications.c.changed_at, applications.c.id, limit, after)
    return [record(Application, row) for row in uow.connection.execute(query)]

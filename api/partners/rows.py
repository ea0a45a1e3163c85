"""Rows of partners, their tokens, and the events between us."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.partners.model import CREATED, EventState, Partner, ReceivedEvent, SentEvent
from api.scopes import PARTNER_SCOPES, scope_text
from api.store.database import UnitOfWork
from api.store.outbox import LONGEST_SAID, anything_due, end_try, take_due
from api.store.partner_tables import events_received, events_sent, partner_tokens, partners
from api.store.rows import columns, newest_first, record, records_of
from api.store.supplier_pcfs import end_ask, fail_asks

_Place = tuple[datetime, str] | None


def add_partner(uow: UnitOfWork, partner: Partner, secret_hash: str) -> None:
    """Store a new partner with the hash of its secret."""
    values = {**asdict(partner), "secret_hash": secret_hash, "old_secret_hash": ""}
    uow.connection.execute(insert(partners).values(values))


def change_partner(uow: UnitOfWork, partner: Partner) -> None:
    """Store where a partner's server is, and who we are there."""
    values = {
        name: getattr(partner, name) for name in ("events_url", "auth_url", "their_client_id")
    }
    uow.connection.execute(update(partners).where(partners.c.id == partner.id).values(**values))


def change_scopes(uow: UnitOfWork, partner: Partner, scopes: str) -> None:
    """Store what a partner may do; its tokens can do no more at once."""
    uow.connection.execute(
        update(partners).where(partners.c.id == partner.id).values(scopes=scopes)
    )


def find_partner(uow: UnitOfWork, tenant: str, partner: str) -> Partner | None:
    """The tenant's partner of this id."""
    return _partner(uow, partners.c.tenant == tenant, partners.c.id == partner)


def partner_by_id(uow: UnitOfWork, partner: str) -> Partner | None:
    """The partner of this id, of whichever tenant: for work that no tenant asked for."""
    return _partner(uow, partners.c.id == partner)


def partner_by_client(uow: UnitOfWork, client_id: str) -> Partner | None:
    """The partner of this client id, of whichever tenant, closed or not."""
    if "\0" in client_id:  # PostgreSQL cannot even be asked for such a text
        return None
    return _partner(uow, partners.c.client_id == client_id)


def partner_by_secret(
    uow: UnitOfWork, client_id: str, secret_hash: str, now: datetime
) -> Partner | None:
    """The open partner that this client id and secret belong to. A secret that was rotated counts
    until its time is over."""
    if "\0" in client_id:
        return None
    table = partners
    old = and_(table.c.old_secret_hash == secret_hash, table.c.old_secret_until > now)
    return _partner(
        uow,
        table.c.client_id == client_id,
        or_(table.c.secret_hash == secret_hash, old),
        table.c.closed_at.is_(None),
    )


def list_partners(uow: UnitOfWork, tenant: str) -> list[Partner]:
    """The tenant's partners, oldest first, closed ones included."""
    return records_of(
        uow, Partner, {partners.c.tenant: tenant}, (partners.c.created_at, partners.c.id)
    )


def rotate_secret(uow: UnitOfWork, partner: Partner, secret_hash: str, old_until: datetime) -> None:
    """Another secret from now on; the present one counts until `old_until`."""
    values = {
        "old_secret_hash": partners.c.secret_hash,
        "old_secret_until": old_until,
        "secret_hash": secret_hash,
    }
    uow.connection.execute(update(partners).where(partners.c.id == partner.id).values(values))


def close_partner(uow: UnitOfWork, partner: Partner, at: datetime) -> None:
    """Let a partner in no more: its tokens are deleted, and what waits for it is given up."""
    uow.connection.execute(update(partners).where(partners.c.id == partner.id).values(closed_at=at))
    uow.connection.execute(delete(partner_tokens).where(partner_tokens.c.partner == partner.id))
    waiting = (events_sent.c.partner == partner.id, events_sent.c.state == "waiting")
    given_up = {"state": "given-up", "said": "The partner was closed."}
    uow.connection.execute(update(events_sent).where(*waiting).values(given_up))
    fail_asks(uow, partner.id, given_up["said"], at)


def add_partner_token(
    uow: UnitOfWork,
    secret_hash: str,
    partner: Partner,
    expires_at: datetime,
    forget: datetime,
) -> None:
    """Store a token by its hash, with the scopes of `partner`; those that ended before `forget` are
    deleted."""
    table = partner_tokens
    uow.connection.execute(delete(table).where(table.c.expires_at < forget))
    values = {"secret_hash": secret_hash, "partner": partner.id, "expires_at": expires_at}
    values["scopes"] = partner.scopes
    uow.connection.execute(insert(table).values(values))


def partner_of_token(uow: UnitOfWork, secret_hash: str) -> tuple[Partner, datetime] | None:
    """Whose token this is, with the scopes of both, and until when it counts."""
    table = partner_tokens
    query = (
        select(*columns(Partner, partners), table.c.expires_at, table.c.scopes.label("granted"))
        .join(table, table.c.partner == partners.c.id)
        .where(table.c.secret_hash == secret_hash, partners.c.closed_at.is_(None))
    )
    row = uow.connection.execute(query).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    found = Partner(**{name: values[name] for name in Partner.__dataclass_fields__})
    granted = scope_text(set(found.scopes.split()) & set(row.granted.split()), PARTNER_SCOPES)
    return replace(found, scopes=granted), row.expires_at


def add_received(uow: UnitOfWork, event: ReceivedEvent) -> bool:
    """Keep an event of a partner; whether it is new."""
    try:
        with uow.connection.begin_nested():
            uow.connection.execute(insert(events_received).values(asdict(event)))
    except IntegrityError:
        return False
    return True


def list_received(uow: UnitOfWork, tenant: str, limit: int, after: _Place) -> list[ReceivedEvent]:
    """Events of the tenant's partners, newest first, behind `after` (time and id)."""
    table = events_received
    query = select(*columns(ReceivedEvent, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.received_at, table.c.event, limit, after)
    return [record(ReceivedEvent, row) for row in uow.connection.execute(query)]


def add_sent(uow: UnitOfWork, event: SentEvent) -> None:
    """Store an event that waits to be sent."""
    uow.connection.execute(insert(events_sent).values(asdict(event)))


def list_sent(uow: UnitOfWork, tenant: str, limit: int, after: _Place) -> list[SentEvent]:
    """Events to the tenant's partners, newest first, behind `after` (time and id)."""
    table = events_sent
    query = select(*columns(SentEvent, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.created_at, table.c.id, limit, after)
    return [record(SentEvent, row) for row in uow.connection.execute(query)]


def is_due(uow: UnitOfWork, now: datetime) -> bool:
    """Whether there is an event to send: asked first, as it needs no lock."""
    return anything_due(uow, events_sent, now)


def due_events(uow: UnitOfWork, now: datetime, until: datetime, limit: int) -> list[SentEvent]:
    """Events to send now, which no other server takes before `until`."""
    return take_due(uow, events_sent, SentEvent, now, until, limit)


def end_attempt(
    uow: UnitOfWork, event: SentEvent, state: EventState, due_at: datetime, said: str
) -> None:
    """Write what an attempt came to; nothing where the event has ended meanwhile."""
    end_try(uow, events_sent, event, (state, due_at, said))
    if state == "given-up" and event.type == CREATED:
        end_ask(uow, event.id, "failed", said[:LONGEST_SAID], due_at)


def _partner(uow: UnitOfWork, *where: ColumnElement[bool]) -> Partner | None:
    query = select(*columns(Partner, partners)).where(*where)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Partner, row)

"""Rows of webhooks and their messages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import insert, select, update

from api.store.database import UnitOfWork
from api.store.hook_tables import webhook_messages, webhooks
from api.store.news import TEST, News
from api.store.outbox import end_try
from api.store.rows import columns, newest_first, record, records_of
from footprint.canonical import canonical_json

#: Messages that are looked up and written by one statement.
_AT_A_TIME = 500
#: `waiting` goes on by itself; the others are final.
MessageState = Literal["waiting", "sent", "given-up"]


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a tenant wants to be told, and of what. `types` is a JSON list; empty means all."""

    id: str
    tenant: str
    url: str
    types: str
    generation: int
    created_at: datetime
    old_until: datetime | None = None
    closed_at: datetime | None = None
    said: str = ""

    def wants(self, kind: str) -> bool:
        """Whether things of this type are told here."""
        wanted = json.loads(self.types)
        return kind == TEST or not wanted or kind in wanted


@dataclass(frozen=True, slots=True)
class HookMessage:
    """A message to a webhook. `content` is what is sent, byte for byte, however often."""

    id: str
    tenant: str
    webhook: str
    type: str
    content: str
    state: MessageState
    attempts: int
    created_at: datetime
    due_at: datetime
    said: str = ""


def add_webhook(uow: UnitOfWork, webhook: Webhook) -> None:
    """Store a new webhook."""
    uow.connection.execute(insert(webhooks).values(asdict(webhook)))


def find_webhook(uow: UnitOfWork, webhook: str, tenant: str | None = None) -> Webhook | None:
    """The webhook of this id, of this tenant; None: of whichever, for work that nobody asked for"""
    query = select(*columns(Webhook, webhooks)).where(webhooks.c.id == webhook)
    if tenant is not None:
        query = query.where(webhooks.c.tenant == tenant)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(Webhook, row)


def list_webhooks(uow: UnitOfWork, tenant: str) -> list[Webhook]:
    """The tenant's webhooks, oldest first, closed ones included."""
    return records_of(
        uow, Webhook, {webhooks.c.tenant: tenant}, (webhooks.c.created_at, webhooks.c.id)
    )


def open_webhooks(uow: UnitOfWork, tenants: Sequence[str] | None = None) -> list[Webhook]:
    """Webhooks that are told, of these tenants (None: of all)."""
    query = select(*columns(Webhook, webhooks)).where(webhooks.c.closed_at.is_(None))
    if tenants is not None:
        query = query.where(webhooks.c.tenant.in_(tenants))
    return [record(Webhook, row) for row in uow.connection.execute(query.order_by(webhooks.c.id))]


def renew_webhook(uow: UnitOfWork, webhook: Webhook, old_until: datetime) -> None:
    """The next secret signs from now on; the present one too, until `old_until`."""
    values = {"generation": webhook.generation + 1, "old_until": old_until}
    uow.connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(values))


def close_webhook(uow: UnitOfWork, webhook: str, at: datetime, said: str) -> None:
    """Tell it nothing more; what waits for it is given up."""
    closing = update(webhooks).where(webhooks.c.id == webhook, webhooks.c.closed_at.is_(None))
    uow.connection.execute(closing.values(closed_at=at, said=said))
    table = webhook_messages
    waiting = update(table).where(table.c.webhook == webhook, table.c.state == "waiting")
    uow.connection.execute(waiting.values(state="given-up", said=said))


def announce(uow: UnitOfWork, news: Sequence[News]) -> None:
    """Write messages of these news for the webhooks that want them, in this transaction. What was
    announced before under the same key is not announced again."""
    if not news:
        return
    hooks = open_webhooks(uow, sorted({one.tenant for one in news}))
    made = [
        _message(hook, one)
        for one in news
        for hook in hooks
        if hook.tenant == one.tenant and hook.wants(one.type)
    ]
    for start in range(0, len(made), _AT_A_TIME):
        some = made[start : start + _AT_A_TIME]
        told = _known(uow, [one.id for one in some])
        rows = [asdict(one) for one in some if one.id not in told]
        if rows:
            uow.connection.execute(insert(webhook_messages), rows)


def _known(uow: UnitOfWork, messages: Sequence[str]) -> set[str]:
    table = webhook_messages
    return set(uow.connection.scalars(select(table.c.id).where(table.c.id.in_(messages))))


def tell(uow: UnitOfWork, webhook: Webhook, news: News) -> str:
    """Write one message for one webhook, in this transaction; its id."""
    made = _message(webhook, news)
    uow.connection.execute(insert(webhook_messages).values(asdict(made)))
    return made.id


def list_messages(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None
) -> list[HookMessage]:
    """Messages to the tenant's webhooks, newest first, behind `after` (time and id)."""
    table = webhook_messages
    query = select(*columns(HookMessage, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.created_at, table.c.id, limit, after)
    return [record(HookMessage, row) for row in uow.connection.execute(query)]


def end_message(
    uow: UnitOfWork, message: HookMessage, state: MessageState, due_at: datetime, said: str
) -> None:
    """Write what an attempt came to; nothing where the message has ended meanwhile."""
    end_try(uow, webhook_messages, message, (state, due_at, said))


def _message(webhook: Webhook, news: News) -> HookMessage:
    moment = news.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    content = {"type": news.type, "timestamp": moment, "data": news.data}
    digest = hashlib.sha256(f"{webhook.id} {news.key}".encode()).hexdigest()
    # Sending follows the machine's clock; `news.at` only dates what is told.
    now = datetime.now(UTC)
    return HookMessage(
        id=f"msg_{digest[:40]}",
        tenant=news.tenant,
        webhook=webhook.id,
        type=news.type,
        content=canonical_json(content).decode(),
        state="waiting",
        attempts=0,
        created_at=now,
        due_at=now,
    )

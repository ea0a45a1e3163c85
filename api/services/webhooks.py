"""Webhooks of a tenant: made, given another secret, tried, closed.

What is told where is in `api.store.news` and `api.store.hooks`; who sends it, in `api.hooks`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from api.faults import REFUSED, UNKNOWN_WEBHOOK
from api.other_hosts import https_place
from api.services.keyring import write_secret
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.hooks import (
    HookMessage,
    Webhook,
    add_webhook,
    close_webhook,
    find_webhook,
    list_messages,
    list_webhooks,
    renew_webhook,
    tell,
)
from api.store.news import NEWS_TYPES, TEST, News
from api.store.tenants import Actor
from footprint.faults import Where

#: How long a secret that was replaced signs beside the new one.
OLD_SECRET_SIGNS = timedelta(hours=24)
#: Open webhooks of a tenant: each thing that happens is written once for each of them.
MOST_WEBHOOKS = 50
#: Random bytes of a secret. Standard Webhooks asks for 24 to 64.
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The webhooks of all tenants; each method names whose it is about. `folder` holds the secrets,
    a file for each generation."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    folder: Path

    def add(self, actor: Actor, url: str, types: Sequence[str] = ()) -> tuple[Webhook, str]:
        """A new webhook (of these types; none: of all), and its secret, which is shown this once.

        Raises ServiceRefused API-102 (no approver), API-003 for an address that cannot be used, a
        type that there is not, or one webhook too many.
        """
        need_role(actor, "approver")
        _refuse_address(url)
        unknown = sorted(set(types) - set(NEWS_TYPES))
        if unknown:
            message = f"There are no events of the type {unknown[0][:64]!r}."
            hint = f"Known types: {', '.join(NEWS_TYPES)}."
            raise REFUSED.refuse(message, hint, where=Where(column="body.types"))
        now = self.clock()
        made = Webhook(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            url=url,
            types=json.dumps(sorted(set(types))),
            generation=1,
            created_at=now,
        )
        secret = self._keep_secret(made)  # before the row: without it nothing could be signed
        with self.database.writing() as uow:
            if len([one for one in list_webhooks(uow, actor.tenant) if not one.closed_at]) >= (
                MOST_WEBHOOKS
            ):
                message = f"There are {MOST_WEBHOOKS} webhooks of yours already."
                raise REFUSED.refuse(message, "Close one that is not needed.")
            add_webhook(uow, made)
            append(uow, actor, now, "webhook.added", made.id, {"url": url})
        return made, secret

    def listed(self, actor: Actor) -> list[Webhook]:
        """The actor's webhooks, oldest first, closed ones included."""
        with self.database.reading() as uow:
            return list_webhooks(uow, actor.tenant)

    def rotate(self, actor: Actor, webhook: str) -> tuple[Webhook, str]:
        """Another secret; the present one signs beside it for OLD_SECRET_SIGNS.

        Raises ServiceRefused API-102, API-214.
        """
        need_role(actor, "approver")
        now = self.clock()
        with self.database.writing() as uow:
            found = _found(uow, actor, webhook)
            until = now + OLD_SECRET_SIGNS
            made = replace(found, generation=found.generation + 1, old_until=until)
            secret = self._keep_secret(made)
            renew_webhook(uow, found, until)
            append(uow, actor, now, "webhook.secret-rotated", found.id, {})
        self._file(made, made.generation - 2).unlink(missing_ok=True)
        return made, secret

    def test(self, actor: Actor, webhook: str) -> str:
        """Write a message that says nothing but that it is a test; its id.

        Raises ServiceRefused API-102, API-214.
        """
        need_role(actor, "approver")
        with self.database.writing() as uow:
            found = _found(uow, actor, webhook)
            key = f"{TEST} {self.entropy(16).hex()}"
            return tell(uow, found, News(actor.tenant, TEST, found.id, self.clock(), key, {}))

    def close(self, actor: Actor, webhook: str) -> None:
        """Tell it nothing more, at once; what waits is given up. Raises ServiceRefused API-102,
        API-214."""
        need_role(actor, "approver")
        now = self.clock()
        with self.database.writing() as uow:
            found = _found(uow, actor, webhook)
            close_webhook(uow, found.id, now, "It was closed here.")
            append(uow, actor, now, "webhook.closed", found.id, {})
        for generation in (found.generation, found.generation - 1):
            self._file(found, generation).unlink(missing_ok=True)

    def messages(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None
    ) -> list[HookMessage]:
        """Messages to the actor's webhooks, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_messages(uow, actor.tenant, limit, after)

    def secrets_of(self, webhook: Webhook) -> list[str]:
        """The secrets that sign now, the newest first. Raises OSError where a file is not there."""
        generations = [webhook.generation]
        if webhook.old_until is not None and webhook.old_until > self.clock():
            generations.append(webhook.generation - 1)
        return [self._file(webhook, one).read_text("utf-8") for one in generations]

    def _keep_secret(self, webhook: Webhook) -> str:
        secret = "whsec_" + base64.b64encode(self.entropy(_SECRET_BYTES)).decode()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(webhook, webhook.generation)
        file.unlink(missing_ok=True)  # of a rotation that was stopped before it was written
        write_secret(file, secret)
        return secret

    def _file(self, webhook: Webhook, generation: int) -> Path:
        return self.folder / f"webhook-{webhook.id}-{generation}"


def _found(uow: UnitOfWork, actor: Actor, webhook: str) -> Webhook:
    found = find_webhook(uow, webhook[:64], actor.tenant)
    if found is None or found.closed_at is not None:
        raise UNKNOWN_WEBHOOK.refuse(
            f"There is no open webhook {webhook[:64]!r} among yours.",
            "GET /v1/webhooks lists them.",
        )
    return found


def _refuse_address(url: str) -> None:
    if https_place(url) is None:
        raise REFUSED.refuse(
            "The address of a webhook is no plain https address.",
            "Such as https://erp.example.com/footprint-hook, without a fragment or user name.",
            where=Where(column="body.url"),
        )

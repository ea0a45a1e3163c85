"""Sends what waits for webhooks, and asks now and then which requests are due."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.hooks.reminders import Reminders
from api.hooks.signing import signed_headers
from api.partners.loop import Loop, Threads
from api.partners.outbox import came_to
from api.partners.reach import Reach, Unreachable
from api.store.database import Database, UnitOfWork
from api.store.hook_tables import webhook_messages
from api.store.hooks import HookMessage, Webhook, close_webhook, end_message, find_webhook
from api.store.outbox import anything_due, take_due

#: Messages sent at a time, and for how long no other server tries them.
AT_A_TIME, LEASE = 8, timedelta(minutes=2)
#: Seconds between two looks at what is due.
REMINDER_PAUSE = 60.0
_GONE = 410
_CLOSED = "Its server answered 410: it wants nothing more."


@dataclass
class HookCarrier:
    """Sends messages: delivered with any status 2xx, otherwise sent again after pauses that double,
    for 72 hours. A server that answers 410 is told nothing more. `secrets_of` gives the secrets
    that sign for a webhook now."""

    database: Database
    reach: Reach
    secrets_of: Callable[[Webhook], list[str]]
    reminders: Reminders
    _threads: Threads | None = None

    def start(self) -> None:
        """Begin to send and to remind."""
        pool = ThreadPoolExecutor(AT_A_TIME, "webhooks")
        sending = Loop("webhooks", lambda: self.send_due(pool), "Webhooks")
        reminding = Loop("reminders", self.reminders.look, "Reminders", REMINDER_PAUSE)
        self._threads = Threads((sending, reminding), pool)
        self._threads.start()

    def stop(self) -> None:
        """Finish what is being sent, and send no more."""
        if self._threads is not None:
            self._threads.stop()

    def send_due(self, pool: ThreadPoolExecutor) -> bool:
        """Try what is due, AT_A_TIME messages at most; whether there was any."""
        now = datetime.now(UTC)
        with self.database.reading() as uow:
            if not anything_due(uow, webhook_messages, now):
                return False
        with self.database.writing() as uow:
            due = take_due(uow, webhook_messages, HookMessage, now, now + LEASE, AT_A_TIME)
            hooks = {one.webhook: find_webhook(uow, one.webhook) for one in due}
        said = list(pool.map(lambda one: self._try(hooks[one.webhook], one), due))
        now = datetime.now(UTC)
        with self.database.writing() as uow:
            for message, (status, fault) in zip(due, said, strict=True):
                _note(uow, message, status, fault, now)
        return bool(due)

    def _try(self, webhook: Webhook | None, message: HookMessage) -> tuple[int, str]:
        """Send a message once: the status that was answered (0: none), and why it did not arrive,
        empty if it did."""
        if webhook is None or webhook.closed_at is not None:
            return _GONE, "The webhook was closed."
        body, seconds = message.content.encode(), int(datetime.now(UTC).timestamp())
        try:
            headers = signed_headers(message.id, seconds, body, self.secrets_of(webhook))
            answer = self.reach.post(webhook.url, headers, body)
        except (Unreachable, OSError) as error:
            return 0, str(error)
        arrived = 200 <= answer.status < 300
        return answer.status, "" if arrived else f"{webhook.url} answered {answer.status}"


def _note(uow: UnitOfWork, message: HookMessage, status: int, fault: str, now: datetime) -> None:
    if status != _GONE:
        end_message(uow, message, *came_to(message, fault, now))
    else:
        end_message(uow, message, "given-up", now, fault)
        close_webhook(uow, message.webhook, now, _CLOSED)

"""Threads of the server: one sends what waits in the outbox, one fetches from suppliers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.partners.fetcher import Fetcher
from api.partners.loop import Loop, Threads
from api.partners.model import Partner, SentEvent, events_path
from api.partners.outbox import came_to
from api.partners.reach import Reach, Unreachable
from api.partners.rows import due_events, end_attempt, is_due, partner_by_id
from api.partners.tokens import TheirTokens
from api.store.database import Database

#: Events sent at a time, and for how long no other server tries them.
AT_A_TIME, LEASE = 8, timedelta(minutes=2)
_EVENTS = {"Content-Type": "application/cloudevents+json; charset=UTF-8"}


@dataclass
class Courier:
    """Sends events: it asks the partner's own server for a token first, as the protocol says.

    An event counts as delivered with any status 2xx; otherwise it is sent again after pauses that
    double, for 72 hours.
    """

    database: Database
    reach: Reach
    tokens: TheirTokens
    fetcher: Fetcher
    _threads: Threads | None = None

    def start(self) -> None:
        """Begin to send, and to fetch: a supplier who is slow keeps no event waiting."""
        pool = ThreadPoolExecutor(AT_A_TIME, "courier")
        sending = Loop("courier", lambda: self.send_due(pool), "Events")
        fetching = Loop("fetcher", self.fetcher.fetch_due, "Events")
        self._threads = Threads((sending, fetching), pool)
        self._threads.start()

    def stop(self) -> None:
        """Finish what is being sent, and send and fetch no more."""
        self.fetcher.stopping.set()
        if self._threads is not None:
            self._threads.stop()

    def send_due(self, pool: ThreadPoolExecutor) -> bool:
        """Try what is due, AT_A_TIME events at most; whether there was any."""
        now = datetime.now(UTC)
        with self.database.reading() as uow:
            if not is_due(uow, now):
                return False
        with self.database.writing() as uow:
            due = due_events(uow, now, now + LEASE, AT_A_TIME)
            partners = {one.partner: partner_by_id(uow, one.partner) for one in due}
        faults = pool.map(lambda one: self._try(partners[one.partner], one), due)
        said = dict(zip(due, faults, strict=True))
        now = datetime.now(UTC)
        with self.database.writing() as uow:
            for event, fault in said.items():
                end_attempt(uow, event, *came_to(event, fault, now))
        return bool(due)

    def _try(self, partner: Partner | None, event: SentEvent) -> str | None:
        """Send an event once; why it did not arrive, or None."""
        if partner is None or partner.closed_at is not None:
            return "the partner was closed"
        try:
            token = self.tokens.token(partner)
            headers = _EVENTS | {"Authorization": f"Bearer {token}"}
            url = f"{partner.events_url}{events_path(event.type)}"
            answer = self.reach.post(url, headers, event.content.encode())
        except (Unreachable, OSError) as error:
            return str(error)
        if 200 <= answer.status < 300:
            return None
        if answer.status == 401:
            self.tokens.forget(partner)
        return f"{url} answered {answer.status}"

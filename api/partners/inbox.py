"""Events of partners: taken in once each, and requests answered in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from api.partners.client import Client
from api.partners.events import EventError, event_in, wanted_by
from api.partners.filters import Wanted
from api.partners.model import FULFILLED, PUBLISHED, REJECTED, Partner, ReceivedEvent
from api.partners.outbox import Said, put_out
from api.partners.published import PagePlace, list_published
from api.partners.rows import add_received
from api.store.database import Database, UnitOfWork

#: Footprints in one answer; more are to be had by the list.
MAX_ANSWER = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A request of a partner, and whether it was fulfilled at once."""

    partner: Partner
    event: dict[str, Any]
    fulfilled: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """Takes events. An answer goes to the address that the partner is registered with, never to one
    that stands in the event. `hear` is told of each request, in the same transaction."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    base_url: str
    client: Client
    hear: Callable[[UnitOfWork, Heard], None]

    def take(self, partner: Partner, body: bytes) -> None:
        """Take an event in; one that was taken before changes nothing. A request is answered with
        what is published that fits, or rejected when nothing does.

        Raises EventError for what is no event of the protocol, or cannot be answered.
        """
        event = event_in(body)
        wanted = wanted_by(event)
        if wanted is not None and not partner.events_url:
            raise EventError("you are registered without an address for events; use the list")
        now = self.clock()
        taken = ReceivedEvent(
            partner.id,
            event["source"],
            event["id"],
            partner.tenant,
            event["type"],
            json.dumps(event, ensure_ascii=False),
            now,
        )
        with self.database.writing() as uow:
            if wanted is None:
                if add_received(uow, taken):
                    self._heed(uow, partner, event)
                return
            said = self._answer(uow, partner, event["id"], wanted)
            outcome = replace(taken, outcome="fulfilled" if said.type == FULFILLED else "rejected")
            if add_received(uow, outcome):
                put_out(uow, partner, said, self, now)
                self.hear(uow, Heard(partner, event, said.type == FULFILLED, now))

    def _heed(self, uow: UnitOfWork, partner: Partner, event: dict[str, Any]) -> None:
        """What a supplier says of what we asked."""
        heeds = {
            FULFILLED: self.client.fulfilled,
            REJECTED: self.client.rejected,
            PUBLISHED: self.client.announced,
        }
        heeds[event["type"]](uow, partner, event["data"])

    def _answer(self, uow: UnitOfWork, partner: Partner, event: str, wanted: Wanted) -> Said:
        found = []
        if partner.buys:
            found = list_published(uow, partner.tenant, partner.id, wanted, MAX_ANSWER, PagePlace())
        if found:
            documents = [json.loads(one.document) for one in found]
            return Said(FULFILLED, {"requestEventId": event, "pfs": documents})
        error = {
            "code": "NotFound",
            "message": "No footprint that you may fetch fits this request. The supplier sees it.",
        }
        return Said(REJECTED, {"requestEventId": event, "error": error})

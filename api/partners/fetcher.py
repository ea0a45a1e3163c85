"""Fetching from suppliers: their lists, and single footprints that they say are published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.partners.client import wanted_products
from api.partners.model import Partner
from api.partners.outbox import FIRST_PAUSE, LONGEST_PAUSE
from api.partners.reach import Answer, Reach, Unreachable
from api.partners.receiving import Arrived, keep_arrived
from api.partners.rows import partner_by_id
from api.partners.tokens import TheirTokens, answered_object
from api.store.database import Database, UnitOfWork
from api.store.supplier_pcfs import (
    SupplierAsk,
    due_asks,
    end_ask,
    find_pcfs,
    is_ask_due,
    try_again,
    wanted_of,
)

#: Pages of a list that are followed, and documents that are kept of it.
MOST_PAGES, MOST_DOCUMENTS = 100, 5_000
#: Pauses double from 5 s to an hour: so many attempts take about 72 hours.
MOST_ATTEMPTS = 80
_LEASE = timedelta(minutes=10)
_Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches what waits, one request at a time; what fails is tried again for 72 hours. Once
    `stopping` is set it ends at the next document."""

    database: Database
    reach: Reach
    tokens: TheirTokens
    clock: Callable[[], datetime]
    stopping: Event = field(default_factory=Event)

    def fetch_due(self) -> bool:
        """Fetch what is due; whether there was anything."""
        now = datetime.now(UTC)
        with self.database.reading() as uow:
            if not is_ask_due(uow, now):
                return False
        with self.database.writing() as uow:
            due = due_asks(uow, now, now + _LEASE, 1)
            partners = {one.partner: partner_by_id(uow, one.partner) for one in due}
        for ask in due:
            self._fetch(ask, partners[ask.partner])
        return bool(due)

    def _fetch(self, ask: SupplierAsk, partner: Partner | None) -> None:
        at = self.clock()
        if partner is None or partner.closed_at is not None:
            with self.database.writing() as uow:
                end_ask(uow, ask.id, "failed", "The partner was closed.", at)
            return
        try:
            documents = list(self._documents(ask, partner))
        except (Unreachable, OSError) as error:
            self._failed(ask, str(error), at)
            return
        with self.database.writing() as uow:
            if ask.way == "ids":
                documents = _of_interest(uow, partner, documents)
            said = keep_arrived(uow, Arrived(partner, ask.id, documents, at))
            if ask.way == "list" and not documents:
                end_ask(uow, ask.id, "rejected", "His list has nothing of these products.", at)
            else:
                end_ask(uow, ask.id, "answered", said, at)

    def _failed(self, ask: SupplierAsk, said: str, at: datetime) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(ask.attempts, 20), LONGEST_PAUSE)
        with self.database.writing() as uow:
            if ask.attempts >= MOST_ATTEMPTS:
                end_ask(uow, ask.id, "failed", said, at)
            else:
                try_again(uow, ask, datetime.now(UTC) + pause, said)

    def _documents(self, ask: SupplierAsk, partner: Partner) -> Iterator[_Document]:
        wanted = json.loads(ask.wanted)
        if ask.way == "ids":
            for one in wanted["ids"]:
                answer = self._get(partner, f"{partner.events_url}/3/footprints/{one}")
                if answer.status == 200:
                    yield _checked(answered_object(answer.body, partner.events_url).get("data"))
            return
        url = f"{partner.events_url}/3/footprints?{urlencode(wanted, doseq=True)}"
        count = 0
        for _ in range(MOST_PAGES):
            answer = self._get(partner, url)
            if answer.status != 200:
                raise Unreachable(f"{url} answered {answer.status}")
            page = answered_object(answer.body, url).get("data")
            if not isinstance(page, list):
                raise Unreachable(f"{url} answered without a list of footprints")
            for document in page:
                count += 1
                yield _checked(document)
            if not answer.following or count > MOST_DOCUMENTS:
                return
            url = _same_host(partner, answer.following)

    def _get(self, partner: Partner, url: str) -> Answer:
        if self.stopping.is_set():  # a long list is begun anew by the next server
            raise Unreachable("the server is being stopped")
        token = self.tokens.token(partner)
        answer = self.reach.get(url, {"Authorization": f"Bearer {token}"})
        if answer.status == 401:
            self.tokens.forget(partner)
            raise Unreachable(f"{url} refused the token that it gave")
        return answer


def _checked(document: object) -> _Document:
    if not isinstance(document, dict):
        raise Unreachable("an answer holds something that is no footprint")
    return document


def _same_host(partner: Partner, link: str) -> str:
    """A next page is on the supplier's own host: our token goes nowhere else."""
    ours, theirs = urlsplit(partner.events_url), urlsplit(link)
    if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
        raise Unreachable(f"the next page is at another host: {link[:200]}")
    return link


def _of_interest(uow: UnitOfWork, partner: Partner, found: list[_Document]) -> list[_Document]:
    """What was announced and concerns us: of a product that we asked for, or in the place of a
    footprint that we keep."""
    products = wanted_products(wanted_of(uow, partner.id))
    return [one for one in found if _concerns(uow, partner, one, products)]


def _concerns(
    uow: UnitOfWork, partner: Partner, document: _Document, products: frozenset[str]
) -> bool:
    ids = document.get("productIds")
    named = {str(one).strip().casefold() for one in ids} if isinstance(ids, list) else set()
    preceding = document.get("precedingPfIds")
    before = [str(one).lower() for one in preceding] if isinstance(preceding, list) else []
    return bool(named & products or find_pcfs(uow, partner.tenant, before[:100]))

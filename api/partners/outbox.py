"""Events to partners, written in the transaction that they tell of and sent afterwards.

Whatever stops the server in between, the event is there and is sent; whoever gets it twice sees the
same (source, id) and the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from api.partners.model import PUBLISHED, EventState, Partner, SentEvent
from api.partners.rows import add_sent
from api.store.database import UnitOfWork
from footprint.canonical_fast import canonical_bytes

#: After how long the first attempt that failed is repeated, the longest pause, and when it is given
#: up. Source of the 72 h: PACT Technical Specifications v3.0.3, Action Events.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=72)


class Sender(Protocol):
    """Who sends: what an event's source is, and where its id comes from."""

    @property
    def base_url(self) -> str: ...

    @property
    def entropy(self) -> Callable[[int], bytes]: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says: its type and data."""

    type: str
    data: dict[str, Any]


def put_out(uow: UnitOfWork, partner: Partner, said: Said, sender: Sender, now: datetime) -> str:
    """Store an event to a partner, to be sent at once; its id."""
    event = str(UUID(bytes=sender.entropy(16), version=4))
    content = {
        "type": said.type,
        "specversion": "1.0",
        "id": event,
        "source": sender.base_url,
        "time": now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": said.data,
    }
    text = canonical_bytes(content).decode()
    # Sending follows the machine's clock; `now` only dates what is said.
    at = datetime.now(UTC)
    add_sent(
        uow, SentEvent(event, partner.tenant, partner.id, said.type, text, "waiting", 0, at, at)
    )
    return event


def published_event(
    uow: UnitOfWork, partners: Iterable[Partner], footprint: str, sender: Sender, now: datetime
) -> None:
    """Tell partners that a footprint is there to be fetched."""
    for partner in partners:
        put_out(uow, partner, Said(PUBLISHED, {"pfIds": [footprint]}), sender, now)


class Tried(Protocol):
    """Something that is sent until it arrives."""

    @property
    def attempts(self) -> int: ...

    @property
    def created_at(self) -> datetime: ...


def next_attempt(event: Tried, now: datetime) -> datetime | None:
    """When something whose attempt failed is sent again: after pauses that double; None when it is
    given up."""
    pause = min(FIRST_PAUSE * 2 ** min(event.attempts, 20), LONGEST_PAUSE)
    due = now + pause
    return None if due > event.created_at + GIVEN_UP_AFTER else due


def came_to(event: Tried, fault: str | None, now: datetime) -> tuple[EventState, datetime, str]:
    """What an attempt came to: the state, when it is due or since when it has ended, and what was
    said. `fault` is why it did not arrive; None or empty: it did."""
    if not fault:
        return "sent", now, ""
    again = next_attempt(event, now)
    return ("given-up", now, fault) if again is None else ("waiting", again, fault)

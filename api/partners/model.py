"""A partner, a published footprint, an event: frozen values between rows and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.scopes import PARTNER_SCOPES, PartnerScope

#: `waiting` goes on by itself; the others are final.
EventState = Literal["waiting", "sent", "given-up"]
Outcome = Literal["", "fulfilled", "rejected"]
#: A buyer fetches what is published; a supplier answers what we ask, and fetches nothing.
PartnerKind = Literal["buyer", "supplier", "both"]

_PREFIX = "org.wbcsd.pact.ProductFootprint."
CREATED = _PREFIX + "RequestCreatedEvent.3"
FULFILLED = _PREFIX + "RequestFulfilledEvent.3"
REJECTED = _PREFIX + "RequestRejectedEvent.3"
PUBLISHED = _PREFIX + "PublishedEvent.3"


@dataclass(frozen=True, slots=True)
class Partner:
    """Another company's system, known to one tenant.

    `events_url` is where events to it go (without `/3/events`), `auth_url` where a token for that
    is asked; both are empty for a partner that only reads.
    """

    id: str
    tenant: str
    name: str
    client_id: str
    events_url: str
    auth_url: str
    their_client_id: str
    created_at: datetime
    closed_at: datetime | None = None
    kind: PartnerKind = "buyer"
    scopes: str = " ".join(PARTNER_SCOPES)

    def may(self, scope: PartnerScope) -> bool:
        """Whether it may do this."""
        return scope in self.scopes.split()

    @property
    def buys(self) -> bool:
        """Whether it may fetch what its tenant publishes."""
        return self.kind != "supplier"

    @property
    def supplies(self) -> bool:
        """Whether it can be asked for footprints."""
        return self.kind != "buyer"


@dataclass(frozen=True, slots=True)
class Published:
    """A footprint that partners may fetch: the document as they get it, canonical JSON."""

    number: int
    id: str
    tenant: str
    group_id: int
    document: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event to a partner. `content` is what is sent, byte for byte, however often."""

    id: str
    tenant: str
    partner: str
    type: str
    content: str
    state: EventState
    attempts: int
    created_at: datetime
    due_at: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """An event of a partner; (`partner`, `source`, `event`) is its identity."""

    partner: str
    source: str
    event: str
    tenant: str
    type: str
    content: str
    received_at: datetime
    outcome: Outcome = ""

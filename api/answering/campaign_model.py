"""A campaign, its suppliers, what they answered, and the steps of the cascade."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

#: Every supplier is in exactly one of them, so counts add up.
SupplierState = Literal[
    "not-sent", "sent", "opened", "working", "answered", "sent-back", "accepted", "declined"
]
STATES: tuple[SupplierState, ...] = (
    "not-sent",
    "sent",
    "opened",
    "working",
    "answered",
    "sent-back",
    "accepted",
    "declined",
)
#: States in which the supplier owes an answer.
WAITING: tuple[SupplierState, ...] = ("not-sent", "sent", "opened", "working", "sent-back")
#: States in which the supplier may still change his answer by the link.
OPEN: tuple[SupplierState, ...] = ("not-sent", "sent", "opened", "working", "sent-back")

#: After the footprint of a product, in this order: inventory of emissions, target, plan, projects.
Step = Literal["inventory", "target", "plan", "projects"]
CASCADE: tuple[Step, ...] = ("inventory", "target", "plan", "projects")

#: A PACT document or a certificate of his own; calculated here from his parts list; a total that
#: its parts do not make, taken as stated.
GivenKind = Literal["pact", "certificate", "calculated", "stated"]


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a buyer asks many suppliers for, why, and until when. `texts` is JSON by language."""

    id: str
    tenant: str
    name: str
    buyer: str
    why: str
    due: date
    texts: str
    made_at: datetime

    @property
    def invitation(self) -> Mapping[str, str]:
        """The text of the invitation by language."""
        kept: dict[str, str] = json.loads(self.texts)
        return kept


@dataclass(frozen=True, slots=True)
class CampaignSupplier:
    """A supplier as he stands in a campaign. `spend` is his share of purchases, in percent."""

    id: str
    tenant: str
    campaign: str
    position: int
    name: str
    mail: str
    language: str
    spend: float | None
    products: str
    generation: int
    secret_hash: str
    state: SupplierState
    steps: str
    said: str
    changed_at: datetime
    sent_at: datetime | None = None
    reminded_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The products that he is asked for."""
        return tuple(json.loads(self.products))

    @property
    def taken(self) -> tuple[Step, ...]:
        """The steps of the cascade that he has taken."""
        kept = json.loads(self.steps)
        return tuple(step for step in CASCADE if step in kept)

    @property
    def next_step(self) -> Step | None:
        """The first step of the cascade that he has not taken."""
        return next((step for step in CASCADE if step not in self.taken), None)

    def is_overdue(self, due: date, today: date) -> bool:
        """Whether he owes an answer and the date is over."""
        return self.state in WAITING and due < today

    def was_late(self, due: date) -> bool:
        """Whether his answer came after the date."""
        return self.answered_at is not None and self.answered_at.date() > due


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a supplier gave for a product: kg CO2e per one `unit`; `measured` is the share of
    primary data in percent. `document` is JSON: his document, or the public part of a result."""

    supplier: str
    product: int
    kind: GivenKind
    file: str
    document: str
    kg: float | None
    unit: str
    measured: float | None
    complete: bool
    findings: str
    given_at: datetime

    @property
    def usable(self) -> bool:
        """Whether it has a number."""
        return self.kg is not None

    @property
    def lacks(self) -> tuple[str, ...]:
        """Why a number that was calculated here is the least that it can be, as its result says;
        empty where it does not say."""
        found = json.loads(self.document) if self.kind == "calculated" and self.document else {}
        return tuple(found.get("completeness", {}).get("lacks", ()))

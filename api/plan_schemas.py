"""Shapes of plans of surveillance."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas import EXAMPLE_NUMBER, Asked, Shape
from api.services.plans import PlanProgress
from api.store.plans import StoredPlan

#: Where the rule of the size comes from, and what of it is our own.
RULE_SAYS = (
    "0.6 times the square root of the number, rounded up, of each scheme and tier: as many as IAF "
    "MD 1 (6.1) has of an organisation's sites at a surveillance "
    "(https://european-accreditation.org/sp_accordion_faqs/question-46-5-iaf-md1-sampling-size/). "
    "That it is used for certificates is this register's own choice. Drawn are the numbers whose "
    "SHA-256 of seed, end of line and number comes first."
)
#: A seed that anybody can type again: ASCII that can be seen, blanks within it.
SEED_PATTERN = r"^[!-~]([ -~]{0,62}[!-~])?$"
Seed = Annotated[
    str,
    Field(
        min_length=1,
        max_length=64,
        pattern=SEED_PATTERN,
        description="What it is drawn by: printable ASCII, such as the day's number of a lottery. "
        "The same seed and the same register draw the same.",
        examples=["2026-Q4"],
    ),
]


class PlanOrder(Asked):
    """A sample that is to be drawn."""

    seed: Seed


class VisitAnswer(Shape):
    """A certificate that was drawn."""

    number: str = Field(description="Number of the certificate.", examples=[EXAMPLE_NUMBER])
    scheme: str = Field(description="Id of the scheme.")
    tier: str = Field(description="Tier of the scheme.")
    due: Literal["visit", "visited", "ended"] = Field(
        description="visit: still to be visited. visited: it was since. ended: it was withdrawn, "
        "replaced or ran out before."
    )
    visited_at: datetime | None = Field(
        description="When the first surveillance since was recorded (UTC)."
    )


class StratumAnswer(Shape):
    """What was drawn of a scheme and tier."""

    scheme: str = Field(description="Id of the scheme.")
    tier: str = Field(description="Tier of the scheme.")
    size: int = Field(description="How many certificates were in force.")
    drawn: int = Field(description="How many of them were drawn.")


class PlanEntry(Shape):
    """A plan in a list."""

    id: str = Field(description="Id of the plan (UUID).")
    drawn_at: datetime = Field(description="When it was drawn (UTC).")
    seed: str = Field(description="What it was drawn by.")
    rule: str = Field(description="Name of the rule of size and drawing.")
    drawn: int = Field(description="How many certificates were drawn.")


class PlanAnswer(PlanEntry):
    """A sample for surveillance, and how far it is."""

    rule_says: str = Field(description="The rule in words, with its source.")
    strata: list[StratumAnswer] = Field(description="By scheme and tier.")
    visits: list[VisitAnswer] = Field(description="The certificates drawn, in that order.")
    to_visit: int = Field(description="How many are still to be visited.")


class PlanPage(Shape):
    """A page of your plans, the newest first."""

    plans: list[PlanEntry] = Field(description="The plans.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


def plan_entry(plan: StoredPlan) -> PlanEntry:
    """A plan in a list."""
    return PlanEntry(**_entry(plan))


def plan_answer(found: PlanProgress) -> PlanAnswer:
    """A plan, with what was visited since."""
    return PlanAnswer(
        **_entry(found.plan),
        rule_says=RULE_SAYS,
        strata=[
            StratumAnswer(scheme=one.scheme, tier=one.tier, size=one.size, drawn=len(one.drawn))
            for one in found.sample
        ],
        visits=[
            VisitAnswer(
                number=one.certificate.number,
                scheme=one.certificate.scheme,
                tier=one.certificate.tier,
                due=one.due,
                visited_at=one.visited_at,
            )
            for one in found.visits
        ],
        to_visit=len(found.to_visit),
    )


def _entry(plan: StoredPlan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "drawn_at": plan.drawn_at,
        "seed": plan.seed,
        "rule": plan.rule,
        "drawn": sum(len(one.drawn) for one in plan.sample),
    }

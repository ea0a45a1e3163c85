"""The shape of a subject's way: target, measures, years, steps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.field_types import Amount, PositiveAmount, Share
from api.schemas import Asked
from footprint.rules.fields import PlainDate
from footprint.rules.journey.chain import Step
from footprint.rules.journey.question import Lever
from footprint.values.decision import Tier
from footprint.values.product import SubjectKind

_Text = Annotated[str, Field(min_length=1, max_length=2000)]
_Year = Annotated[int, Field(ge=1990, le=2100, description="A year.")]


class YearAsked(Asked):
    """The footprint of a year."""

    year: _Year
    kg: Amount = Field(description="kg CO2e, per what all years are per.")
    boundary: _Text | None = Field(default=None, description="Its boundary.")
    gwp_set: _Text | None = Field(default=None, description="Its GWP set.")
    probability: Share | None = Field(
        default=None, description="From paired draws: how probable it is that it fell, 0 to 1."
    )
    draws: Annotated[int, Field(strict=True, ge=1)] | None = Field(
        default=None, description="How many draws; at least 475."
    )


class GoalAsked(Asked):
    """A goal on the way to a target."""

    year: _Year
    reduction: Share = Field(description="Share below the base year, 0 to 1.")


class TargetAsked(Asked):
    """A target."""

    base_year: _Year
    target_year: _Year
    reduction: Share = Field(description="Share below the base year, 0 to 1.")
    path: list[GoalAsked] = Field(
        default_factory=list, max_length=100, description="Goals between the two years, in order."
    )


class MeasureAsked(Asked):
    """Something that was done."""

    name: _Text = Field(description="What was done.")
    lever: Lever = Field(description="Management, structure or technology.")
    day: PlainDate = Field(description="Since when.")
    saved_kg: Amount = Field(description="kg CO2e a year less by it.")


class StepAsked(Asked):
    """A step that was taken."""

    step: Step = Field(description="Which.")
    day: PlainDate = Field(description="When.")
    tonnes: PositiveAmount | None = Field(default=None, description="t CO2e, of an offset.")
    tier: Tier | None = Field(default=None, description="Of the label that a disclosure shows.")


class JourneyAsked(Asked):
    """A subject's way."""

    as_of: PlainDate | None = Field(
        default=None, description="The day asked about; today (UTC) where left out."
    )
    subject: _Text = Field(description="Its name.")
    kind: SubjectKind = Field(default="product", description="What it is.")
    scheme: str | None = Field(
        default=None,
        max_length=60,
        pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="By whose rule a reduction comes before an offset; left out, it does.",
    )
    target: TargetAsked | None = Field(default=None, description="Its target.")
    years: list[YearAsked] = Field(
        default_factory=list, max_length=120, description="Footprints by year, in order."
    )
    measures: list[MeasureAsked] = Field(
        default_factory=list, max_length=500, description="Its measures."
    )
    steps: list[StepAsked] = Field(
        default_factory=list, max_length=500, description="Its steps, in order."
    )

"""What a subject says of its way: target, measures, years, steps; a file or a request."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from footprint.rules.draws import Draws
from footprint.rules.fields import Id, NotNegative, PlainDate, Positive, Strict, Words
from footprint.rules.journey.chain import Step
from footprint.values.decision import Tier
from footprint.values.product import SubjectKind

#: The three levers: management, structure, technology.
Lever = Literal["management", "structure", "technology"]
_Share = Annotated[NotNegative, Field(le=1)]
_Year = Annotated[int, Field(strict=True, ge=1990, le=2100)]


class YearEntry(Strict):
    """The footprint of a year, kg CO2e per what all years are per; and, from `footprint compare`
    with the base year's, how probable it is that it fell."""

    year: _Year
    kg: NotNegative
    boundary: Words | None = None
    gwp_set: Words | None = None
    probability: _Share | None = None
    draws: Draws | None = None


class GoalEntry(Strict):
    """A goal on the way to a target."""

    year: _Year
    reduction: _Share


class TargetEntry(Strict):
    """By which share (0 to 1) the footprint is to be below that of the base year, and when. `path`
    names other goals on the way, in order; between them the path is straight."""

    base_year: _Year
    target_year: _Year
    reduction: _Share
    path: Annotated[tuple[GoalEntry, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _in_order(self) -> TargetEntry:
        if self.target_year <= self.base_year:
            raise ValueError("the target year is not after the base year")
        years = [self.base_year, *(goal.year for goal in self.path), self.target_year]
        if years != sorted(set(years)):
            raise ValueError("the years of the path are not in order between base and target year")
        return self


class MeasureEntry(Strict):
    """Something that was done: its lever, since when, and kg CO2e a year less by it."""

    name: Words
    lever: Lever
    day: PlainDate
    saved_kg: NotNegative


class StepEntry(Strict):
    """A step that was taken; an offset names its tonnes, a disclosure the tier of its label."""

    step: Step
    day: PlainDate
    tonnes: Positive | None = None
    tier: Tier | None = None

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> StepEntry:
        if (self.tonnes is not None) != (self.step == "offset"):
            raise ValueError("an offset has tonnes, and no other step has")
        if self.tier is not None and self.step != "disclose":
            raise ValueError("only a disclosure has a tier")
        return self


class JourneyQuestion(Strict):
    """A subject's way. `scheme` says by whose rule a reduction has to come before an offset; left
    out, it has to."""

    subject: Words
    kind: SubjectKind = "product"
    scheme: Id | None = None
    target: TargetEntry | None = None
    years: Annotated[tuple[YearEntry, ...], Field(max_length=120)] = ()
    measures: Annotated[tuple[MeasureEntry, ...], Field(max_length=500)] = ()
    steps: Annotated[tuple[StepEntry, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _years_once(self) -> JourneyQuestion:
        years = [one.year for one in self.years]
        if years != sorted(set(years)):
            raise ValueError("the years are not in order, or one stands twice")
        return self

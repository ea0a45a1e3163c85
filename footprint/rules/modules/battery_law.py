"""The regulation on batteries as it stands in its file: categories, duties, limits, contents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from footprint.rules.fields import BilingualText, Months, PlainDate, Positive, Strict, Words
from footprint.rules.modules.law import Law, Sourced, load_law

Kind = Literal["ev", "lmt", "industrial", "other"]
Category = Literal["ev", "lmt", "industrial", "industrial-external-storage"]
Duty = Literal["declaration", "class", "maximum"]
Stage = Literal["raw-material", "production", "distribution", "end-of-life"]


class Act(Strict):
    """An act that a duty waits for; `in_force` is empty while none was found."""

    name: BilingualText
    in_force: PlainDate | None


class DutyEntry(Sourced):
    """A duty of a category: not before a fixed day, nor before so many months after its acts."""

    category: Category
    duty: Duty
    not_before: PlainDate
    months_after: Months
    acts: Annotated[tuple[Act, ...], Field(min_length=1)]


class Capacity(Sourced):
    """Industrial batteries above this capacity are covered, kWh."""

    above_kwh: Positive


class BatteryLimit(Strict):
    """One limit: kg CO2e per kWh."""

    name: Words
    up_to: Positive


class Limits(Sourced):
    """Class limits (best first) or the maximum of a category; empty while none is published."""

    category: Category
    duty: Duty
    limits: tuple[BatteryLimit, ...] = ()


class Content(Strict):
    """One thing that a declaration must hold."""

    key: Words
    says: BilingualText


class Contents(Sourced):
    """What a declaration must hold, per model and plant."""

    must_hold: Annotated[tuple[Content, ...], Field(min_length=1)]


class DraftCycles(Sourced):
    """Full cycles a year by vehicle class, from a draft that is not law."""

    per_year: dict[Words, Positive]


class BatteryLaw(Law):
    """The whole data file."""

    industrial: Capacity
    duties: tuple[DutyEntry, ...]
    declaration: Contents
    functional_unit: Sourced
    offsets: Sourced
    limits: tuple[Limits, ...]
    draft_cycles: DraftCycles


def load_battery_law() -> BatteryLaw:
    """The law as it ships."""
    return load_law("battery.yaml", BatteryLaw)

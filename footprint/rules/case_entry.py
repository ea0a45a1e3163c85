"""One case of a rule-maker as it is written: a day, a footprint, evidence, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, ValidationError

from footprint.documents.places import error_path, error_words
from footprint.faults import InputRefused, Problem, Where
from footprint.rules import faults
from footprint.rules.fields import Id, Months, NotNegative, Number, Positive, Strict, Words
from footprint.values.decision import Confidence, MarketVerdict, Tier, Verdict
from footprint.values.result import Boundary

_Day = date


class CaseFootprint(Strict):
    """The footprint of a case: kg CO2e per amount of a unit, and the share of lines that it covers
    (0 to 1). Without a period it has the year before the day of the case."""

    total: Number = Decimal(2)
    covered: Annotated[NotNegative, Field(le=1)] = Decimal(1)
    at_least: bool = False
    lacking: Annotated[NotNegative, Field(le=1)] | None = None
    amount: Positive = Decimal(1)
    unit: Words = "piece"
    boundary: Boundary = "cradle-to-grave"
    gwp_set: Words = "AR6"
    period_start: _Day | None = None
    period_end: _Day | None = None
    mass: Positive | None = None
    companies: tuple[Words, ...] = ()


class MarketExpected(Strict):
    """What a market has to answer, to the first audience that is asked for."""

    id: Words
    verdict: MarketVerdict
    says: Words | None = None
    confidence: Confidence | None = None
    wording: tuple[str, ...] | None = None


class CaseEntry(Strict):
    """One case. Evidence and references are those of an evidence file; `never_awards` says that
    nothing that could be stated earns the tier, as far as its rules are known."""

    name: Words
    scheme: Id | None = None
    tier: Tier
    as_of: _Day
    footprint: CaseFootprint = CaseFootprint()
    evidence: dict[str, Any] = Field(default_factory=dict)
    references: dict[str, Any] | None = None
    verdict: Verdict | None = None
    says: Words | None = None
    missing: tuple[Words, ...] = ()
    validity_months: Months | None = None
    confirm_first: tuple[Words, ...] = ()
    market: MarketExpected | None = None
    never_awards: bool = False


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and what was wrong with the answer; empty where it was as expected."""

    name: str
    wrong: tuple[str, ...]


def case_place(number: int, name: object) -> str:
    """Which case it is, counted from 1, by its name where it has one."""
    return f"cases.{number} ({name})." if isinstance(name, str) and name else f"cases.{number}."


def shape_problems(error: ValidationError, file: str, place: str) -> list[Problem]:
    """What a file of cases has wrong in its form (RUL-034)."""
    return [
        faults.CASE_FILE.at(
            Where(file, column=f"{place}{error_path(detail)}"), f"{error_words(detail)}."
        )
        for detail in error.errors(include_url=False, include_input=False)
    ]


def problems_in_case(refused: InputRefused, place: str) -> list[Problem]:
    """What was refused of a case, each with the place of the case before its own."""
    return [
        one._replace(where=one.where._replace(column=f"{place}{one.where.column}"))
        for one in refused.problems
    ]

"""One case of a rule-maker as it is written: a day, a footprint, evidence, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from footprint.rules.fields import Id, Months, NotNegative, Number, Positive, Strict, Words
from footprint.values.decision import Confidence, MarketVerdict, Tier, Verdict
from footprint.values.result import Boundary

_Day = date


class CaseFootprint(Strict):
    """The footprint of a case: kg CO2e per amount of a unit, and the share of lines that it covers
    (0 to 1). Without a period it has the year before the day of the case."""

    total: Number = Decimal(2)
    covered: Annotated[NotNegative, Field(le=1)] = Decimal(1)
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

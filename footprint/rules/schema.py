"""The shape of rule files. Every value is keyed by the date from which it applies, and every
date carries its reference: a rule without a source cannot be written down."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from footprint.rules.decision import Confidence, Tier
from footprint.rules.fields import Id, Name, PlainDate, Strict, Text, Words

Basis = Literal["measurement", "comparison", "offsets"]
#: How exactly a date is known. `unknown`: it held from that day at the latest.
Precision = Literal["day", "month", "year", "unknown"]
_Url = Annotated[Words, Field(pattern=r"^https?://[^\s]+$")]
_Condition = dict[str, Any]


class CitationEntry(Strict):
    """Where a value is written."""

    title: Words
    article: Words
    href: _Url


class ParameterEntry(Strict):
    """Dated arguments of one predicate. A value of null ends the rule from that date on."""

    description: Text
    values: Annotated[dict[PlainDate, dict[str, Any] | None], Field(min_length=1)]
    reference: dict[PlainDate, Annotated[tuple[CitationEntry, ...], Field(min_length=1)]]
    precision: dict[PlainDate, Precision] = Field(default_factory=dict)
    confidence: Confidence
    last_confirmed_on: PlainDate

    @model_validator(mode="after")
    def _dates_fit(self) -> ParameterEntry:
        dates = list(self.values)
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise ValueError("the dates of 'values' are out of order")
        uncited = [d.isoformat() for d in dates if d not in self.reference]
        if uncited:
            raise ValueError(f"no reference for {', '.join(uncited)}")
        self._refuse_strangers("reference", set(self.reference))
        self._refuse_strangers("precision", set(self.precision))
        late = [d for d, how in self.precision.items() if how == "unknown" and d != dates[0]]
        if late:
            raise ValueError("only the first date may have the precision 'unknown'")
        return self

    def _refuse_strangers(self, name: str, dates: set[date]) -> None:
        strangers = sorted(dates - set(self.values))
        if strangers:
            raise ValueError(f"'{name}' has a date without a value: {strangers[0]}")


class TierEntry(Strict):
    """One tier: since when it is offered, what its claim rests on, and its conditions."""

    in_force: Name
    rests_on: Basis
    requires: Annotated[tuple[_Condition, ...], Field(min_length=1)]


class SchemeFile(Strict):
    """A label programme. `about` is what a reader should know that is not a rule."""

    id: Id
    name: Text
    operator: Text
    region: Words
    about: Text
    last_confirmed_on: PlainDate
    parameters: dict[Name, ParameterEntry]
    tiers: Annotated[dict[Tier, TierEntry], Field(min_length=1)]


class ClaimEntry(Strict):
    """A kind of claim that a market's law speaks about, by what the claim rests on."""

    rests_on: Annotated[tuple[Basis, ...], Field(min_length=1)]
    ruling: Name
    conditions: tuple[_Condition, ...] = ()


class MarketFile(Strict):
    """The law of a market on what may be said there, and to whom."""

    id: Id
    name: Text
    region: Words
    about: Text
    last_confirmed_on: PlainDate
    parameters: dict[Name, ParameterEntry]
    applies: Name
    claims: Annotated[tuple[ClaimEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _claims_do_not_overlap(self) -> MarketFile:
        named = [basis for claim in self.claims for basis in claim.rests_on]
        if len(set(named)) != len(named):
            raise ValueError("two claims speak about the same basis")
        return self

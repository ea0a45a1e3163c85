"""The shape of rule files. Every value is keyed by the date from which it applies, and every
date carries its reference: a rule without a source cannot be written down."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from footprint.rules.fields import BilingualText, Id, Name, PlainDate, Strict, Words
from footprint.values.decision import Citation, Confidence, Tier
from footprint.values.product import SubjectKind

#: A label awards tiers; a pilot and an app never did; a method is a standard that labels rest on.
Kind = Literal["label", "pilot", "app", "method"]
Basis = Literal["measurement", "comparison", "offsets"]
#: What a market file holds.
Nature = Literal["law", "standard", "guide"]
#: How exactly a date is known. `unknown`: it held from that day at the latest.
Precision = Literal["day", "month", "year", "unknown"]
_Url = Annotated[Words, Field(pattern=r"^https?://[^\s]+$")]
_Condition = dict[str, Any]


class CitationEntry(Strict):
    """Where a value is written: an address, or `printed` for what has none."""

    title: Words
    article: Words
    href: Literal["printed"] | _Url

    @property
    def citation(self) -> Citation:
        return Citation(self.title, self.article, "" if self.href == "printed" else self.href)


class ParameterEntry(Strict):
    """Dated arguments of one predicate. A value of null ends the rule from that date on."""

    description: BilingualText
    values: Annotated[dict[PlainDate, dict[str, Any] | None], Field(min_length=1)]
    reference: dict[PlainDate, Annotated[tuple[CitationEntry, ...], Field(min_length=1)]]
    precision: dict[PlainDate, Precision] = Field(default_factory=dict)
    #: One mark for all dates, or one for each.
    confidence: Confidence | dict[PlainDate, Confidence]
    last_confirmed_on: PlainDate

    def confidence_on(self, since: date) -> Confidence:
        """How certain the value from that date is."""
        return self.confidence[since] if isinstance(self.confidence, dict) else self.confidence

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
        if isinstance(self.confidence, dict) and set(self.confidence) != set(self.values):
            raise ValueError("'confidence' by date needs every date of 'values' and no other")
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


class CoverageEntry(Strict):
    """How much of the scheme's own rules stands here, what is left out, and what the rules here
    were checked against."""

    extent: Literal["complete", "partial", "none"]
    validated_against: BilingualText
    lacks: BilingualText | None = None

    @model_validator(mode="after")
    def _says_what_lacks(self) -> CoverageEntry:
        if (self.extent == "complete") != (self.lacks is None):
            raise ValueError("'lacks' is needed unless the extent is complete")
        return self


class TakesEntry(Strict):
    """What a scheme gives its tiers to beside products, and where that is written."""

    subjects: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    reference: Annotated[tuple[CitationEntry, ...], Field(min_length=1)]
    confidence: Literal["H", "M"]


class SchemeFile(Strict):
    """A label programme. `about` is what a reader should know that is not a rule.

    `short_name` stands on labels, where the name is too long for a line of them.
    `runs` is the parameter with the dates of a pilot or an app, which have no tiers. `takes` names
    the subjects of a scheme that takes others than products; left out, products alone.
    """

    id: Id
    kind: Kind
    name: BilingualText
    short_name: BilingualText | None = None
    operator: BilingualText
    region: Words
    about: BilingualText
    last_confirmed_on: PlainDate
    coverage: CoverageEntry
    parameters: dict[Name, ParameterEntry]
    runs: Name | None = None
    takes: TakesEntry | None = None
    #: Whether its text puts reductions before offsets; the parameters cite where.
    reduce_first: Annotated[bool, Field(strict=True)] = False
    tiers: dict[Tier, TierEntry] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _awards_what_its_kind_may(self) -> SchemeFile:
        awards = self.kind in ("label", "method")
        if awards and (not self.tiers or self.runs is not None):
            raise ValueError(f"a {self.kind} has tiers, and no 'runs'")
        if not awards and (self.tiers or self.runs is None):
            raise ValueError(f"a {self.kind} never awards: it has 'runs', and no tiers")
        return self


class ClaimEntry(Strict):
    """A kind of claim that a market's law speaks about, by what the claim rests on."""

    rests_on: Annotated[tuple[Basis, ...], Field(min_length=1)]
    ruling: Name
    conditions: tuple[_Condition, ...] = ()


class MarketFile(Strict):
    """The law of a market on what may be said there, and to whom.

    `own_label` is its ruling on labels that nobody but their holder stands behind, `verified_label`
    on those behind which a verifier's statement stands; `differs_from` names laws of the union that
    do not hold here; `nature` is what it is, for a standard or a guide is no law.
    """

    id: Id
    name: BilingualText
    place: BilingualText
    region: Words
    about: BilingualText
    last_confirmed_on: PlainDate
    parameters: dict[Name, ParameterEntry]
    applies: Name
    claims: Annotated[tuple[ClaimEntry, ...], Field(min_length=1)]
    own_label: Name | None = None
    verified_label: Name | None = None
    differs_from: tuple[Id, ...] = ()
    nature: Nature = "law"

    @model_validator(mode="after")
    def _claims_do_not_overlap(self) -> MarketFile:
        named = [basis for claim in self.claims for basis in claim.rests_on]
        if len(set(named)) != len(named):
            raise ValueError("two claims speak about the same basis")
        return self

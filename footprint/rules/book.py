"""The rule book: every scheme and market as frozen values, with a content hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from footprint.rules import faults
from footprint.rules.expression import AllOf
from footprint.rules.fields import Strict
from footprint.rules.schema import Basis, Kind, Nature, Precision
from footprint.rules.words import Bilingual
from footprint.values.decision import Citation, Confidence, Tier
from footprint.values.product import SubjectKind


@dataclass(frozen=True, slots=True)
class DatedValue:
    """Arguments that apply from a date; None ends the rule."""

    since: date
    precision: Precision
    arguments: Strict | None
    citations: tuple[Citation, ...]
    confidence: Confidence

    def certain_from(self) -> date:
        """The first day on which the value surely applies, given how exactly its date is known."""
        if self.precision == "year":
            return date(self.since.year + 1, 1, 1)
        if self.precision == "month":
            year, month = divmod(self.since.year * 12 + self.since.month, 12)
            return date(year, month + 1, 1)
        return self.since


@dataclass(frozen=True, slots=True)
class Parameter:
    """A rule's arguments over time."""

    name: str
    description: Bilingual
    values: tuple[DatedValue, ...]
    last_confirmed_on: date

    @property
    def confidence(self) -> Confidence:
        """The lowest confidence of all its dates."""
        return max((value.confidence for value in self.values), key="HML".index)

    def at(self, day: date) -> DatedValue | Literal["before", "unrecorded"]:
        """The value that applies on `day`; `before` the first date if that is known exactly,
        `unrecorded` where the day lies in a time that the file knows nothing certain about."""
        passed = [value for value in self.values if value.since <= day]
        if not passed:
            return "unrecorded" if self.values[0].precision == "unknown" else "before"
        current = passed[-1]
        return current if current.certain_from() <= day else "unrecorded"


@dataclass(frozen=True, slots=True)
class TierRule:
    in_force: str
    rests_on: Basis
    requires: AllOf


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """How much of a scheme's own rules stands here, and what they were checked against."""

    extent: Literal["complete", "partial", "none"]
    validated_against: Bilingual
    lacks: Bilingual | None


@dataclass(frozen=True, slots=True)
class Takes:
    """The subjects that a scheme gives its tiers to. Without citations: products, as labels do."""

    subjects: tuple[SubjectKind, ...] = ("product",)
    citations: tuple[Citation, ...] = ()
    confidence: Confidence = "H"


@dataclass(frozen=True, slots=True)
class Scheme:
    id: str
    kind: Kind
    name: Bilingual
    operator: Bilingual
    region: str
    about: Bilingual
    last_confirmed_on: date
    coverage: RuleCoverage
    parameters: Mapping[str, Parameter]
    runs: str | None
    tiers: Mapping[Tier, TierRule]
    #: For labels, where the name is too long for a line of them.
    short_name: Bilingual | None = None
    takes: Takes = Takes()
    #: Whether a reduction has to be recorded before anything is offset.
    reduce_first: bool = False


@dataclass(frozen=True, slots=True)
class ClaimKind:
    rests_on: tuple[Basis, ...]
    ruling: str
    conditions: AllOf | None


@dataclass(frozen=True, slots=True)
class Market:
    id: str
    name: Bilingual
    place: Bilingual
    region: str
    about: Bilingual
    last_confirmed_on: date
    parameters: Mapping[str, Parameter]
    applies: str
    claims: tuple[ClaimKind, ...]
    own_label: str | None = None
    verified_label: str | None = None
    differs_from: tuple[str, ...] = ()
    nature: Nature = "law"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules. `hash` is the content hash of the canonical JSON of every rule file."""

    schemes: Mapping[str, Scheme]
    markets: Mapping[str, Market]
    hash: str

    def scheme(self, scheme_id: str) -> Scheme:
        """The scheme of that id. Raises InputRefused (RUL-020) with the known ids."""
        try:
            return self.schemes[scheme_id]
        except KeyError:
            raise faults.UNKNOWN_SCHEME.refuse(
                f"There is no scheme '{scheme_id}'.",
                hint=f"Known schemes: {', '.join(sorted(self.schemes))}.",
            ) from None

    def tiers_of(self, scheme_id: str) -> tuple[Tier, ...]:
        """The tiers of a scheme. Raises InputRefused (RUL-020; RUL-021 if it never awards any)."""
        scheme = self.scheme(scheme_id)
        if not scheme.tiers:
            raise faults.UNKNOWN_TIER.refuse(
                f"The scheme '{scheme_id}' awards no tier.",
                hint=f"Its kind is '{scheme.kind}': it is in the register and never awards.",
            )
        return tuple(scheme.tiers)

    def tier(self, scheme_id: str, tier: str) -> TierRule:
        """A scheme's tier. Raises InputRefused (RUL-020, RUL-021) with what is known."""
        tiers = self.tiers_of(scheme_id)
        for name in tiers:
            if name == tier:
                return self.schemes[scheme_id].tiers[name]
        raise faults.UNKNOWN_TIER.refuse(
            f"The scheme '{scheme_id}' has no tier '{tier}'.",
            hint=f"Tiers of this scheme: {', '.join(tiers)}.",
        )

    def market(self, market_id: str) -> Market:
        """The market of that id. Raises InputRefused (RUL-022) with the known ids."""
        try:
            return self.markets[market_id]
        except KeyError:
            raise faults.UNKNOWN_MARKET.refuse(
                f"There is no market '{market_id}': it is no law that is known here, and no "
                "country.",
                hint=f"Known laws: {', '.join(sorted(self.markets))}; or a country by its code "
                "(ISO 3166) or its name, such as DE, Germany, 德国.",
            ) from None

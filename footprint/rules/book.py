"""The rule book: every scheme and market as frozen values, with a content hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from footprint.rules import codes
from footprint.rules.decision import Citation, Confidence, Tier
from footprint.rules.expression import AllOf
from footprint.rules.fields import Strict
from footprint.rules.schema import Basis, Precision
from footprint.rules.words import Bilingual


@dataclass(frozen=True, slots=True)
class DatedValue:
    """Arguments that apply from a date; None ends the rule."""

    since: date
    precision: Precision
    arguments: Strict | None
    citations: tuple[Citation, ...]

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
    confidence: Confidence
    last_confirmed_on: date

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
class Scheme:
    id: str
    name: Bilingual
    operator: Bilingual
    region: str
    about: Bilingual
    last_confirmed_on: date
    parameters: Mapping[str, Parameter]
    tiers: Mapping[Tier, TierRule]


@dataclass(frozen=True, slots=True)
class Claim:
    rests_on: tuple[Basis, ...]
    ruling: str
    conditions: AllOf | None


@dataclass(frozen=True, slots=True)
class Market:
    id: str
    name: Bilingual
    region: str
    about: Bilingual
    last_confirmed_on: date
    parameters: Mapping[str, Parameter]
    applies: str
    claims: tuple[Claim, ...]


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
            raise codes.UNKNOWN_SCHEME.refuse(
                f"There is no scheme '{scheme_id}'.",
                hint=f"Known schemes: {', '.join(sorted(self.schemes))}.",
            ) from None

    def tier(self, scheme_id: str, tier: str) -> TierRule:
        """A scheme's tier. Raises InputRefused (RUL-020, RUL-021) with what is known."""
        tiers = self.scheme(scheme_id).tiers
        for name, rule in tiers.items():
            if name == tier:
                return rule
        raise codes.UNKNOWN_TIER.refuse(
            f"The scheme '{scheme_id}' has no tier '{tier}'.",
            hint=f"Tiers of this scheme: {', '.join(tiers)}.",
        )

    def market(self, market_id: str) -> Market:
        """The market of that id. Raises InputRefused (RUL-022) with the known ids."""
        try:
            return self.markets[market_id]
        except KeyError:
            raise codes.UNKNOWN_MARKET.refuse(
                f"There is no market '{market_id}'.",
                hint=f"Known markets: {', '.join(sorted(self.markets))}.",
            ) from None

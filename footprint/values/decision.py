"""A decision: one scheme, tier and date; the verdict, the reasons, where it may be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from footprint.values.claim import Claim

Verdict = Literal["pass", "fail", "unknown"]
Tier = Literal["disclosure", "reduction", "low-carbon", "neutral"]
TIERS: tuple[Tier, ...] = ("disclosure", "reduction", "low-carbon", "neutral")
#: H: official text read; M: secondary page; L: weak page or memory, to be confirmed first.
Confidence = Literal["H", "M", "L"]
MarketVerdict = Literal["allowed", "conditional", "prohibited", "not_covered", "unknown"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written: title of the document, article or section, address."""

    title: str
    article: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One node of the tree of reasons. `says` is the sentence a person reads."""

    rule: str
    verdict: Verdict
    says: str
    says_zh: str = ""
    confidence: Confidence = "H"
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    children: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class MarketDecision:
    """Whether the words of a tier may be shown in a market to an audience on a date, and why.

    `because_of` names the law of a union that prohibits what the market's own law would not.
    `changes_on` is the next day on which the answer is known to be another one, which it `becomes`.
    """

    market: str
    audience: str
    verdict: MarketVerdict
    says: str
    says_zh: str
    permitted_wording: tuple[str, ...] = ()
    confidence: Confidence = "H"
    citations: tuple[Citation, ...] = ()
    place: str = ""
    place_zh: str = ""
    because_of: str = ""
    changes_on: date | None = None
    becomes: MarketVerdict | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change by which a failing rule, or the whole tier, would pass.

    `reduce`: emit less by `amount` (a share, 0 to 1; of the whole footprint, or of the one row in
    `rows`). `retire`: retire `amount` more t CO2e of credits. `primary-data`: measure `rows`.
    `alone`: this change by itself makes the whole tier pass; otherwise it mends `rule` only.
    """

    rule: str
    kind: Literal["reduce", "retire", "primary-data"]
    amount: str
    says: str
    says_zh: str
    rows: tuple[int, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Statistic:
    """How probable a reduction is, from paired draws: told beside the letter of the scheme, which
    compares single values, and never instead of it. `at_least` and `probability` are shares."""

    rule: str
    reference: str
    at_least: str
    probability: str
    says: str
    says_zh: str
    draws: int | None = None


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day on which what a verdict rests on still holds, and what ends then."""

    day: date
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one scheme and tier. `missing` names evidence that was not supplied.

    `changes` holds the smallest changes that would mend what fails; `statistics` how probable the
    reductions are that the tier asks for, where the evidence says so; `claim` what a tier that was
    earned claims in figures, where it claims more than the footprint itself. A scheme has a short
    name for labels only where its name is too long for them. `own_label` is what markets say of a
    label of ours whose certificate nobody but its holder stands behind, `verified_label` of one
    that a verifier's statement stands behind; `ends` until when at most a certificate can hold.
    """

    scheme: str
    scheme_name: str
    scheme_name_zh: str
    tier: Tier
    as_of: date
    verdict: Verdict
    trace: Trace
    missing: tuple[str, ...]
    confirm_first: tuple[str, ...]
    markets: tuple[MarketDecision, ...]
    validity_months: int | None
    rules_hash: str
    changes: tuple[Change, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    scheme_short_name: str = ""
    scheme_short_name_zh: str = ""
    claim: Claim | None = None
    own_label: tuple[MarketDecision, ...] = ()
    verified_label: tuple[MarketDecision, ...] = ()
    ends: TermEnd | None = None

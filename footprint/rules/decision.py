"""A decision: one scheme, tier and date; the verdict, the reasons, where it may be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    """Whether the words of a tier may be shown in a market to an audience on a date, and why."""

    market: str
    audience: str
    verdict: MarketVerdict
    says: str
    says_zh: str
    permitted_wording: tuple[str, ...] = ()
    confidence: Confidence = "H"
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one scheme and tier. `missing` names evidence that was not supplied."""

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

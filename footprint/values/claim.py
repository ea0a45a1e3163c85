"""What a tier claims, in figures: by how much, against what, since when, how sure; and for offset
emissions which credits, for how many units and for which time.

All figures are decimal text. A certificate carries the claim of its decision as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Whether the difference is more than the uncertainty of both figures, as far as was stated.
Margin = Literal["supported", "within-uncertainty", "not-stated"]
#: What decided: the single values, as schemes write it, or the probability from paired draws too.
DecidedBy = Literal["letter", "probability"]


@dataclass(frozen=True, slots=True)
class ClaimComparison:
    """A comparison that the tier rests on: `value` is the comparator's, kg CO2e per `per`.

    `lower_by` and `at_least` are shares, 0 to 1: what was reached, rounded down to a hundredth of a
    percent, and what the scheme asks for. `day` is the comparator's day, or the end of its year;
    `group` what it stands for; `source` where its value is written. Empty text: not stated.
    """

    reference: str
    value: str
    per: str
    lower_by: str
    at_least: str
    strict: bool
    day: str
    group: str
    source: str
    margin: Margin
    decided_by: DecidedBy
    probability: str
    draws: int
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class ClaimedCredits:
    """A block of retired credits that stands behind the claim, t CO2e."""

    tonnes: str
    programme: str
    registry: str
    serial: str
    vintage: str
    retired_on: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim of a tier that was earned. `needed` t CO2e cover `units` declared units of the
    period; all three are empty where nothing is offset."""

    comparisons: tuple[ClaimComparison, ...]
    credits: tuple[ClaimedCredits, ...]
    tonnes: str
    needed: str
    units: str
    period_start: str
    period_end: str
    says: str
    says_zh: str

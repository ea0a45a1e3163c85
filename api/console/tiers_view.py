"""Which labels a product has earned, which are a step away, and what that step is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from api.console.evidence_view import named_in_words
from api.language import Language
from footprint.rules import RuleBook
from footprint.rules.glance import markets_at_a_glance
from footprint.rules.scheme_register import status_on
from footprint.values.decision import Decision

Group = Literal["earned", "step", "later", "over"]
GROUPS: tuple[Group, ...] = ("earned", "step", "later", "over")
#: A tier that lacks no more than this many pieces of evidence is a step away.
_STEP = 3


@dataclass(frozen=True, slots=True)
class TierView:
    """A tier of a scheme: the verdict, why in a sentence, what would change it, and the markets in
    a few lines. `confirm`: ask the scheme first; `lacks` counts what was not supplied."""

    scheme: str
    name: str
    tier: str
    verdict: str
    why: str
    change: str
    lacks: int
    markets: tuple[str, ...]
    confirm: bool
    flags: tuple[tuple[str, str], ...] = ()


def held_back(decisions: Sequence[Decision], left: int) -> str:
    """Which words say that the number itself keeps labels away, whatever the evidence: lines that
    are `left` out, or that are only estimates by material; "" for neither."""
    missing = {name for one in decisions for name in one.missing}
    if not missing & {"footprint.coverage.lines", "footprint.completeness"}:
        return ""
    return "tiers_gaps" if left else "tiers_screening"


def tier_groups(
    decisions: Sequence[Decision], rules: RuleBook, day: date, language: Language, market: str = ""
) -> list[tuple[Group, list[TierView]]]:
    """The tiers in four groups: earned, one step away, not now, no longer awarded. With a market
    each tier says whether its words may be shown there, and to whom (`flags`)."""
    found: dict[Group, list[TierView]] = {group: [] for group in GROUPS}
    for decision in decisions:
        view = replace(_view(decision, language), flags=_flags(decision, market))
        found[_group(decision, rules, day)].append(view)
    return [(group, found[group]) for group in GROUPS]


def _flags(decision: Decision, market: str) -> tuple[tuple[str, str], ...]:
    """(audience, verdict) in this market."""
    return tuple((one.audience, one.verdict) for one in decision.markets if one.market == market)


def _group(decision: Decision, rules: RuleBook, day: date) -> Group:
    if decision.verdict == "pass":
        return "earned"
    if status_on(rules.schemes[decision.scheme], day) not in {"active", "unknown"}:
        return "over"
    if any(change.alone for change in decision.changes):
        return "step"
    lacking = decision.verdict == "unknown" and len(decision.missing) <= _STEP
    return "step" if lacking else "later"


def _view(decision: Decision, language: Language) -> TierView:
    chinese = language == "zh"
    open_ones = [child for child in decision.trace.children if child.verdict != "pass"]
    failed = [child for child in open_ones if child.verdict == "fail"] or open_ones
    why = (failed[0].says_zh or failed[0].says if chinese else failed[0].says) if failed else ""
    change = decision.changes[0] if decision.changes else None
    return TierView(
        decision.scheme,
        decision.scheme_name_zh if chinese else decision.scheme_name,
        decision.tier,
        decision.verdict,
        named_in_words(why, decision.missing, language),
        "" if change is None else change.says_zh if chinese else change.says,
        len(decision.missing),
        markets_at_a_glance(decision, language),
        bool(decision.confirm_first),
    )

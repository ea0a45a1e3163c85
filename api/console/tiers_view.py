"""Which labels a product has earned, which are a step away, and what that step is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from api.console.evidence_view import named_in_words
from api.language import Language
from footprint.rules import RuleBook
from footprint.rules.answers import asks_of
from footprint.rules.glance import markets_at_a_glance
from footprint.rules.summary import stays_open
from footprint.values.decision import Decision, Trace

Group = Literal["earned", "step", "later", "unsure", "over"]
GROUPS: tuple[Group, ...] = ("earned", "step", "later", "unsure", "over")
#: Groups of which nothing that the product's maker does would earn a tier.
OUT_OF_REACH = frozenset[Group](("unsure", "over"))
#: A tier that lacks no more than this many facts and pieces of evidence is a step away.
_STEP = 3


@dataclass(frozen=True, slots=True)
class TierView:
    """A tier of a scheme: the verdict, why in a sentence, what would change it, and the markets in
    a few lines. `confirm`: ask the scheme first; `lacks` counts what a person can still answer."""

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


def tier_groups(
    decisions: Sequence[Decision], rules: RuleBook, language: Language, market: str = ""
) -> list[tuple[Group, list[TierView]]]:
    """The tiers in groups: earned, one step away, not now, not known to be awarded, not awarded.
    With a market each tier says whether its words may be shown there, and to whom (`flags`)."""
    found: dict[Group, list[TierView]] = {group: [] for group in GROUPS}
    for decision in decisions:
        lacks = len(asks_of(decision, rules.schemes[decision.scheme]))
        view = replace(_view(decision, language), lacks=lacks, flags=_flags(decision, market))
        found[_group(decision)].append(view)
    return [(group, found[group]) for group in GROUPS]


def _flags(decision: Decision, market: str) -> tuple[tuple[str, str], ...]:
    """(audience, verdict) in this market."""
    return tuple((one.audience, one.verdict) for one in decision.markets if one.market == market)


def _group(decision: Decision) -> Group:
    offered = decision.trace.children[0].verdict
    if decision.verdict == "pass":
        return "earned"
    if offered == "fail" or any(one.rule == "takes" for one in _failed(decision)):
        return "over"
    if offered == "unknown":
        return "unsure"
    if any(change.alone for change in decision.changes):
        return "step"
    lacking = decision.verdict == "unknown" and len(decision.missing) <= _STEP
    return "step" if lacking and not stays_open(decision) else "later"


def _failed(decision: Decision) -> list[Trace]:
    return [child for child in decision.trace.children if child.verdict == "fail"]


def _view(decision: Decision, language: Language) -> TierView:
    chinese = language == "zh"
    open_ones = [child for child in decision.trace.children if child.verdict != "pass"]
    # That the number itself is not complete is said once, above all tiers.
    others = [child for child in open_ones if child.rule != "complete"] or open_ones
    offered = decision.trace.children[0]
    reasons = [offered] if offered.verdict != "pass" else _failed(decision) or others
    why = (reasons[0].says_zh or reasons[0].says if chinese else reasons[0].says) if reasons else ""
    change = decision.changes[0] if decision.changes else None
    return TierView(
        decision.scheme,
        decision.scheme_name_zh if chinese else decision.scheme_name,
        decision.tier,
        decision.verdict,
        named_in_words(why, decision.missing, language),
        "" if change is None else change.says_zh if chinese else change.says,
        0,
        markets_at_a_glance(decision, language),
        bool(decision.confirm_first),
    )

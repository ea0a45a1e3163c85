"""Many decisions in a few lines: what is earned, nearly, open, not earned, not offered any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from footprint.rules.words import TIER_WORDS
from footprint.values.decision import Change, Decision


@dataclass(frozen=True, slots=True)
class DecisionSummary:
    """Decisions by how they ended; each is in one list."""

    passes: list[Decision] = field(default_factory=list)
    nearly: list[tuple[Decision, Change]] = field(default_factory=list)
    open: list[Decision] = field(default_factory=list)
    fails: list[Decision] = field(default_factory=list)
    not_offered: list[Decision] = field(default_factory=list)


def summary_of(decisions: Sequence[Decision]) -> DecisionSummary:
    """The decisions sorted: nearly is what the one change that is told would lift; a tier that is
    not offered on the day is in no other list, whatever else was found."""
    found = DecisionSummary()
    for decision in decisions:
        change = next((one for one in decision.changes if one.alone), None)
        if decision.verdict == "pass":
            found.passes.append(decision)
        elif decision.trace.children and decision.trace.children[0].verdict == "fail":
            found.not_offered.append(decision)
        elif change is not None:
            found.nearly.append((decision, change))
        elif decision.verdict == "unknown":
            found.open.append(decision)
        else:
            found.fails.append(decision)
    return found


def tier_name(decision: Decision) -> str:
    """A tier as it is ordered: `scheme/tier`."""
    return f"{decision.scheme}/{decision.tier}"


def summary_lines(decisions: Sequence[Decision], chinese: bool = False) -> Iterator[str]:
    """The summary for people, what is earned first and what has ended last."""
    found = summary_of(decisions)
    yield from _block("已取得" if chinese else "Earned", found.passes, chinese)
    if found.nearly:
        yield "只差一项改变：" if chinese else "Nearly: one change would lift it"
        for decision, change in found.nearly:
            says = change.says_zh if chinese else change.says
            yield f"  {_named(decision, chinese)}: {says}"
    if found.open:
        yield "尚缺材料：" if chinese else "Open: not supplied"
        for decision in found.open:
            missing = ", ".join(decision.missing) or _first_reason(decision, chinese)
            yield f"  {_named(decision, chinese)}: {missing}"
    yield from _block("未取得" if chinese else "Not earned", found.fails, chinese)
    lead = "不再或尚未受理" if chinese else "Not offered on this day"
    yield from _block(lead, found.not_offered, chinese)


def _block(lead: str, decisions: Sequence[Decision], chinese: bool) -> Iterator[str]:
    if decisions:
        yield f"{lead}：" if chinese else lead
        for decision in decisions:
            reason = "" if decision.verdict == "pass" else f": {_first_reason(decision, chinese)}"
            claim = decision.claim
            told = "" if claim is None else f": {claim.says_zh if chinese else claim.says}"
            yield f"  {_named(decision, chinese)}{reason}{told}"


def _named(decision: Decision, chinese: bool) -> str:
    words = TIER_WORDS[decision.tier]
    return f"{decision.scheme} · {words.zh if chinese else words.en}"


def _first_reason(decision: Decision, chinese: bool) -> str:
    """The first condition that does not hold."""
    for child in decision.trace.children:
        if child.verdict == decision.verdict:
            return child.says_zh if chinese else child.says
    return decision.trace.says_zh if chinese else decision.trace.says

"""Many decisions in a few lines: what is earned, nearly, open, not earned, not offered any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from footprint.rules.missing_words import missing_in_words
from footprint.rules.words import TIER_WORDS
from footprint.values.decision import Change, Decision, Trace


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
    supplied_would_do = [one for one in found.open if not stays_open(one)]
    others = [one for one in found.open if stays_open(one)]
    yield from _open_block(
        "尚缺材料" if chinese else "Open: not supplied", supplied_would_do, chinese
    )
    lead = "尚无法判定" if chinese else "Open: cannot be decided with what is known"
    yield from _open_block(lead, others, chinese)
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


def _open_block(lead: str, decisions: Sequence[Decision], chinese: bool) -> Iterator[str]:
    if decisions:
        yield f"{lead}：" if chinese else lead
        for decision in decisions:
            yield f"  {_named(decision, chinese)}: {open_reason(decision, chinese)}"


def stays_open(decision: Decision) -> bool:
    """Whether a condition is open that nothing to be supplied would settle: the rule itself is not
    known, or what was supplied cannot be used."""
    conditions = decision.trace.children or (decision.trace,)
    return any(
        one.verdict == "unknown" and not any(leaf.missing for leaf in _leaves_of(one))
        for one in conditions
    )


def open_reason(decision: Decision, chinese: bool = False) -> str:
    """What was not supplied, and every other reason why the answer is unknown."""
    leaves = [leaf for leaf in _leaves_of(decision.trace) if not leaf.missing]
    said = dict.fromkeys(leaf.says_zh if chinese else leaf.says for leaf in leaves)
    missing = missing_in_words(decision.missing, chinese)
    reasons = [*([missing] if missing else []), *said]
    return ("；" if chinese else "; ").join(reasons)


def _named(decision: Decision, chinese: bool) -> str:
    words = TIER_WORDS[decision.tier]
    return f"{decision.scheme} · {words.zh if chinese else words.en}"


def _first_reason(decision: Decision, chinese: bool) -> str:
    """The first condition that does not hold."""
    for child in decision.trace.children:
        if child.verdict == decision.verdict:
            return _with_parts(child, chinese)
    return decision.trace.says_zh if chinese else decision.trace.says


def _with_parts(trace: Trace, chinese: bool) -> str:
    """A condition, and which of its parts are why: "One of these must hold" says nothing alone."""
    says = trace.says_zh if chinese else trace.says
    leaves = _leaves_of(trace) if trace.children else ()
    parts = list(dict.fromkeys(leaf.says_zh if chinese else leaf.says for leaf in leaves))
    if not parts:
        return says
    return f"{says}（{'；'.join(parts)}）" if chinese else f"{says} ({'; '.join(parts)})"


def _leaves_of(trace: Trace) -> Iterator[Trace]:
    """The innermost conditions of the verdict that the whole has."""
    if not trace.children:
        yield trace
    for child in trace.children:
        if child.verdict == trace.verdict:
            yield from _leaves_of(child)

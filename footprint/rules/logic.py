"""Three-valued logic: pass, fail, unknown (Kleene's strong logic, 1938).

Unknown is neither of the others, and every operator is monotone: more evidence may turn an
unknown into a pass or a fail, and never a pass into a fail or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable

from footprint.values.decision import Verdict


def kleene_not(verdict: Verdict) -> Verdict:
    """Pass and fail change places; unknown stays."""
    if verdict == "unknown":
        return "unknown"
    return "fail" if verdict == "pass" else "pass"


def kleene_all(verdicts: Iterable[Verdict]) -> Verdict:
    """Fail if any fails, else unknown if any is unknown, else pass (also of nothing)."""
    seen = set(verdicts)
    if "fail" in seen:
        return "fail"
    return "unknown" if "unknown" in seen else "pass"


def kleene_any(verdicts: Iterable[Verdict]) -> Verdict:
    """Pass if any passes, else unknown if any is unknown, else fail (also of nothing)."""
    seen = set(verdicts)
    if "pass" in seen:
        return "pass"
    return "unknown" if "unknown" in seen else "fail"


def kleene_when(condition: Verdict, consequence: Verdict) -> Verdict:
    """Where the condition holds the consequence decides: not condition, or consequence."""
    return kleene_any((kleene_not(condition), consequence))


def kleene_n_of(needed: int, verdicts: Iterable[Verdict]) -> Verdict:
    """Pass if at least `needed` pass; fail if that can no longer be reached; else unknown."""
    all_verdicts = tuple(verdicts)
    passed = all_verdicts.count("pass")
    if passed >= needed:
        return "pass"
    return "unknown" if passed + all_verdicts.count("unknown") >= needed else "fail"

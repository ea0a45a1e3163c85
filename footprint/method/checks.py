"""Named checks of a result against method rules: PACT v3 and ISO 14067, each with its source.

The checks read the result alone, so that whoever has the document can make them again.
"""

from __future__ import annotations

from dataclasses import dataclass

from footprint.method.findings import ABSENT, FINDINGS, Finding, Outcome
from footprint.method.rules import RULES, Confidence
from footprint.values.result import Footprint

NOT_GIVEN, NOT_GIVEN_ZH = "not given", "未给出"


@dataclass(frozen=True, slots=True)
class MethodCheck:
    """The outcome of one rule. `says` is what the rule asks, and what was found."""

    id: str
    outcome: Outcome
    says: str
    says_zh: str
    source: str
    confidence: Confidence


def method_checks(footprint: Footprint) -> tuple[MethodCheck, ...]:
    """Every rule with its outcome, in the order of `RULES`. An unconfirmed rule never fails. The
    rules are about products: none is asked of anything else."""
    if footprint.subject is not None:
        return ()
    return tuple(_checked(name, finding(footprint)) for name, finding in FINDINGS.items())


def _checked(name: str, finding: Finding) -> MethodCheck:
    rule = RULES[name]
    outcome, detail = finding
    if outcome == "fail" and rule.confidence == "unconfirmed":
        outcome = "warn"
    found, found_zh = (NOT_GIVEN, NOT_GIVEN_ZH) if detail == ABSENT else (detail, detail)
    tail = f" ({found})" if found else ""
    tail_zh = f"（{found_zh}）" if found_zh else ""
    return MethodCheck(
        name, outcome, rule.says + tail, rule.says_zh + tail_zh, rule.source, rule.confidence
    )

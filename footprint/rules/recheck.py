"""A verdict once more, from its trace alone: no rules, no footprint, no evidence needed.

Whoever holds a decision document can check that its reasons carry its verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.documents.decision import decision_from_document
from footprint.rules.logic import (
    kleene_all,
    kleene_any,
    kleene_n_of,
    kleene_not,
    kleene_when,
)
from footprint.values.decision import Trace, Verdict


def reevaluated(trace: Trace) -> Verdict:
    """The verdict that follows from the leaves of a tree of reasons."""
    verdicts = tuple(reevaluated(child) for child in trace.children)
    word, _, argument = trace.rule.partition(": ")
    match word, verdicts:
        case "any", _:
            return kleene_any(verdicts)
        case "n_of", _:
            return kleene_n_of(int(argument), verdicts)
        case "not", (child,):
            return kleene_not(child)
        case "when", (condition, consequence):
            return kleene_when(condition, consequence)
        case "all", _:
            return kleene_all(verdicts)
        case _:
            # The root carries the scheme's name and asks for all; a leaf says its own verdict.
            return kleene_all(verdicts) if verdicts else trace.verdict


def verdict_from_document(document: Mapping[str, Any]) -> Verdict:
    """The verdict that the trace of a decision document carries, whatever the document claims.

    Raises InputRefused (RUL-024) if the document cannot be read.
    """
    return reevaluated(decision_from_document(document).trace)

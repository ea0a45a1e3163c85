"""Label schemes and market law as dated data, and decisions under them."""

from __future__ import annotations

from footprint.rules.book import RuleBook
from footprint.rules.decide import decide, decide_all
from footprint.rules.decision import Decision
from footprint.rules.document import (
    decision_document,
    decision_from_document,
    scheme_document,
    scheme_list,
)
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.evidence_file import read_evidence
from footprint.rules.explain import explain
from footprint.rules.facts import facts_from_document
from footprint.rules.load import load_rules

__all__ = [
    "Decision",
    "Evidence",
    "Facts",
    "RuleBook",
    "decide",
    "decide_all",
    "decision_document",
    "decision_from_document",
    "explain",
    "facts_from_document",
    "load_rules",
    "read_evidence",
    "scheme_document",
    "scheme_list",
]

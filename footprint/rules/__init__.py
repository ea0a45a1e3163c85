"""Label schemes and market law as dated data, and decisions under them."""

from __future__ import annotations

from footprint.rules.book import RuleBook
from footprint.rules.decide import decide, decide_all
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.evidence_file import read_evidence
from footprint.rules.explain import explain
from footprint.rules.facts import facts_from_document
from footprint.rules.freshness import dated_parameters, stale_facts
from footprint.rules.glance import markets_at_a_glance
from footprint.rules.load import load_rules
from footprint.rules.printed_labels import load_printed_labels
from footprint.rules.recheck import reevaluated, verdict_from_document
from footprint.rules.scheme_register import scheme_document, scheme_list
from footprint.values.decision import Decision

__all__ = [
    "Decision",
    "Evidence",
    "Facts",
    "RuleBook",
    "dated_parameters",
    "decide",
    "decide_all",
    "explain",
    "facts_from_document",
    "load_printed_labels",
    "load_rules",
    "markets_at_a_glance",
    "read_evidence",
    "reevaluated",
    "scheme_document",
    "scheme_list",
    "stale_facts",
    "verdict_from_document",
]

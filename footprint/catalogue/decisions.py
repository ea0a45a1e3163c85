"""Decisions on the products of a catalogue: the verdict for each tier of some schemes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from footprint.canonical_fast import canonical_bytes
from footprint.catalogue.summary import DECISION
from footprint.documents.footprint import footprint_document
from footprint.rules import decide, load_rules
from footprint.rules.book import RuleBook
from footprint.study import evidence_of, facts_of
from footprint.values.result import Footprint


def decision_column(scheme: str) -> str:
    """The column of results that holds the verdicts of a scheme, such as `disclosure:pass`."""
    return f"{DECISION}{scheme}"


@dataclass(frozen=True, slots=True)
class SchemesAsked:
    """Schemes by id, what supports the claim (YAML text), and the day of the decision."""

    schemes: tuple[str, ...]
    evidence: str
    as_of: date

    @property
    def rules(self) -> RuleBook:
        """The rules that ship with this version."""
        return load_rules()

    def check(self) -> None:
        """Raises `InputRefused` (RUL codes) for a scheme or evidence that cannot be used."""
        for scheme in self.schemes:
            self.rules.scheme(scheme)
        evidence_of(self.evidence)


def decision_columns(made: Footprint, asked: SchemesAsked | None) -> dict[str, str]:
    """The columns of decisions: for each scheme every tier with its verdict, divided by blanks.

    Raises `InputRefused` (RUL codes) for evidence that a product cannot be compared by.
    """
    if asked is None:
        return {}
    document = json.loads(canonical_bytes(footprint_document(made)))
    facts, evidence = facts_of(document), evidence_of(asked.evidence)
    found = {}
    for scheme in asked.schemes:
        tiers = asked.rules.scheme(scheme).tiers
        verdicts = {
            tier: decide(asked.rules, facts, evidence, scheme, tier, asked.as_of).verdict
            for tier in tiers
        }
        found[decision_column(scheme)] = " ".join(f"{t}:{v}" for t, v in verdicts.items())
    return found

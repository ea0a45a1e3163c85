"""From the bytes of a bill of materials and its evidence to footprint and decision documents.

Issuing, verifying and recalling all come through here, so that they cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from footprint.bom.model import Bom
from footprint.canonical import bytes_hash
from footprint.certificates.canon import canonical_bytes, fast_hash, plain_document
from footprint.engine.calculate import calculate
from footprint.engine.document import footprint_document
from footprint.engine.result import Footprint
from footprint.inventory.compiled import CompiledInventory
from footprint.recompute.inputs import Inputs
from footprint.rules import (
    RuleBook,
    decide,
    facts_from_document,
    read_evidence,
)
from footprint.rules.decision import Decision, Tier
from footprint.rules.evidence import Evidence, Facts

#: Members of a footprint document that no rule reads.
_UNDECISIVE = ("checks", "sources", "warnings")


@dataclass(frozen=True, slots=True)
class Question:
    """What was decided: a tier of a scheme on a day, on this evidence (YAML text)."""

    scheme: str
    tier: Tier
    as_of: date
    evidence: str


def footprint_of(inputs: Inputs, inventory: CompiledInventory) -> tuple[Bom, dict[str, Any]]:
    """The bill of materials and its footprint document, as it reads after it was stored.

    Canonical JSON writes 1.0 as 1: without it a number would show other digits before it was
    stored than afterwards. Raises InputRefused (BOM, ENG codes).
    """
    bom = inputs.read()
    made = footprint_document(calculated(bom, inputs, inventory))
    stored: dict[str, Any] = json.loads(canonical_bytes(made))
    return bom, stored


def calculated(bom: Bom, inputs: Inputs, inventory: CompiledInventory) -> Footprint:
    """The footprint of a bill of materials as it was read from `inputs`, by what they choose.

    Raises InputRefused (ENG codes).
    """
    return calculate(
        bom,
        inventory,
        inputs.gwp_set,
        allow_gaps=inputs.allow_gaps,
        electricity=inputs.electricity,
        screening=inputs.screening,
    )


@lru_cache(maxsize=256)
def evidence_of(text: str) -> Evidence:
    """The evidence in a YAML text; many certificates of a batch rest on the same one.

    Raises InputRefused (RUL codes) for what cannot be used.
    """
    return read_evidence(text, "evidence")


def facts_of(footprint: Mapping[str, Any], document_hash: str = "") -> Facts:
    """What `footprint.rules.facts_from_document` reads from a footprint document.

    Checks, sources and warnings decide nothing and are most of the text: they are hashed by the
    faster way, where the caller does not have the `document_hash` already. Raises InputRefused
    (RUL-023).
    """
    deciding = {name: footprint[name] for name in footprint if name not in _UNDECISIVE}
    return facts_from_document(deciding, document_hash or fast_hash(dict(footprint)))


def decision_on(
    footprint: dict[str, Any], question: Question, rules: RuleBook, document_hash: str = ""
) -> tuple[Decision, dict[str, Any]]:
    """The decision on a footprint document, and its document with the hash of the evidence.

    With the hash in it, the certificate's hash of the decision binds the evidence to the last
    byte. Raises InputRefused (RUL codes) for evidence, schemes and tiers that cannot be used.
    """
    decision = decide(
        rules,
        facts_of(footprint, document_hash),
        evidence_of(question.evidence),
        question.scheme,
        question.tier,
        question.as_of,
    )
    # The document of `footprint.rules.decision_document`, made faster: batches need it.
    document = plain_document(decision)
    return decision, document | {"evidence_hash": bytes_hash(question.evidence.encode())}

"""The one way from files to a footprint, and from a footprint and evidence to a decision.

Command line, service, verification and recall all come through here, so that they cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from footprint.bom.read import BomRefused, read_with_table
from footprint.canonical import bytes_hash
from footprint.canonical_fast import canonical_bytes, fast_hash
from footprint.documents.decision import decision_document
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.engine.items import Basis, resolve_items
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.rules import (
    RuleBook,
    decide,
    facts_from_document,
    read_evidence,
)
from footprint.rules.evidence import Evidence, Facts
from footprint.values.bom import Bom
from footprint.values.decision import Decision, Tier
from footprint.values.result import Footprint

if TYPE_CHECKING:
    from footprint.reading.header import FoundTable

#: Members of a footprint document that no rule reads.
_UNDECISIVE = ("checks", "sources", "warnings")


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a certified footprint is made from, beside the inventory.

    `file` names the bill of materials, `data` are its bytes; `product_file`, `site_file` and
    `mapping_file` (the answers to what the table leaves open) are YAML or None, as is
    `matches_file` (datasets that people chose before); `documents` are
    suppliers' footprints by the names that lines give. `allow_gaps` and `screening` are what
    `calculate` makes of lines without a dataset.
    """

    file: str
    data: bytes
    product_file: bytes | None = None
    gwp_set: str = DEFAULT_GWP_SET
    site_file: bytes | None = None
    documents: Mapping[str, bytes] = field(default_factory=dict)
    electricity: Basis = "location"
    matches_file: bytes | None = None
    mapping_file: bytes | None = None
    allow_gaps: bool = False
    screening: bool = False

    def read(self) -> Bom:
        """The bill of materials. Raises InputRefused with every problem of the files."""
        bom, _ = self.read_with_table()
        return bom

    def read_with_table(self) -> tuple[Bom, FoundTable]:
        """`read`, and the table of the file as uploaded: for whoever shows its cells beside it."""
        return read_with_table(
            self.data,
            self.file,
            self.product_file,
            documents=self.documents,
            site=self.site_file,
            mapping=self.mapping_file,
            matches=self.matches_file,
        )

    def fingerprint(self) -> dict[str, object]:
        """Hashes of the files, byte for byte, and what was chosen. What was not given is left out,
        so that a new kind of file changes no commitment of before."""
        found: dict[str, object] = {
            "file_sha256": bytes_hash(self.data),
            "product_file_sha256": _hash_of(self.product_file),
        }
        if self.site_file is not None:
            found["site_file_sha256"] = _hash_of(self.site_file)
        if self.mapping_file is not None:
            found["mapping_file_sha256"] = _hash_of(self.mapping_file)
        if self.matches_file is not None:
            found["matches_file_sha256"] = _hash_of(self.matches_file)
        if self.documents:
            found["documents_sha256"] = {
                name: _hash_of(data) for name, data in sorted(self.documents.items())
            }
        if self.electricity != "location":
            found["electricity"] = self.electricity
        if self.allow_gaps:
            found["allow_gaps"] = True
        if self.screening:
            found["screening"] = True
        return found


def _hash_of(data: bytes | None) -> str | None:
    return None if data is None else bytes_hash(data)


@dataclass(frozen=True, slots=True)
class DecidedQuestion:
    """What was decided: a tier of a scheme on a day, on this evidence (YAML text). `confirmed`:
    whoever asks has checked the verifier's signed statement that the evidence names."""

    scheme: str
    tier: Tier
    as_of: date
    evidence: str
    confirmed: bool = False


def footprint_of(inputs: Inputs, inventory: CompiledInventory) -> tuple[Bom, dict[str, Any]]:
    """The bill of materials and its footprint document, as it reads after it was stored.

    Canonical JSON writes 1.0 as 1: without it a number would show other digits before it was
    stored than afterwards. Raises InputRefused (BOM, ENG codes).
    """
    bom = inputs.read()
    return bom, footprint_from(bom, inputs, inventory)


def footprint_from(bom: Bom, inputs: Inputs, inventory: CompiledInventory) -> dict[str, Any]:
    """`footprint_of` a bill of materials that was read from `inputs` already."""
    stored: dict[str, Any] = json.loads(_written(calculated(bom, inputs, inventory))[1])
    return stored


def written_result(
    inputs: Inputs, inventory: CompiledInventory
) -> tuple[Bom, Footprint, dict[str, Any], bytes]:
    """The bill of materials, its footprint, and the footprint document: as values, and in canonical
    JSON as it is stored. Raises InputRefused (BOM, ENG codes).
    """
    bom = inputs.read()
    made = calculated(bom, inputs, inventory)
    return bom, made, *_written(made)


def _written(made: Footprint) -> tuple[dict[str, Any], bytes]:
    document = footprint_document(made)
    return document, canonical_bytes(document)


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


def relied_evidence(text: str, *, confirmed: bool) -> Evidence:
    """As `evidence_of`; `confirmed` where its verification rests on a statement that was checked.

    Raises InputRefused (RUL codes), ValueError for confirmed evidence that names no statement.
    """
    read = evidence_of(text)
    if not confirmed:
        return read
    if read.verification is None or not read.verification.statement:
        raise ValueError("the evidence names no verifier's statement that could be confirmed")
    return replace(read, verification=replace(read.verification, confirmed=True))


def facts_of(footprint: Mapping[str, Any], document_hash: str = "") -> Facts:
    """What `footprint.rules.facts_from_document` reads from a footprint document.

    Checks, sources and warnings decide nothing and are most of the text: they are hashed by the
    faster way, where the caller does not have the `document_hash` already. Raises InputRefused
    (RUL-023).
    """
    deciding = {name: footprint[name] for name in footprint if name not in _UNDECISIVE}
    return facts_from_document(deciding, document_hash or fast_hash(dict(footprint)))


def decide_question(
    footprint: Mapping[str, Any],
    question: DecidedQuestion,
    rules: RuleBook,
    document_hash: str = "",
) -> Decision:
    """The decision on a footprint document. Raises InputRefused (RUL codes) for evidence, schemes
    and tiers that cannot be used."""
    return decide(
        rules,
        facts_of(footprint, document_hash),
        relied_evidence(question.evidence, confirmed=question.confirmed),
        question.scheme,
        question.tier,
        question.as_of,
    )


def decision_on(
    footprint: dict[str, Any], question: DecidedQuestion, rules: RuleBook, document_hash: str = ""
) -> tuple[Decision, dict[str, Any]]:
    """`decide_question`, and the decision's document with the hash of the evidence.

    With the hash in it, the certificate's hash of the decision binds the evidence to the last
    byte. Raises as it does.
    """
    decision = decide_question(footprint, question, rules, document_hash)
    return decision, decision_document(decision, bytes_hash(question.evidence.encode()))


def all_problems(
    refused: BomRefused, inventory: CompiledInventory, electricity: Basis = "location"
) -> InputRefused:
    """What is wrong with a file in reading, and with its sound lines in the inventory, by row."""
    found = list(refused.problems)
    if refused.partial is not None:
        found += resolve_items(refused.partial, inventory, electricity).unresolved
    return InputRefused(sorted(found, key=lambda problem: problem.where.row or 0))

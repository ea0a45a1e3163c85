"""A certificate on a small product, its bundle, and the tools to calculate it again."""

from __future__ import annotations

import copy
import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from footprint.certificates import Issuance, VerificationReport, issue_credential
from footprint.certificates.build import build_view
from footprint.certificates.keys import did_document, did_web, generate_key, public_jwks
from footprint.certificates.number import make_number
from footprint.certificates.verify_file import verify_file
from footprint.certificates.view import view_document
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.bundle import BundleContents, bundle_document, read_bundle
from footprint.proof.commitment import Leaf, commitment_leaves, commitment_root
from footprint.proof.manifest import engine_manifest, engine_manifest_hash
from footprint.proof.verify_bundle import verify_bundle
from footprint.proof.verify_results import Tools
from footprint.rules import RuleBook, scheme_document
from footprint.study import DecidedQuestion, Inputs, decision_on, footprint_of

BASE_URL = "https://labels.example.com"
DID = did_web(BASE_URL)
KEY = generate_key()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEYS = did_document(DID, public_jwks([KEY]))

BOM = """\
# name: Wall bracket
# company: Example Metal Ltd
# country: CN
# declared_unit: 1 piece
# mass: 0.5 kg
# reference_period: 2025-01-01/2025-12-31
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
3,Corrugated board,0.04,kg,board-corrugated-recycled-cn,packaging
"""
EVIDENCE = """\
sales_channel: b2b
methods: [TGO CFP guideline]
pcr: Metal fittings
verification: {by: Example Verification Ltd, kind: registered-verifier, date: 2026-10-30}
"""
QUESTION = DecidedQuestion("th-tgo", "disclosure", date(2026, 11, 20), EVIDENCE)


@dataclass(frozen=True)
class Case:
    """An issued certificate, and everything behind it."""

    inventory: CompiledInventory
    rules: RuleBook
    inputs: Inputs
    leaves: tuple[Leaf, ...]
    footprint: dict[str, Any]
    certificate: dict[str, Any]
    credential: str
    bundle: dict[str, Any]

    @property
    def tools(self) -> Tools:
        return Tools(self.inventory, self.rules, engine_manifest())

    @property
    def file(self) -> bytes:
        return json.dumps({"credential": self.credential, "certificate": self.certificate}).encode()

    def verified(self) -> VerificationReport:
        return verify_file(self.file, "c.json", KEYS, NOON)

    def recomputed(
        self, bundle: dict[str, Any] | None = None, tools: Tools | None = None
    ) -> VerificationReport:
        """The report with the recomputation from a bundle (default: the genuine one)."""
        data = json.dumps(bundle or self.bundle).encode()
        return verify_bundle(self.verified(), read_bundle(data), tools or self.tools)

    def changed(self) -> dict[str, Any]:
        """A copy of the bundle to change."""
        return copy.deepcopy(self.bundle)


def issued(inventory: CompiledInventory, rules: RuleBook, text: str = BOM) -> Case:
    """A certificate as an issuer makes it."""
    inputs = Inputs("bracket.csv", text.encode(), None, "AR6")
    bom, footprint = footprint_of(inputs, inventory)
    leaves = commitment_leaves(bom, inputs, os.urandom(32))
    decision, decided = decision_on(footprint, QUESTION, rules)
    assert decision.verdict == "pass", decision.missing
    issuance = Issuance(
        number=make_number(bytes(5)),
        issuer_name="Example Label Office",
        issuer_name_zh="示例标签机构",
        issuer_did=DID,
        base_url=BASE_URL,
        issued_at=NOON,
        valid_from=NOON.date(),
        valid_until=date(2029, 11, 19),
        self_declared=True,
        bom_commitment=commitment_root(leaves),
        engine_manifest=engine_manifest_hash(),
    )
    view = build_view(footprint, decided, issuance)
    contents = BundleContents(
        number=view.number,
        credential=issue_credential(view, KEY),
        certificate=view_document(view),
        inputs=inputs,
        leaves=leaves,
        question=QUESTION,
        datasets=[line["dataset"] for line in footprint["contributions"]],
    )
    bundle = bundle_document(
        contents, inventory, scheme_document(rules, "th-tgo"), rules.hash, engine_manifest()
    )
    return Case(
        inventory,
        rules,
        inputs,
        leaves,
        footprint,
        dict(contents.certificate),
        contents.credential,
        json.loads(json.dumps(bundle)),
    )


def codes(report: VerificationReport) -> set[str]:
    """The codes of the failed checks."""
    return set(report.codes)


def outcomes(report: VerificationReport) -> dict[str, str]:
    """The outcome of each check by its name."""
    return {check.name: check.outcome for check in report.checks}

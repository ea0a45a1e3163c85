"""Whether the results of a bundle, calculated again, are those that were signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from footprint.canonical_fast import fast_hash
from footprint.certificates.build import build_view
from footprint.certificates.report import VerificationCheck, failed_check, passed_check
from footprint.certificates.view import BoundDocument, CertificateView, Issuance, view_document
from footprint.exchange.binding import bound_documents
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.proof.bundle import Bundle
from footprint.proof.commitment import commitment_root
from footprint.proof.factors import compare_factors, factor_check, with_factors
from footprint.proof.faults import DECISION, EVIDENCE, RESULT
from footprint.rules import RuleBook
from footprint.study import DecidedQuestion, decision_on, written_result
from footprint.values.result import Footprint

#: Fields of the view that the decision decides; the others come from footprint and issue.
_DECIDED = (
    *("scheme", "tier", "decided_on", "reasons", "confirm_first", "markets", "decision_hash"),
    *("claim", "limits", "showing_conditions", "rules_hash", "term_ends_with", "term_ends_with_zh"),
)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verifier calculates with: his own inventory, rules and engine manifest."""

    inventory: CompiledInventory
    rules: RuleBook
    engine: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignedParts:
    """The signed view, and the hash of the engine manifest that its text ends with."""

    view: CertificateView

    @property
    def engine(self) -> str:
        return self.view.engine.rpartition(", ")[2]


def results_again(
    signed: SignedParts, bundle: Bundle, tools: Tools
) -> tuple[VerificationCheck, VerificationCheck, VerificationCheck]:
    """Factors, footprint and decision: made anew, every field of the view is compared."""
    factors = compare_factors(bundle, tools.inventory)
    try:
        again = _view_again(signed.view, bundle, tools.inventory, tools.rules)
        different = view_differences(signed.view, again)
        solved_elsewhere = False
        if factors.close and different:
            inventory = with_factors(tools.inventory, bundle)
            other = _view_again(signed.view, bundle, inventory, tools.rules)
            solved_elsewhere = not view_differences(signed.view, other)
            if solved_elsewhere:
                again, different = other, []
    except (InputRefused, ValueError, TypeError, KeyError, ArithmeticError) as error:
        says = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        return (
            factor_check(factors, solved_elsewhere=False),
            failed_check(
                "footprint", RESULT, f"It cannot be calculated: {says}", f"无法计算：{says}"
            ),
            failed_check(
                "decision", DECISION, "No decision without a footprint.", "无碳足迹则无判定。"
            ),
        )
    same_rules = tools.rules.hash == signed.view.rules_hash
    decided = [name for name in different if name in _DECIDED]
    calculated = [name for name in different if name not in _DECIDED]
    return (
        factor_check(factors, solved_elsewhere=solved_elsewhere),
        _result_check(signed.view, again, calculated),
        _decision_check(signed.view, again, decided, same_question=not calculated and same_rules),
    )


def view_differences(signed: CertificateView, again: CertificateView) -> list[str]:
    """Members that differ, those that only one of the two has among them."""
    there, here = view_document(signed), view_document(again)
    names = dict.fromkeys((*there, *here))
    return [name for name in names if there.get(name) != here.get(name)]


def _result_check(
    view: CertificateView, again: CertificateView, different: list[str]
) -> VerificationCheck:
    if different:
        return failed_check(
            "footprint",
            RESULT,
            f"Calculated again it is {again.total_kg_co2e} kg CO2e, signed is "
            f"{view.total_kg_co2e}; different: {', '.join(different)}.",
            f"重新计算为 {again.total_kg_co2e} kg CO2e，签名值为 {view.total_kg_co2e}；"
            f"差异：{', '.join(different)}。",
        )
    return passed_check(
        "footprint",
        f"Calculated again it is {again.total_kg_co2e} kg CO2e, the same to the last digit.",
        f"重新计算为 {again.total_kg_co2e} kg CO2e，逐位一致。",
    )


def _decision_check(
    view: CertificateView, again: CertificateView, different: list[str], *, same_question: bool
) -> VerificationCheck:
    """Where footprint, rules, scheme, tier and day are the signed ones and the decision is not,
    only the evidence is left to be another."""
    if not different:
        return passed_check(
            "decision",
            f"Made again for {again.decided_on}, it is the same in every word.",
            f"按 {again.decided_on} 重新判定，结果完全一致。",
        )
    asked = (again.scheme, again.tier, again.decided_on)
    if same_question and asked == (view.scheme, view.tier, view.decided_on):
        return failed_check(
            "decision",
            EVIDENCE,
            "The evidence in the bundle is not the one that was decided on.",
            "文件包中的证据与判定所依据的证据不一致。",
        )
    return failed_check(
        "decision",
        DECISION,
        f"Made again, it differs in: {', '.join(different)}.",
        f"重新判定后存在差异：{', '.join(different)}。",
    )


def _view_again(
    view: CertificateView, bundle: Bundle, inventory: CompiledInventory, rules: RuleBook
) -> CertificateView:
    question = DecidedQuestion(
        bundle.scheme,
        bundle.tier,
        date.fromisoformat(bundle.decided_on),
        bundle.evidence,
        bool(view.statement_hash),
    )
    _, result, _, written = written_result(bundle.inputs(), inventory)
    footprint = json.loads(written)
    _, decision = decision_on(footprint, question, rules)
    again = build_view(
        footprint,
        decision,
        Issuance(
            number=view.number,
            issuer_name=view.issuer_name,
            issuer_name_zh=view.issuer_name_zh,
            issuer_did=view.issuer_did,
            base_url=view.base_url,
            issued_at=datetime.fromisoformat(view.issued_at),
            valid_from=date.fromisoformat(view.valid_from),
            valid_until=date.fromisoformat(view.valid_until),
            self_declared=view.self_declared,
            verifier=view.verifier,
            verifier_statement=view.verifier_statement,
            status_list=view.status_list,
            status_index=view.status_index,
            renderer=view.renderer,
            bom_commitment=commitment_root(bundle.leaves),
            stated_verifier=view.stated_verifier,
            engine_manifest=fast_hash(bundle.engine),
            draft=view.draft,
            documents=_documents_again(view, result),
            statement_hash=view.statement_hash,
        ),
    )
    return replace(again, schema=view.schema)


def _documents_again(view: CertificateView, result: Footprint) -> tuple[BoundDocument, ...]:
    """The documents of exchange that are bound, where those that follow from the footprint alone
    are among them; the others are under an id that only the register knows."""
    if not view.documents:
        return ()
    made = bound_documents(pact_document(result, datetime.fromisoformat(view.issued_at)))
    return view.documents if {*made} <= {*view.documents} else made

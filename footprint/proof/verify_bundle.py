"""Calculate a certificate again from its bundle, offline, and name the part that does not fit.

Parts are held against what was signed, one by one: bill of materials, evidence, inventory and
factors, rules, engine. Then footprint and decision are made anew and must be the signed ones to
the last digit. What another version of the program finds different is not checked here: only the
one that calculated can tell. Hostile input never raises; it yields a failed check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from footprint.canonical import content_hash
from footprint.certificates.build import build_view
from footprint.certificates.report import (
    Check,
    VerificationReport,
    extended,
    failed,
    passed,
)
from footprint.certificates.view import (
    CertificateView,
    Issuance,
    view_document,
    view_from_document,
)
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.bundle import Bundle
from footprint.proof.commitment import commitment_leaves, commitment_root, without_salt
from footprint.proof.engine_check import engine_check, not_checked
from footprint.proof.factors import check_inventory, compare_factors, factor_check, with_factors
from footprint.proof.faults import BOM, BUNDLE, DECISION, EVIDENCE, RESULT, RULES
from footprint.rules import RuleBook, scheme_document
from footprint.study import Question, decision_on, footprint_of

#: Fields of the view that the decision decides; the others come from footprint and issue.
_DECIDED = ("scheme", "tier", "decided_on", "reasons", "confirm_first", "markets", "decision_hash")


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verifier calculates with: his own inventory, rules and engine manifest."""

    inventory: CompiledInventory
    rules: RuleBook
    engine: Mapping[str, Any]


def verify_bundle(report: VerificationReport, bundle: Bundle, tools: Tools) -> VerificationReport:
    """The report on a certificate, extended by one check for each part of its bundle.

    `report` is the outcome of `verify_file` on the certificate with its certificate.json. One that
    is not authentic is not compared with anything. Never raises on a bundle.
    """
    if report.verdict == "invalid":
        return report
    return extended(report, *_bundle_checks(report.view_document or {}, bundle, tools))


def _bundle_checks(document: Mapping[str, Any], bundle: Bundle, tools: Tools) -> tuple[Check, ...]:
    try:
        view = view_from_document(document)
    except InputRefused as refused:
        return (_bundle_failed(refused.problems[0].message, "证书内容无法读取"),)
    if bundle.certificate != document or bundle.number != view.number:
        return (
            _bundle_failed(
                f"The bundle is that of {bundle.number[:40]}, not of {view.number}.",
                f"该文件包属于 {bundle.number[:40]}，而非 {view.number}",
            ),
        )
    signed = _Signed(view)
    belongs = passed("bundle", "The bundle belongs to this certificate.", "文件包与证书相符。")
    engine = engine_check(signed.engine, bundle, tools.engine)
    checks: tuple[Check, ...] = (
        *_parts(signed, bundle, tools, engine),
        *_results(signed, bundle, tools),
    )
    if engine.outcome == "skipped" and not _tampered(signed, bundle):
        checks = tuple(not_checked(check, bundle) for check in checks)
    return (belongs, *checks)


def _parts(
    signed: _Signed, bundle: Bundle, tools: Tools, engine: Check
) -> tuple[Check, Check, Check, Check]:
    view = signed.view
    return (
        _attempt("bom", lambda: _bom(signed, bundle)),
        check_inventory(view.inventory_hash, bundle, tools.inventory),
        _attempt("rules", lambda: _rules(view, bundle, tools.rules)),
        engine,
    )


def _tampered(signed: _Signed, bundle: Bundle) -> bool:
    """Whether the bundle contradicts what was signed, whatever program reads it."""
    return (
        commitment_root(bundle.leaves) != signed.view.bom_commitment
        or bundle.rules.hash != signed.view.rules_hash
    )


@dataclass(frozen=True, slots=True)
class _Signed:
    """The signed view, and the hash of the engine manifest that its text ends with."""

    view: CertificateView

    @property
    def engine(self) -> str:
        return self.view.engine.rpartition(", ")[2]


def _attempt(name: str, check: Callable[[], Check]) -> Check:
    """A check; what it refuses about the bundle is its failure."""
    try:
        return check()
    except (InputRefused, ValueError, TypeError, KeyError) as error:
        fault = {"bom": BOM, "rules": RULES}[name]
        says = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return failed(name, fault, f"It cannot be read: {says}", f"无法读取：{says}")


def _bom(signed: _Signed, bundle: Bundle) -> Check:
    if commitment_root(bundle.leaves) != signed.view.bom_commitment:
        return failed(
            "bom",
            BOM,
            "The lines in the bundle are not those that the certificate commits to.",
            "文件包中的物料行与证书所承诺的不一致。",
        )
    inputs = bundle.inputs()
    # Salts do not matter here: the leaves were just proved, and are compared without theirs.
    read = commitment_leaves(inputs.read(), inputs, bytes(32))
    if [without_salt(leaf) for leaf in read] != [without_salt(leaf) for leaf in bundle.leaves]:
        return failed(
            "bom",
            BOM,
            "The bill of materials in the bundle does not hold the lines that were committed to.",
            "文件包中的物料清单与所承诺的物料行不一致。",
        )
    lines = len(read) - 1
    return passed(
        "bom",
        f"The bill of materials ({lines} lines) is the one that was committed to.",
        f"物料清单（{lines} 行）与承诺一致。",
    )


def _rules(view: CertificateView, bundle: Bundle, rules: RuleBook) -> Check:
    if bundle.rules.hash != view.rules_hash:
        says = "The bundle names other rules than the certificate."
        return failed("rules", RULES, says, "文件包所列规则与证书不符。")
    if rules.hash != view.rules_hash:
        says = f"The rules here are {rules.hash[:19]}…, those applied {view.rules_hash[:19]}…."
        says_zh = f"此处规则为 {rules.hash[:19]}…，证书所用为 {view.rules_hash[:19]}…。"
        return failed("rules", RULES, says, says_zh)
    if content_hash(bundle.rules.scheme) != content_hash(scheme_document(rules, bundle.scheme)):
        says = f"The rules of {bundle.scheme} in the bundle are not those that were applied."
        return failed("rules", RULES, says, f"文件包中 {bundle.scheme} 的规则与所用规则不符。")
    return passed("rules", "The rules are those that were applied.", "规则与所用规则一致。")


def _results(signed: _Signed, bundle: Bundle, tools: Tools) -> tuple[Check, Check, Check]:
    """Factors, footprint and decision: made anew, every field of the view is compared."""
    factors = compare_factors(bundle, tools.inventory)
    try:
        again = _view_again(signed.view, bundle, tools.inventory, tools.rules)
        different = _differences(signed.view, again)
        solved_elsewhere = False
        if factors.close and different:
            inventory = with_factors(tools.inventory, bundle)
            other = _view_again(signed.view, bundle, inventory, tools.rules)
            solved_elsewhere = not _differences(signed.view, other)
            if solved_elsewhere:
                again, different = other, []
    except (InputRefused, ValueError, TypeError, KeyError, ArithmeticError) as error:
        says = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        return (
            factor_check(factors, solved_elsewhere=False),
            failed("footprint", RESULT, f"It cannot be calculated: {says}", f"无法计算：{says}"),
            failed("decision", DECISION, "No decision without a footprint.", "无碳足迹则无判定。"),
        )
    same_rules = tools.rules.hash == signed.view.rules_hash
    decided = [name for name in different if name in _DECIDED]
    calculated = [name for name in different if name not in _DECIDED]
    return (
        factor_check(factors, solved_elsewhere=solved_elsewhere),
        _result_check(signed.view, again, calculated),
        _decision_check(signed.view, again, decided, same_question=not calculated and same_rules),
    )


def _differences(signed: CertificateView, again: CertificateView) -> list[str]:
    there, here = view_document(signed), view_document(again)
    return [name for name in there if there[name] != here[name]]


def _result_check(view: CertificateView, again: CertificateView, different: list[str]) -> Check:
    if different:
        return failed(
            "footprint",
            RESULT,
            f"Calculated again it is {again.total_kg_co2e} kg CO2e, signed is "
            f"{view.total_kg_co2e}; different: {', '.join(different)}.",
            f"重新计算为 {again.total_kg_co2e} kg CO2e，签名值为 {view.total_kg_co2e}；"
            f"差异：{', '.join(different)}。",
        )
    return passed(
        "footprint",
        f"Calculated again it is {again.total_kg_co2e} kg CO2e, the same to the last digit.",
        f"重新计算为 {again.total_kg_co2e} kg CO2e，逐位一致。",
    )


def _decision_check(
    view: CertificateView, again: CertificateView, different: list[str], *, same_question: bool
) -> Check:
    """Where footprint, rules, scheme, tier and day are the signed ones and the decision is not,
    only the evidence is left to be another."""
    if not different:
        return passed(
            "decision",
            f"Made again for {again.decided_on}, it is the same in every word.",
            f"按 {again.decided_on} 重新判定，结果完全一致。",
        )
    asked = (again.scheme, again.tier, again.decided_on)
    if same_question and asked == (view.scheme, view.tier, view.decided_on):
        return failed(
            "decision",
            EVIDENCE,
            "The evidence in the bundle is not the one that was decided on.",
            "文件包中的证据与判定所依据的证据不一致。",
        )
    return failed(
        "decision",
        DECISION,
        f"Made again, it differs in: {', '.join(different)}.",
        f"重新判定后存在差异：{', '.join(different)}。",
    )


def _view_again(
    view: CertificateView, bundle: Bundle, inventory: CompiledInventory, rules: RuleBook
) -> CertificateView:
    question = Question(
        bundle.scheme, bundle.tier, date.fromisoformat(bundle.decided_on), bundle.evidence
    )
    _, footprint = footprint_of(bundle.inputs(), inventory)
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
            engine_manifest=content_hash(bundle.engine),
            draft=view.draft,
        ),
    )
    return replace(again, schema=view.schema)


def _bundle_failed(says: str, says_zh: str) -> Check:
    return failed("bundle", BUNDLE, says, f"{says_zh}。")

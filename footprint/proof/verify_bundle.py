"""Calculate a certificate again from its bundle, offline, and name the part that does not fit.

Parts are held against what was signed, one by one: bill of materials, evidence, inventory and
factors, rules, engine. Then footprint and decision are made anew and must be the signed ones to
the last digit. What another version of the program finds different is not checked here: only the
one that calculated can tell. Hostile input never raises; it yields a failed check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from footprint.canonical_fast import fast_hash
from footprint.certificates.report import (
    VerificationCheck,
    VerificationReport,
    extended,
    failed_check,
    passed_check,
)
from footprint.certificates.view import CertificateView, view_from_document
from footprint.faults import InputRefused
from footprint.proof.bundle import Bundle
from footprint.proof.commitment import commitment_leaves, commitment_root, without_salt
from footprint.proof.engine_check import engine_check, not_checked
from footprint.proof.factors import check_inventory
from footprint.proof.faults import BOM, BUNDLE, RULES
from footprint.proof.statement_check import statement_checks
from footprint.proof.verify_results import SignedParts, Tools, results_again
from footprint.rules import RuleBook, scheme_document


def verify_bundle(report: VerificationReport, bundle: Bundle, tools: Tools) -> VerificationReport:
    """The report on a certificate, extended by one check for each part of its bundle.

    `report` is the outcome of `verify_file` on the certificate with its certificate.json. One that
    is not authentic is not compared with anything. Never raises on a bundle.
    """
    if report.verdict == "invalid":
        return report
    return extended(report, *_bundle_checks(report.view_document or {}, bundle, tools))


def _bundle_checks(
    document: Mapping[str, Any], bundle: Bundle, tools: Tools
) -> tuple[VerificationCheck, ...]:
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
    signed = SignedParts(view)
    belongs = passed_check(
        "bundle", "The bundle belongs to this certificate.", "文件包与证书相符。"
    )
    engine = engine_check(signed.engine, bundle, tools.engine)
    checks: tuple[VerificationCheck, ...] = (
        *_parts(signed, bundle, tools, engine),
        *results_again(signed, bundle, tools),
        *statement_checks(view, bundle),
    )
    if engine.outcome == "skipped" and not _tampered(signed, bundle):
        checks = tuple(not_checked(check, bundle) for check in checks)
    return (belongs, *checks)


def _parts(
    signed: SignedParts, bundle: Bundle, tools: Tools, engine: VerificationCheck
) -> tuple[VerificationCheck, VerificationCheck, VerificationCheck, VerificationCheck]:
    view = signed.view
    return (
        _attempt("bom", lambda: _bom(signed, bundle)),
        check_inventory(view.inventory_hash, bundle, tools.inventory),
        _attempt("rules", lambda: _rules(view, bundle, tools.rules)),
        engine,
    )


def _tampered(signed: SignedParts, bundle: Bundle) -> bool:
    """Whether the bundle contradicts what was signed, whatever program reads it."""
    return (
        commitment_root(bundle.leaves) != signed.view.bom_commitment
        or bundle.rules.hash != signed.view.rules_hash
    )


def _attempt(name: str, check: Callable[[], VerificationCheck]) -> VerificationCheck:
    """A check; what it refuses about the bundle is its failure."""
    try:
        return check()
    except (InputRefused, ValueError, TypeError, KeyError) as error:
        fault = {"bom": BOM, "rules": RULES}[name]
        says = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return failed_check(name, fault, f"It cannot be read: {says}", f"无法读取：{says}")


def _bom(signed: SignedParts, bundle: Bundle) -> VerificationCheck:
    if commitment_root(bundle.leaves) != signed.view.bom_commitment:
        return failed_check(
            "bom",
            BOM,
            "The lines in the bundle are not those that the certificate commits to.",
            "文件包中的物料行与证书所承诺的不一致。",
        )
    inputs = bundle.inputs()
    # Salts do not matter here: the leaves were just proved, and are compared without theirs.
    read = commitment_leaves(inputs.read(), inputs, bytes(32))
    if [without_salt(leaf) for leaf in read] != [without_salt(leaf) for leaf in bundle.leaves]:
        return failed_check(
            "bom",
            BOM,
            "The bill of materials in the bundle does not hold the lines that were committed to.",
            "文件包中的物料清单与所承诺的物料行不一致。",
        )
    lines = len(read) - 1
    return passed_check(
        "bom",
        f"The bill of materials ({lines} lines) is the one that was committed to.",
        f"物料清单（{lines} 行）与承诺一致。",
    )


def _rules(view: CertificateView, bundle: Bundle, rules: RuleBook) -> VerificationCheck:
    if bundle.rules.hash != view.rules_hash:
        says = "The bundle names other rules than the certificate."
        return failed_check("rules", RULES, says, "文件包所列规则与证书不符。")
    if rules.hash != view.rules_hash:
        says = f"The rules here are {rules.hash[:19]}…, those applied {view.rules_hash[:19]}…."
        says_zh = f"此处规则为 {rules.hash[:19]}…，证书所用为 {view.rules_hash[:19]}…。"
        return failed_check("rules", RULES, says, says_zh)
    if fast_hash(bundle.rules.scheme) != fast_hash(scheme_document(rules, bundle.scheme)):
        says = f"The rules of {bundle.scheme} in the bundle are not those that were applied."
        return failed_check(
            "rules", RULES, says, f"文件包中 {bundle.scheme} 的规则与所用规则不符。"
        )
    return passed_check("rules", "The rules are those that were applied.", "规则与所用规则一致。")


def _bundle_failed(says: str, says_zh: str) -> VerificationCheck:
    return failed_check("bundle", BUNDLE, says, f"{says_zh}。")

"""Whether the statement in a bundle is the one that the certificate names, and can be relied on."""

from __future__ import annotations

from footprint.canonical import bytes_hash
from footprint.certificates.report import VerificationCheck, failed_check, passed_check
from footprint.certificates.view import CertificateView
from footprint.faults import InputRefused
from footprint.proof.bundle import Bundle
from footprint.proof.faults import STATEMENT
from footprint.verifiers.published import against_verified_by, published_verifier
from footprint.words.language import in_chinese


def statement_checks(view: CertificateView, bundle: Bundle) -> tuple[VerificationCheck, ...]:
    """A check for a certificate that rests on a verifier's signed statement; none for another."""
    if not view.statement_hash:
        return ()
    if not bundle.statement or bundle.verifier is None:
        return (_failed("The bundle lacks the statement that the certificate names."),)
    if bytes_hash(bundle.statement.encode()) != view.statement_hash:
        return (_failed("The statement in the bundle is not the one that the certificate names."),)
    try:
        found = against_verified_by(bundle.statement, published_verifier(bundle.verifier), view)
    except InputRefused as refused:
        found = list(refused.problems)
    if found:
        return (_failed(found[0].message),)
    return (
        passed_check(
            "statement",
            f"{view.verifier} signed statement {view.verifier_statement} on this footprint.",
            f"{view.verifier} 已就该碳足迹签署声明 {view.verifier_statement}。",
        ),
    )


def _failed(says: str) -> VerificationCheck:
    return failed_check("statement", STATEMENT, says, in_chinese(says))

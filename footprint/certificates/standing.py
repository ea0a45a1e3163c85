"""How a certificate stands in its own register: one report on everything that is kept of it.

Page, label, PDF, list and command line all show the verdict that is made here. Unlike a verifier
far away the register needs no status list; and it can look at what nobody else sees: whether its
own rows still say what was signed and logged, and whether the PDFs that it hands out are sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from footprint.canonical import bytes_hash
from footprint.certificates.faults import ROW, SEAL_BROKEN, STATUS_LIST, UNKNOWN_KEY
from footprint.certificates.register import State
from footprint.certificates.report import (
    Verdict,
    VerificationCheck,
    VerificationReport,
    extended,
    failed_check,
    passed_check,
    skipped,
)
from footprint.certificates.seal_jwk import PublishedSeal, is_seal, published_seals
from footprint.certificates.status_check import kept_status
from footprint.certificates.verify import RegisterAnswer, verify_credential


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A PDF as the register keeps it, and the SHA-256 of it that the log tells; empty where the log
    tells none."""

    language: str
    pdf: bytes
    logged: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a register keeps of a certificate. `differing` names the columns of its row that differ
    from what was signed or logged; `status` is one of issued, suspended, revoked, superseded."""

    credential: str
    view: Mapping[str, Any]
    issued_at: datetime
    status: str
    differing: Sequence[str]
    files: Sequence[KeptFile]


def standing(
    kept: Kept, jwks: Mapping[str, Any], as_of: datetime, issuer: str
) -> VerificationReport:
    """Every check of a certificate by its own register at `as_of`: signature, key, form, issuer,
    term, text against credential, status, row, and seal of the PDFs that were drawn.

    `jwks`: the issuer's keys and seals that may be trusted, leaked ones left out. Never raises.
    """
    if all(is_seal(jwk) for jwk in jwks["keys"]):
        says = "No key is left that may be trusted.", "没有可信任的密钥。"
        return VerificationReport("invalid", (failed_check("key", UNKNOWN_KEY, *says),))
    report = verify_credential(
        kept.credential,
        jwks,
        as_of,
        view_document=kept.view,
        ask=lambda _number: RegisterAnswer(issuer, kept_status(kept.status)),
    )
    return extended(report, _row_check(kept.differing), _seal_check(kept, published_seals(jwks)))


def answer_of(report: VerificationReport, issuer: str, status: str) -> RegisterAnswer:
    """What a register answers to a file that somebody holds of a certificate that stands so."""
    worst = next((check for check in report.checks if check.outcome == "failed"), None)
    if report.verdict != "invalid" or worst is None:
        return RegisterAnswer(issuer, kept_status(status), (_row_check(()),))
    says, says_zh = f"The register's own copy: {worst.says}", f"登记簿自身的副本：{worst.says_zh}"
    check = VerificationCheck("register", "failed", worst.code, says, says_zh)
    return RegisterAnswer(issuer, kept_status(status), (check,))


def unknown_here(issuer: str | None) -> RegisterAnswer:
    """What a register answers about a number that it never gave: no list will vouch for it."""
    return RegisterAnswer(
        issuer,
        failed_check(
            "status",
            STATUS_LIST,
            "The register has no certificate of this number.",
            "登记簿中没有此编号的证书。",
        ),
    )


def state_of(verdict: Verdict) -> State:
    """The word for a verdict of the register's own. `genuine` needs a status that nobody asked for,
    which the register always does."""
    if verdict in {"valid", "genuine"}:
        return "issued"
    return verdict  # type: ignore[return-value]  # all other words are the same


def _row_check(differing: Sequence[str]) -> VerificationCheck:
    """Whether the register's row says what was signed and logged."""
    if differing:
        listed = ", ".join(sorted(differing))
        return failed_check(
            "register",
            ROW,
            f"The register keeps something else than what was signed and logged: {listed}.",
            f"登记簿中保存的内容与签名或日志不一致：{listed}。",
        )
    return passed_check(
        "register",
        "The register keeps what was signed and logged.",
        "登记簿保存的内容与签名和日志一致。",
    )


def _seal_check(kept: Kept, seals: Sequence[PublishedSeal]) -> VerificationCheck:
    """The worst that is found on the PDFs that were drawn."""
    if not kept.files:
        return skipped(
            "seal",
            "No PDF of it was ever drawn, so there is no seal to check.",
            "尚未生成过 PDF，因此没有电子印章可核对。",
        )
    from footprint.certificates.seal_check import check_seal  # noqa: PLC0415 - half a second

    found: list[VerificationCheck] = []
    for file in kept.files:
        if file.logged != bytes_hash(file.pdf):
            says = f"The PDF ({file.language}) is not the file whose hash was logged."
            says_zh = f"PDF（{file.language}）不是日志所记录的文件。"
            return failed_check("seal", SEAL_BROKEN, says, says_zh)
        found.append(check_seal(file.pdf, seals, kept.issued_at).check)
    return min(found, key=lambda check: ("failed", "skipped", "passed").index(check.outcome))

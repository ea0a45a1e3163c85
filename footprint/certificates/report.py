"""What a verification found: every check in order, and one verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from footprint.certificates.faults import (
    DRAFT,
    EXPIRED,
    NOT_YET_VALID,
    REVOKED,
    SUPERSEDED,
    SUSPENDED,
)
from footprint.faults import Fault

Outcome = Literal["passed", "failed", "skipped"]
#: `valid`: genuine, in force, and the status lists were read. `genuine`: the same, but the status
#: was not asked, so the register may know better.
Verdict = Literal[
    "valid",
    "genuine",
    "not_yet_valid",
    "expired",
    "suspended",
    "superseded",
    "revoked",
    "draft",
    "invalid",
]
#: Failures that do not make a certificate false, worst first.
_OUT_OF_FORCE: tuple[tuple[Fault, Verdict], ...] = (
    (REVOKED, "revoked"),
    (SUPERSEDED, "superseded"),
    (SUSPENDED, "suspended"),
    (EXPIRED, "expired"),
    (NOT_YET_VALID, "not_yet_valid"),
    (DRAFT, "draft"),
)


@dataclass(frozen=True, slots=True)
class VerificationCheck:
    """One check: its name, outcome, VER code when it failed (else empty), and what it says."""

    name: str
    outcome: Outcome
    code: str
    says: str
    says_zh: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """All checks in order, and the verdict.

    `number`, `issuer` and `view_document` are filled from authentic content only, never from what
    is invalid. `status_until`: the last moment (UTC, RFC 3339) at which copies of the status lists
    that were read still count; what is revoked before then is seen only in newer ones. Empty where
    no list was read.
    """

    verdict: Verdict
    checks: tuple[VerificationCheck, ...]
    number: str = ""
    issuer: str = ""
    view_document: Mapping[str, Any] | None = None
    status_until: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the failed checks."""
        return tuple(check.code for check in self.checks if check.code)


def passed_check(name: str, says: str, says_zh: str) -> VerificationCheck:
    return VerificationCheck(name, "passed", "", says, says_zh)


def failed_check(name: str, fault: Fault, says: str, says_zh: str) -> VerificationCheck:
    return VerificationCheck(name, "failed", fault.code, says, says_zh)


def skipped(name: str, says: str, says_zh: str) -> VerificationCheck:
    return VerificationCheck(name, "skipped", "", says, says_zh)


def extended(report: VerificationReport, *more: VerificationCheck) -> VerificationReport:
    """The report with further checks, and the verdict that follows from all of them. What is found
    invalid keeps nothing but its checks."""
    checks = (*report.checks, *more)
    verdict = verdict_of(checks)
    if verdict == "invalid":
        return VerificationReport(verdict, checks)
    return replace(report, verdict=verdict, checks=checks)


def verdict_of(checks: Sequence[VerificationCheck]) -> Verdict:
    """The verdict that follows from the checks; forgery outranks every other failure."""
    codes = {check.code for check in checks if check.outcome == "failed"}
    if codes - {fault.code for fault, _ in _OUT_OF_FORCE}:
        return "invalid"
    for fault, verdict in _OUT_OF_FORCE:
        if fault.code in codes:
            return verdict
    status_read = any(check.name == "status" and check.outcome == "passed" for check in checks)
    return "valid" if status_read else "genuine"


def report_document(report: VerificationReport) -> dict[str, Any]:
    """The report as the service and `--format json` print it."""
    return {
        "type": "verification",
        "schema": "1",
        "verdict": report.verdict,
        "number": report.number,
        "issuer": report.issuer,
        "status_until": report.status_until,
        "checks": [asdict(check) for check in report.checks],
        "certificate": report.view_document,
    }

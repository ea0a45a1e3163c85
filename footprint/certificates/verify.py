"""Verify a credential offline: with the issuer's public keys, a date, and nothing fetched.

Hostile input never raises. It yields a report whose failed check says what is wrong and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rfc8785 import CanonicalizationError

from footprint.certificates.claims import issuer_of, moment
from footprint.certificates.credential_conditions import is_draft
from footprint.certificates.credential_shape import shape_faults
from footprint.certificates.digest import document_multihash
from footprint.certificates.faults import DIGEST, DRAFT, EXPIRED, ISSUER, NOT_YET_VALID, SHAPE
from footprint.certificates.jose import STEPS, Opened, RefusedError, open_signed
from footprint.certificates.keys import trusted_keys
from footprint.certificates.passport import (
    is_signed_passport,
    passport_digest,
    passport_shape_faults,
)
from footprint.certificates.report import (
    VerificationCheck,
    VerificationReport,
    failed_check,
    passed_check,
    skipped,
    verdict_of,
)
from footprint.certificates.status_check import StatusFinding, check_status, moment_text

_PASSED = {
    "format": ("The credential can be read.", "凭证可以读取。"),
    "algorithm": ("It is signed with ES256.", "签名算法为 ES256。"),
    "type": ("It is a vc+jwt document.", "文件类型为 vc+jwt。"),
    "header": ("Its header names no foreign key source.", "签名头未引用外部密钥来源。"),
    "key": ("It names a key of the issuer's set.", "所用密钥在签发者的密钥集中。"),
    "signature": ("The signature matches the content.", "签名与内容相符。"),
}
#: What a register answers about a number.
Ask = Callable[[str], "RegisterAnswer"]


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """Who must have issued a certificate (a DID; None where nobody knows), its status, and further
    checks by its register."""

    issuer: str | None
    status: VerificationCheck
    more: tuple[VerificationCheck, ...] = ()


_LATER = ("shape", "issuer", "dates", "digest", "status")


def verify_credential(
    token: str | bytes,
    jwks: Mapping[str, Any],
    as_of: datetime,
    *,
    issuer: str | None = None,
    view_document: Mapping[str, Any] | None = None,
    status_lists: Sequence[str] = (),
    ask: Ask | None = None,
) -> VerificationReport:
    """Check a credential and report every check.

    `jwks`: the issuer's JWK set or DID document, which the caller trusts. `issuer`: the DID that
    must have issued it; taken from a DID document, and only skipped for a bare key set.
    `view_document`: the certificate.json that came with it. `status_lists`: signed lists as
    fetched earlier. `ask`: how a register looks up its own certificate, in place of `issuer` and
    `status_lists`; it is asked for the number of what is authentic only. `as_of`: the moment in
    question, with a time zone.
    Raises InputRefused (CER-008) when `jwks` is no key document, ValueError when `as_of` has no
    time zone: both are the caller's own input.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of needs a time zone")
    did, keys = trusted_keys(jwks)
    try:
        opened = open_signed(token, keys)
    except RefusedError as refusal:
        checks = _refused_checks(refusal)
        return VerificationReport(verdict_of(checks), checks)
    payload = opened.payload
    number = _number(payload)
    if ask is None:
        found = check_status(opened, keys, as_of, status_lists)
        answer = RegisterAnswer(issuer or did, found.check)
    else:
        found, answer = StatusFinding(), ask(number)
    checks = (
        *(passed_check(step, *_PASSED[step]) for step in STEPS),
        _shape(payload),
        _issuer(opened, answer.issuer),
        _dates(payload, as_of),
        _digest(payload, view_document),
        answer.status,
        *_use(payload),
        *answer.more,
    )
    verdict = verdict_of(checks)
    if verdict == "invalid":
        return VerificationReport(verdict, checks)
    bound = next(check for check in checks if check.name == "digest").outcome == "passed"
    return VerificationReport(
        verdict,
        checks,
        number=number,
        issuer=issuer_of(payload),
        view_document=view_document if bound else None,
        status_until="" if found.until is None else moment_text(found.until),
    )


def _number(payload: Mapping[str, Any]) -> str:
    form = "/passport" if is_signed_passport(payload) else "/credential"
    return str(payload.get("id", "")).removesuffix(form).rpartition("/")[2]


def _refused_checks(refusal: RefusedError) -> tuple[VerificationCheck, ...]:
    """The steps before the refusal passed; those behind it were not reached."""
    reached = STEPS.index(refusal.step)
    return (
        *(passed_check(step, *_PASSED[step]) for step in STEPS[:reached]),
        failed_check(refusal.step, refusal.fault, refusal.says, refusal.says_zh),
        *(
            skipped(step, "Not checked: an earlier check failed.", "未检查：前面的检查未通过。")
            for step in (*STEPS[reached + 1 :], *_LATER)
        ),
    )


def _shape(payload: dict[str, Any]) -> VerificationCheck:
    passport = is_signed_passport(payload)
    missing = passport_shape_faults(payload) if passport else shape_faults(payload)
    if missing:
        listed = ", ".join(missing)
        return failed_check(
            "shape", SHAPE, f"Missing or wrong: {listed}.", f"缺少或不正确的字段：{listed}。"
        )
    return passed_check("shape", "All required fields are there.", "必填字段齐全。")


def _issuer(opened: Opened, trusted: str | None) -> VerificationCheck:
    named = issuer_of(opened.payload)
    if named != opened.did or (trusted is not None and named != trusted):
        return failed_check(
            "issuer",
            ISSUER,
            f"It says it was issued by {named[:80] or 'nobody'}; the key belongs to "
            f"{trusted or opened.did[:80]}.",
            f"凭证所称签发者为 {named[:80] or '无'}，密钥属于 {trusted or opened.did[:80]}。",
        )
    if trusted is None:
        return skipped(
            "issuer",
            f"It says it was issued by {named[:80]}; only keys were given, so nobody confirms it.",
            f"凭证所称签发者为 {named[:80]}；仅提供了密钥，无法确认该身份。",
        )
    return passed_check("issuer", f"It was issued by {named}.", f"签发者为 {named}。")


def _dates(payload: Mapping[str, Any], as_of: datetime) -> VerificationCheck:
    start, end = moment(payload.get("validFrom")), moment(payload.get("validUntil"))
    if start is None or end is None:
        return failed_check(
            "dates", SHAPE, "validFrom or validUntil is not a time.", "有效期不是有效的时间。"
        )
    day = as_of.astimezone(UTC).date().isoformat()
    if as_of < start:
        return failed_check(
            "dates",
            NOT_YET_VALID,
            f"It is valid from {start.isoformat()}; asked for {day}.",
            f"自 {start.isoformat()} 起有效；查询时间为 {day}。",
        )
    if as_of > end:
        return failed_check(
            "dates",
            EXPIRED,
            f"It expired at {end.isoformat()}; asked for {day}.",
            f"已于 {end.isoformat()} 到期；查询时间为 {day}。",
        )
    return passed_check("dates", f"It is in its term on {day}.", f"{day} 处于有效期内。")


def _use(payload: Mapping[str, Any]) -> tuple[VerificationCheck, ...]:
    """A failed check for a draft; none for what is meant for use."""
    if not is_draft(payload):
        return ()
    return (
        failed_check(
            "use",
            DRAFT,
            "It says of itself that it is a draft, not for use.",
            "证书自称为草稿，不得使用。",
        ),
    )


def _signed_digest(payload: Mapping[str, Any]) -> Any:
    if is_signed_passport(payload):
        return passport_digest(payload)
    subject = payload.get("credentialSubject")
    certificate = subject.get("conformityCertificate") if isinstance(subject, dict) else None
    return certificate.get("digestMultibase") if isinstance(certificate, dict) else None


def _digest(
    payload: Mapping[str, Any], view_document: Mapping[str, Any] | None
) -> VerificationCheck:
    if view_document is None:
        return skipped(
            "digest",
            "No certificate.json was given; the credential was checked on its own.",
            "未提供 certificate.json，仅核验凭证本身。",
        )
    signed = _signed_digest(payload)
    try:
        found = document_multihash(view_document)
    except (CanonicalizationError, TypeError, ValueError, RecursionError):
        found = None
    if found is None or found != signed:
        return failed_check(
            "digest",
            DIGEST,
            "The text of the certificate is not the text that was signed.",
            "证书内容与签名时的内容不一致。",
        )
    return passed_check(
        "digest", "The text of the certificate is the signed text.", "证书内容与签名内容一致。"
    )

"""`footprint verify`: the report on a certificate file, with keys that the user trusts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from footprint.bom import faults
from footprint.certificates.keys import load_jwk, public_jwks
from footprint.certificates.report import VerificationReport
from footprint.certificates.verify_file import verify_file
from footprint.faults import Fault, Where

NO_KEYS = Fault("VER-101", "No trusted keys were given.")
_MARKS = {"passed": "ok", "failed": "NO", "skipped": "--"}
_VERDICTS = {
    "valid": ("VALID: genuine and in force.", "有效：证书真实且在有效期内。"),
    "genuine": (
        "GENUINE and within its dates; its status was not asked, so the register may know better.",
        "证书真实且在有效期内；未查询状态，以登记簿为准。",
    ),
    "not_yet_valid": ("NOT YET VALID.", "尚未生效。"),
    "expired": ("EXPIRED.", "已过期。"),
    "suspended": ("SUSPENDED by its issuer.", "已被签发者暂停。"),
    "revoked": ("REVOKED by its issuer.", "已被签发者撤销。"),
    "invalid": ("REFUSED: this is not a genuine certificate.", "拒绝：不是真实的证书。"),
}


def report_of(
    file: Path, keys: Path | None, status: Sequence[Path], store: Path | None, moment: datetime
) -> VerificationReport:
    """Verify `file` at `moment`. Raises `InputRefused` if a file given cannot be read."""
    from label_templates.render import pdf_candidates, renderer_id

    return verify_file(
        _read(file),
        file.name,
        _trusted(keys, store),
        moment,
        status_lists=[_read(path).decode("ascii", "replace").strip() for path in status],
        render=pdf_candidates,
        renderer_id=renderer_id(),
    )


def report_text(report: VerificationReport, language: str) -> str:
    """The report for people: every check, then the verdict."""
    chinese = language == "zh"
    lines = [
        f"  [{_MARKS[check.outcome]}] {check.says_zh if chinese else check.says}"
        + (f" ({check.code})" if check.code else "")
        for check in report.checks
    ]
    if report.number:
        lines.insert(0, f"{report.number}  {report.issuer}")
    return "\n".join([*lines, _VERDICTS[report.verdict][chinese]])


def _trusted(keys: Path | None, store: Path | None) -> dict[str, Any]:
    """The keys to trust: the file given, or those of the user's own store. Never the keys that
    came with the certificate: whoever forges one can forge both."""
    if keys is None and store is None:
        hint = "--keys FILE with the issuer's did.json, fetched from the issuer; or --store FOLDER."
        raise NO_KEYS.refuse("say whose signature you trust", hint=hint)
    try:
        if keys is None:
            owned = sorted((store or Path()).glob("keys/signing-*.jwk.json"))
            return public_jwks(load_jwk(path.read_bytes()) for path in owned)
        document = json.loads(_read(keys))
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise NO_KEYS.refuse("the key file is no JSON document", Where(str(keys)))
    return document


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        where = Where(str(path))
        raise faults.UNREADABLE.refuse(f"the file cannot be read: {reason}", where) from None

"""Verify a certificate file: a credential (.jwt), a bundle (.json) or the PDF."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any

from pypdf import PdfReader

from footprint.certificates.faults import FILE_UNREADABLE, PAGE
from footprint.certificates.jose import json_object
from footprint.certificates.report import (
    Check,
    VerificationReport,
    failed,
    passed,
    skipped,
    verdict_of,
)
from footprint.certificates.verify import verify_credential

#: Names of the attachments of a certificate PDF, and of the members of a bundle.
CREDENTIAL_NAME = "credential.vc.jwt"
CERTIFICATE_NAME = "certificate.json"
#: Far above any certificate: a larger file is not opened.
MAX_BYTES = 20_000_000
#: Makes every PDF that this installation would make of a certificate document and a credential.
Renderer = Callable[[Mapping[str, Any], str], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class _Parts:
    token: str | bytes
    view_document: Mapping[str, Any] | None = None
    pdf: bytes | None = None


def verify_file(
    data: bytes,
    filename: str,
    jwks: Mapping[str, Any],
    as_of: datetime,
    *,
    issuer: str | None = None,
    status_lists: Sequence[str] = (),
    render: Renderer | None = None,
    renderer_id: str = "",
) -> VerificationReport:
    """Check a file by its ending: .jwt, .json or .pdf. Arguments as in `verify_credential`.

    Attachments can be genuine while the printed page lies. With `render` and `renderer_id`
    (`label_templates.render.pdf_candidates`, `.renderer_id()`) the page is made again and must be
    the same bytes; a page made by another version is reported as not compared.
    """
    try:
        parts = _parts(data, PurePath(filename).suffix.lower())
    except ValueError as error:
        check = failed(
            "file",
            FILE_UNREADABLE,
            f"{PurePath(filename).name[:80]}: {error}",
            f"{PurePath(filename).name[:80]}：文件中没有可读取的证书。",
        )
        return VerificationReport("invalid", (check,))
    report = verify_credential(
        parts.token,
        jwks,
        as_of,
        issuer=issuer,
        view_document=parts.view_document,
        status_lists=status_lists,
    )
    if parts.pdf is None:
        return report
    page = _page(parts, report, render, renderer_id)
    checks = (*report.checks, page)
    verdict = verdict_of(checks)
    if verdict == "invalid":
        return VerificationReport(verdict, checks)
    return replace(report, verdict=verdict, checks=checks)


def _parts(data: bytes, suffix: str) -> _Parts:
    if len(data) > MAX_BYTES:
        raise ValueError(f"the file is over {MAX_BYTES} bytes.")
    if suffix == ".jwt":
        return _Parts(data)
    if suffix == ".json":
        return _bundle_parts(data)
    if suffix == ".pdf":
        return _pdf_parts(data)
    raise ValueError("give a .pdf, .json or .jwt file.")


def _bundle_parts(data: bytes) -> _Parts:
    try:
        bundle = json_object(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("the file is not a JSON object.") from error
    token, document = bundle.get("credential"), bundle.get("certificate")
    if not isinstance(token, str) or not isinstance(document, dict):
        raise ValueError("the file lacks `credential` or `certificate`.")
    return _Parts(token, document)


def _pdf_parts(data: bytes) -> _Parts:
    try:
        reader = PdfReader(BytesIO(data))
        attached = {name: reader.attachments[name] for name in (CREDENTIAL_NAME, CERTIFICATE_NAME)}
        ((token,), (document,)) = attached.values()
        return _Parts(token, json_object(document), data)
    except Exception as error:
        raise ValueError(
            f"the PDF does not carry {CREDENTIAL_NAME} and {CERTIFICATE_NAME}, once each."
        ) from error


def _page(
    parts: _Parts, report: VerificationReport, render: Renderer | None, renderer_id: str
) -> Check:
    document = report.view_document
    if document is None or not isinstance(parts.token, bytes) or parts.pdf is None:
        return skipped(
            "page", "Not checked: an earlier check failed.", "未检查：前面的检查未通过。"
        )
    if render is None or not renderer_id or document.get("renderer") != renderer_id:
        return skipped(
            "page",
            "The printed page was not compared: it was made by another version. Trust the "
            "attached certificate.json, not the print.",
            "未比对页面：该页面由其他版本生成。请以附件 certificate.json 为准。",
        )
    token = parts.token.decode("ascii")
    if any(hmac.compare_digest(page, parts.pdf) for page in render(document, token)):
        return passed("page", "The page shows exactly the signed text.", "页面与签名内容完全一致。")
    return failed(
        "page",
        PAGE,
        "The page is not the one that belongs to the signed text: the file was changed.",
        "页面与签名内容不符：文件被改动过。",
    )

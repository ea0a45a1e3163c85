"""Verify a certificate file: a credential (.jwt), a bundle (.json) or the PDF."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from footprint.certificates.faults import FILE_UNREADABLE, PAGE
from footprint.certificates.jose import json_object
from footprint.certificates.pdf_budget import MAX_OBJECTS, MAX_RECOVERED, Budgeted
from footprint.certificates.report import (
    VerificationCheck,
    VerificationReport,
    extended,
    failed_check,
    passed_check,
    skipped,
)
from footprint.certificates.seal_jwk import PublishedSeal, published_seals
from footprint.certificates.verify import Ask, verify_credential

if TYPE_CHECKING:
    from footprint.certificates.seal_check import SealFinding

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


def verify_file(  # noqa: PLR0913 - what a verifier may have at hand
    data: bytes,
    filename: str,
    jwks: Mapping[str, Any],
    as_of: datetime,
    *,
    issuer: str | None = None,
    status_lists: Sequence[str] = (),
    ask: Ask | None = None,
    render: Renderer | None = None,
    renderer_id: str = "",
) -> VerificationReport:
    """Check a file by its ending: .jwt, .json or .pdf. Arguments as in `verify_credential`; `jwks`
    names the issuer's seals too.

    Attachments can be genuine while the printed page lies. So the issuer's seal is checked; and
    with `render` and `renderer_id` (`label_templates.render.pdf_candidates`, `.renderer_id()`) the
    page is made again: the file must begin with the same bytes and go on with nothing but the
    seal. A page made by another version is reported as not compared.
    Raises as `verify_credential` does, and InputRefused (CER-013) for a seal in `jwks` that cannot
    be read.
    """
    try:
        parts = _parts(data, PurePath(filename).suffix.lower())
    except ValueError as error:
        check = failed_check(
            "file",
            FILE_UNREADABLE,
            f"{PurePath(filename).name[:80]}: {error}",
            f"{PurePath(filename).name[:80]}：文件中没有可读取的证书。",
        )
        return VerificationReport("invalid", (check,))
    seals = published_seals(jwks)
    report = verify_credential(
        parts.token,
        jwks,
        as_of,
        issuer=issuer,
        view_document=parts.view_document,
        status_lists=status_lists,
        ask=ask,
    )
    if parts.pdf is None:
        return report
    return extended(report, *_paper(parts, parts.pdf, report, seals, render, renderer_id))


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
    # Imported here, like all of the PDF's tools: other files are checked without them.
    from pypdf import PdfReader  # noqa: PLC0415

    # The library tells of broken files on stderr; here the outcome of the check does.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(
            Budgeted(data),
            root_object_recovery_limit=MAX_RECOVERED,
            xref_stream_maximum_entries=MAX_OBJECTS,
        )
        attached = {name: reader.attachments[name] for name in (CREDENTIAL_NAME, CERTIFICATE_NAME)}
        ((token,), (document,)) = attached.values()
        return _Parts(token, json_object(document), data)
    except Exception as error:
        raise ValueError(
            f"the PDF does not carry {CREDENTIAL_NAME} and {CERTIFICATE_NAME}, once each."
        ) from error


def _paper(
    parts: _Parts,
    pdf: bytes,
    report: VerificationReport,
    seals: Sequence[PublishedSeal],
    render: Renderer | None,
    renderer_id: str,
) -> tuple[VerificationCheck, VerificationCheck]:
    """The check of the seal, and that of the page below it."""
    from footprint.certificates.seal_check import check_seal  # noqa: PLC0415 - half a second

    document = report.view_document
    issued_at = None if document is None else _issued_at(document)
    finding = check_seal(pdf, seals, issued_at)
    if document is None or issued_at is None:
        later = "Not checked: an earlier check failed.", "未检查：前面的检查未通过。"
        return finding.check, skipped("page", *later)
    if render is None or not renderer_id or _renderer_of(document, finding) != renderer_id:
        return finding.check, _not_compared(finding)
    token = parts.token if isinstance(parts.token, str) else parts.token.decode("ascii")
    for page in render(document, token):
        if finding.seal is None:
            if hmac.compare_digest(page, pdf):
                return finding.check, _SAME_PAGE
        elif pdf.startswith(page):
            return _below_seal(pdf, page, finding, issued_at)
    return finding.check, failed_check(
        "page",
        PAGE,
        "The page is not the one that belongs to the signed text: the file was changed.",
        "页面与签名内容不符：文件被改动过。",
    )


def _renderer_of(document: Mapping[str, Any], finding: SealFinding) -> Any:
    """What drew the page: what the issuer's own seal names, else what the signed text names. A
    stranger's seal is not believed: it could name a renderer that nobody can compare with."""
    known = finding.seal is not None and finding.check.outcome == "passed"
    drawn_by = finding.seal.drawn_by if known and finding.seal is not None else ""
    return drawn_by or document.get("renderer")


_SAME_PAGE = passed_check(
    "page", "The page shows exactly the signed text.", "页面与签名内容完全一致。"
)


def _below_seal(
    pdf: bytes, page: bytes, finding: SealFinding, issued_at: datetime
) -> tuple[VerificationCheck, VerificationCheck]:
    """The checks of a sealed file that begins with the right page."""
    from footprint.certificates.seal_check import not_as_written  # noqa: PLC0415 - half a second

    seal = finding.seal
    if seal is None or not seal.comparable:  # then only the issuer's own seal vouches for the rest
        known = finding.check.outcome == "passed"
        return finding.check, _SAME_PAGE if known else _not_compared(finding)
    if seal.fits(pdf, page, issued_at):
        return finding.check, _SAME_PAGE
    return not_as_written(), _SAME_PAGE


def _not_compared(finding: SealFinding) -> VerificationCheck:
    if finding.check.outcome == "passed":
        return skipped(
            "page",
            "The printed page was not compared with the signed text: it was made by another "
            "version. It is under the issuer's seal.",
            "未将页面与签名内容比对：该页面由其他版本生成，但在签发者的电子印章之下。",
        )
    return skipped(
        "page",
        "The printed page was not compared: it was made by another version. Trust the "
        "attached certificate.json, not the print.",
        "未比对页面：该页面由其他版本生成。请以附件 certificate.json 为准。",
    )


def _issued_at(document: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.strptime(str(document["issued_at"]), "%Y-%m-%dT%H:%M:%S%z")
    except (KeyError, ValueError):
        return None

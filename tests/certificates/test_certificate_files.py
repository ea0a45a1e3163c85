from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import certificate_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from footprint.certificates import VerificationReport, issue_credential, view_document
from footprint.certificates.keys import did_document
from footprint.certificates.verify_file import MAX_BYTES, verify_file
from label_templates.render import certificate_pdf, pdf_candidates, renderer_id

VIEW = samples.view(renderer=renderer_id())
TOKEN = issue_credential(VIEW, samples.key())
PDF = certificate_pdf(VIEW, "en", TOKEN)
BUNDLE = json.dumps({"credential": TOKEN, "certificate": view_document(VIEW)}).encode()


def verify(data: bytes, name: str, **options: Any) -> VerificationReport:
    options = {"render": pdf_candidates, "renderer_id": renderer_id(), **options}
    keys = did_document(samples.DID, samples.jwks())
    return verify_file(data, name, keys, samples.AS_OF, **options)


def outcome(report: VerificationReport, name: str) -> str:
    return next(check.outcome for check in report.checks if check.name == name)


@pytest.mark.parametrize(
    ("data", "name"),
    [(TOKEN.encode(), "c.jwt"), (BUNDLE, "c.json"), (PDF, "c.pdf"), (PDF, "C.PDF")],
)
def test_every_form_of_certificate_verifies(data: bytes, name: str) -> None:
    report = verify(data, name)
    assert (report.verdict, report.number) == ("genuine", VIEW.number)


@pytest.mark.parametrize(
    ("over", "why"), [(0, "not a JSON object"), (1, f"over {MAX_BYTES} bytes")]
)
def test_a_file_is_too_large_from_the_first_byte_over_the_limit_on(over: int, why: str) -> None:
    (check,) = verify(b" " * (MAX_BYTES + over), "c.json").checks
    assert why in check.says


def test_a_page_in_the_other_language_is_the_right_page_too() -> None:
    report = verify(certificate_pdf(VIEW, "zh", TOKEN), "c.pdf")
    assert outcome(report, "page") == "passed"


def test_without_a_renderer_the_page_is_reported_as_not_compared() -> None:
    report = verify(PDF, "c.pdf", render=None)
    assert (report.verdict, outcome(report, "page")) == ("genuine", "skipped")


def test_a_page_of_another_version_is_reported_as_not_compared() -> None:
    report = verify(PDF, "c.pdf", renderer_id="another version")
    assert (report.verdict, outcome(report, "page")) == ("genuine", "skipped")


def resaved() -> bytes:
    """All content kept, but written again by another tool."""
    out = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(PDF))).write(out)
    return out.getvalue()


def page_of_another_certificate() -> bytes:
    """The page of one certificate, the attachments of another."""
    better = samples.view(renderer=renderer_id(), product={"name": "Cleaner bottle"})
    writer = PdfWriter(clone_from=PdfReader(BytesIO(certificate_pdf(better, "en", TOKEN))))
    return with_attachments(writer, TOKEN.encode(), PDF_ATTACHED["certificate.json"])


def with_attachments(writer: PdfWriter, token: bytes, document: bytes) -> bytes:
    out = BytesIO()
    writer.write(out)
    bare = PdfWriter()
    for page in PdfReader(out).pages:
        bare.add_page(page)
    bare.add_attachment("credential.vc.jwt", token)
    bare.add_attachment("certificate.json", document)
    final = BytesIO()
    bare.write(final)
    return final.getvalue()


PDF_ATTACHED = {name: data[0] for name, data in PdfReader(BytesIO(PDF)).attachments.items()}


def changed_attachment() -> bytes:
    document = PDF_ATTACHED["certificate.json"].replace(b"2.4681357902468", b"1.4681357902468")
    return with_attachments(PdfWriter(clone_from=PdfReader(BytesIO(PDF))), TOKEN.encode(), document)


def doubled_attachment() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
    writer.add_attachment("certificate.json", b"{}")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


FORGERIES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "bytes after the end": (lambda: PDF + b"\n%more", "c.pdf", "VER-016"),
    "saved again by another tool": (resaved, "c.pdf", "VER-016"),
    "page of another certificate": (page_of_another_certificate, "c.pdf", "VER-016"),
    "attached text changed": (changed_attachment, "c.pdf", "VER-011"),
    "attachment twice": (doubled_attachment, "c.pdf", "VER-015"),
    "no PDF": (lambda: b"hello", "c.pdf", "VER-015"),
    "empty": (lambda: b"", "c.pdf", "VER-015"),
    "cut": (lambda: PDF[: len(PDF) // 2], "c.pdf", "VER-015"),
    "huge": (lambda: bytes(20_000_001), "c.pdf", "VER-015"),
    "no JSON": (lambda: b"{", "c.json", "VER-015"),
    "JSON bomb": (lambda: b"[" * 100_000, "c.json", "VER-015"),
    "bundle without text": (
        lambda: json.dumps({"credential": TOKEN}).encode(),
        "c.json",
        "VER-015",
    ),
    "bundle with another text": (
        lambda: json.dumps({"credential": TOKEN, "certificate": {}}).encode(),
        "c.json",
        "VER-011",
    ),
    "unknown ending": (lambda: PDF, "c.docx", "VER-015"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_file_is_refused_with_its_code(name: str) -> None:
    forge, filename, code = FORGERIES[name]
    report = verify(forge(), filename)
    assert (report.verdict, report.codes) == ("invalid", (code,))
    assert report.view_document is None


@settings(max_examples=60)
@given(st.integers(0, len(PDF) - 1), st.integers(1, 255))
def test_no_change_of_one_byte_of_the_pdf_goes_unnoticed(place: int, mask: int) -> None:
    forged = PDF[:place] + bytes((PDF[place] ^ mask,)) + PDF[place + 1 :]
    assert verify(forged, "c.pdf").verdict == "invalid"


@settings(max_examples=40)
@given(st.binary(max_size=400), st.sampled_from([".pdf", ".json", ".jwt", ""]))
def test_no_bytes_make_it_raise(data: bytes, ending: str) -> None:
    assert verify(data, f"x{ending}").verdict == "invalid"

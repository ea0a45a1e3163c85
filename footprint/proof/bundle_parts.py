"""Each file of a bundle, held against the certificate that it came along with.

The first leaf of the commitment has the hash of every file of the bill of materials. What is no
file (evidence, rules, factors, engine) is judged by the recomputation, check by check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from footprint.certificates.report import VerificationReport
from footprint.exchange.belonging_documents import Belonging, Outcome
from footprint.faults import InputRefused
from footprint.proof.bundle import Bundle, read_bundle
from footprint.proof.commitment import commitment_root
from footprint.proof.verify_bundle import verify_bundle
from footprint.proof.verify_results import Tools

_OUTCOMES: Mapping[str, Outcome] = {"passed": "signed", "failed": "other", "skipped": "unasked"}
#: Files of a bill of materials: the member of the bundle, and that of the first leaf.
_FILES = {
    "bom": "file_sha256",
    "product_file": "product_file_sha256",
    "site_file": "site_file_sha256",
    "matches_file": "matches_file_sha256",
    "mapping_file": "mapping_file_sha256",
}


def bundle_parts(
    report: VerificationReport, data: bytes, file: str, tools: Tools
) -> list[Belonging]:
    """What is found of the files in a bundle, and of what is calculated again from it.

    `report` is the one on the certificate alone, verified with its text. Never raises on a bundle.
    """
    try:
        bundle = read_bundle(data)
    except InputRefused as refused:
        first = refused.problems[0]
        return [Belonging(file, "other", f"it cannot be read: {first.message}", (first.code,))]
    known = len(report.checks)
    checks = verify_bundle(report, bundle, tools).checks[known:]
    return [
        *_files(report.view_document or {}, bundle, file),
        *(
            Belonging(
                f"{file}/{one.name}",
                _OUTCOMES[one.outcome],
                one.says,
                (one.code,) if one.code else (),
                one.says_zh,
            )
            for one in checks
        ),
    ]


def _files(view: Mapping[str, Any], bundle: Bundle, file: str) -> Iterator[Belonging]:
    """Each file by the hash that is committed to; of another commitment nothing can be told."""
    if commitment_root(bundle.leaves) != view.get("bom_commitment"):
        says = "the lines in the bundle are not those that the certificate commits to"
        yield Belonging(f"{file}/leaves", "other", says, ("bom_commitment",))
        for name in _names(bundle):
            says = "without the lines that were committed to, this cannot be told of a file"
            yield Belonging(f"{file}/{name}", "unasked", says)
        return
    try:
        found = bundle.inputs().fingerprint()
    except ValueError as error:
        yield Belonging(file, "other", f"it cannot be read: {error}", ("base64",))
        return
    yield from _compared(bundle.leaves[0], found, bundle, file)


def _compared(
    signed: Mapping[str, Any], found: Mapping[str, Any], bundle: Bundle, file: str
) -> Iterator[Belonging]:
    for member, key in _FILES.items():
        inside = getattr(bundle, member)
        name = f"{file}/{member if inside is None else inside.name}"
        if inside is None and signed.get(key):
            yield Belonging(name, "other", "it was committed to, and is missing", (member,))
        elif inside is not None:
            yield _hashed(name, member, found.get(key) == signed.get(key))
    documents: dict[str, str] = signed.get("documents_sha256") or {}
    inside_now: Any = found.get("documents_sha256") or {}
    for name in sorted({*documents, *inside_now}):
        yield _hashed(f"{file}/{name}", name, documents.get(name) == inside_now.get(name))


def _hashed(name: str, member: str, same: bool) -> Belonging:
    if same:
        return Belonging(name, "signed", "it has the hash that was committed to")
    return Belonging(name, "other", "it does not have the hash that was committed to", (member,))


def _names(bundle: Bundle) -> Iterator[str]:
    for member in _FILES:
        inside = getattr(bundle, member)
        if inside is not None:
            yield inside.name
    yield from (one.name for one in bundle.documents)

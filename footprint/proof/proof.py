"""Show chosen lines of a bill of materials to somebody, with proof that they were committed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from footprint.certificates.jose import json_object
from footprint.certificates.report import (
    VerificationCheck,
    VerificationReport,
    extended,
    failed_check,
    passed_check,
)
from footprint.proof.commitment import commitment_root, proof_holds, prove_lines
from footprint.proof.faults import PROOF

SCHEMA = "1"
MAX_BYTES = 20_000_000


def proof_document(
    number: str, leaves: Sequence[Mapping[str, Any]], lines: Sequence[str]
) -> dict[str, Any]:
    """The chosen lines (by id) of a certificate's bill of materials, each with its proof.

    The quantities of these lines are in it, and nothing of the others. Raises InputRefused
    (VER-030) for a line that is not there.
    """
    return {
        "type": "bom-proof",
        "schema": SCHEMA,
        "number": number,
        "commitment": commitment_root(leaves),
        "lines": prove_lines(leaves, lines),
    }


def read_proof(data: bytes) -> dict[str, Any]:
    """The proof in a file. Raises InputRefused (VER-029) for anything else."""
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"over {MAX_BYTES} bytes")
        document = json_object(data)
        if document.get("type") != "bom-proof" or document.get("schema") != SCHEMA:
            raise ValueError(f"it is no proof of schema {SCHEMA}")
    except (ValueError, RecursionError) as error:
        raise PROOF.refuse(
            f"The proof cannot be read: {error}.",
            hint="Ask the holder for `footprint prove NUMBER --line ID --out FILE`.",
        ) from None
    return document


def verify_proof(report: VerificationReport, document: Mapping[str, Any]) -> VerificationReport:
    """The report on a certificate, extended by one check for each line that was shown.

    `report` is the outcome of `verify_file` on the certificate with its certificate.json; one that
    is not authentic proves nothing. Never raises.
    """
    if report.verdict == "invalid":
        return report
    view = report.view_document or {}
    signed = view.get("bom_commitment", view.get("bom_hash", ""))  # so called in schema 1
    proofs = document.get("lines")
    if not isinstance(proofs, list) or not proofs:
        proofs = [None]
    return extended(report, *(_check(proof, str(signed)) for proof in proofs))


def _check(proof: Any, signed: str) -> VerificationCheck:
    if not proof_holds(proof, signed):
        return failed_check(
            "line",
            PROOF,
            "This line was not part of the bill of materials that the certificate commits to.",
            "该行不属于证书所承诺的物料清单。",
        )
    line = proof["leaf"].get("line")
    if not isinstance(line, dict):
        return passed_check(
            "line", "The product's facts are as committed to.", "产品信息与承诺一致。"
        )
    says = f"{line.get('id')}: {line.get('quantity')} {line.get('unit')} {line.get('name')}"
    return passed_check(
        "line", f"Committed to, line {str(says)[:200]}.", f"已承诺的行 {str(says)[:200]}。"
    )

"""A verifier's statement, written into the evidence on which it was made."""

from __future__ import annotations

from datetime import date

import yaml

from footprint.rules.evidence import AssuranceLevel, VerifierKind
from footprint.rules.evidence_file import read_evidence


def with_statement(
    text: str,
    by: str,
    kind: VerifierKind,
    level: AssuranceLevel,
    day: date,
    number: str = "",
) -> str:
    """The evidence (YAML text) with who verified, as what, how surely and when, and the number of
    the signed statement where there is one; a verification that it named before is replaced.
    Everything else stays, comments do not. Raises InputRefused (RUL codes) for evidence that cannot
    be read."""
    read_evidence(text, "evidence")
    found = yaml.safe_load(text) or {}
    said = {"by": by, "kind": kind, "date": day.isoformat(), "level": level}
    found["verification"] = said | ({"statement": number} if number else {})
    written: str = yaml.safe_dump(found, allow_unicode=True, sort_keys=False)
    read_evidence(written, "evidence")
    return written

"""Stable codes of what is wrong with an entry of the register of verifiers, or with a statement."""

from __future__ import annotations

from footprint.faults import Fault

ENTRY_BROKEN = Fault("VFR-001", "An entry of the register of verifiers cannot be used")
STATEMENT_BROKEN = Fault("VFR-002", "A verifier's statement cannot be read or is not genuine")
OTHER_FOOTPRINT = Fault("VFR-003", "The statement is about another footprint")
NOT_ACCREDITED = Fault("VFR-004", "The verifier's accreditation was not in force on that day")
OUT_OF_SCOPE = Fault("VFR-005", "The verifier's scope does not cover the statement")
CONFLICT = Fault("VFR-006", "The verifier has a conflict of interest with the company")
NOT_SUPPORTING = Fault("VFR-007", "The statement does not support the footprint")
WRONG_DAY = Fault("VFR-008", "The day of the statement cannot be right")
WITHDRAWN = Fault("VFR-009", "The statement or the key that signed it was withdrawn")

"""What can be wrong with a supplier's document. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

UNREADABLE = Fault("SUP-001", "A supplier's document is not readable JSON, or too large.")
UNKNOWN_FORM = Fault(
    "SUP-002", "A supplier's document is neither a PACT v3 footprint nor a certificate."
)
MISSING = Fault("SUP-003", "A supplier's document lacks a value, or the value is unusable.")
NOT_ADDING_UP = Fault("SUP-004", "The parts of a supplier's footprint do not add up to its total.")
EXPIRED = Fault("SUP-005", "A supplier's document was no longer valid in the reference period.")
DEPRECATED = Fault("SUP-006", "A supplier has withdrawn the document in favour of another one.")
NOT_CREDITED = Fault(
    "SUP-007", "Captured or removed CO2 in a supplier's footprint is not credited."
)
VALIDITY_UNKNOWN = Fault("SUP-008", "Whether a supplier's document was valid cannot be told.")
NOT_VERIFIED = Fault("SUP-009", "The signature of a supplier's certificate was not checked here.")
NOT_GATE = Fault("SUP-010", "A supplier's footprint goes beyond his gate.")
DELIVERY = Fault("SUP-011", "A supplier reports delivery apart, and the line has no transport.")
STATED_TOTAL = Fault(
    "SUP-012", "A supplier's stated total was taken, which the parts do not add up to."
)
IMPLAUSIBLE = Fault("SUP-013", "A supplier's footprint is beyond any plausible value per unit.")
LEAST = Fault("SUP-014", "A supplier's total is the least that it can be: it lacks something.")

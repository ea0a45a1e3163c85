"""What can be wrong with documents of other forms. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

NOT_A_DOCUMENT = Fault("EXC-001", "A file holds no document of a form that is known here.")
NO_PLACE = Fault(
    "EXC-002", "The form that was asked for has no place for a value of the footprint."
)
MISSING_FACT = Fault("EXC-003", "The form that was asked for needs a fact that was not given.")
NO_EXTRA = Fault(
    "EXC-004", "The form that was asked for needs an extra that is not installed here."
)
FORM = Fault(
    "EXC-101", "A value of an exchanged document does not have the form that it must have."
)
SUM = Fault("EXC-102", "The parts of an exchanged footprint do not add up to its total.")
CONTRADICTION = Fault("EXC-103", "Values of an exchanged document contradict each other.")
REMARK = Fault("EXC-104", "An exchanged document is valid, and will raise a question.")
NOT_SIGNED = Fault("EXC-105", "A file is not the one that belongs to a certificate.")

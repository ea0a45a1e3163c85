"""What can be wrong with a published document. See docs/errors.md."""

from footprint.faults import Fault

DECISION_DOCUMENT = Fault("RUL-024", "The decision document cannot be read")

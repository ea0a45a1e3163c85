"""What can be wrong when a result is taken apart or changed. See docs/errors.md."""

from footprint.faults import Fault

BAD_CUT_OFF = Fault("ANA-001", "The cut-off is not a share from 0 to below 1.")
TOO_MANY_ROWS = Fault("ANA-002", "The tree of shared assemblies is too large to be written out.")
BAD_CHANGES = Fault("ANA-003", "The file of changes does not fit its schema.")
NO_SUCH_LINE = Fault("ANA-004", "A change fits no line of the bill of materials.")
NO_GRID = Fault("ANA-005", "No single electricity market is known for a location.")
CANNOT_CHANGE = Fault("ANA-006", "A change cannot be made to a line that it fits.")
NOTHING_LEFT = Fault("ANA-007", "The changes leave no line in the bill of materials.")

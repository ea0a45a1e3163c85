"""What can be wrong with own processes, or between us and Brightway. See docs/errors.md."""

from footprint.faults import Fault

BAD_PROCESSES = Fault("BRW-001", "The file of own processes is malformed or contradicts itself.")
UNKNOWN_NAME = Fault(
    "BRW-002", "An own process names a dataset, process, gas, unit or parameter that is not known."
)
NO_SOLUTION = Fault("BRW-003", "A loop of own processes uses as much as it makes, or more.")
FAILED = Fault("BRW-004", "The process that runs Brightway failed.")
DIFFERS = Fault("BRW-005", "A line is not what a plain Brightway LCA gives for it.")
NO_EXPORT = Fault("BRW-006", "A Brightway project of this name cannot be written.")
NOT_CERTIFIED = Fault("BRW-007", "A certificate cannot rest on own processes.")

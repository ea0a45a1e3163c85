"""What can be wrong with a question about uncertainty, or should be known of its answer."""

from footprint.faults import Fault

BAD_SETTING = Fault("UNC-001", "A setting of the simulation is outside of its range.")
NOT_COMPARABLE = Fault("UNC-002", "Two footprints are not per the same unit, boundary or sign.")
NO_SOLUTION = Fault("UNC-003", "A draw has no solution: some loop uses more than it makes.")
UNSTATED = Fault("UNC-004", "Some figures state no uncertainty; the interval leaves them out.")
NOT_SETTLED = Fault("UNC-005", "The bounds of the interval are not settled; more draws are needed.")
EXTENDED = Fault("UNC-006", "The simulated range missed the value and was extended to hold it.")
DEFAULT_QUANTITY = Fault("UNC-007", "Quantities of the lines vary by a default of this programme.")

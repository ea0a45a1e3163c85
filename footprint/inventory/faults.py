"""What can be wrong with the inventory's own files. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

BAD_ROW = Fault("INV-001", "A row of the inventory does not fit its schema.")
DUPLICATE = Fault("INV-002", "An id is used twice.")
UNKNOWN_INPUT = Fault("INV-003", "An exchange names a dataset or flow that does not exist.")
BAD_UNIT = Fault("INV-004", "A unit is unknown or does not convert to the unit of its input.")
UNKNOWN_SOURCE = Fault("INV-005", "A row cites a source that has no source.yaml.")
WRONG_HASH = Fault("INV-006", "A file is not the one its source.yaml was sealed for.")
BAD_SHARES = Fault("INV-007", "The shares of an electricity market do not add up to 1.")
NO_GWP = Fault("INV-008", "A flow in use has no global warming potential in a GWP set.")
SINGULAR = Fault("INV-009", "The inventory cannot be solved: some dataset can never be made.")
CHECK_VALUE = Fault("INV-010", "A dataset is further from its check value than its tolerance.")
UNKNOWN_DATASET = Fault("INV-011", "No dataset has this id.")
NOT_COMPILED = Fault("INV-012", "A compiled inventory is incomplete or was changed.")
UNKNOWN_GWP_SET = Fault("INV-013", "The GWP set is not one of AR6, AR5, AR4, AR5-CH4-28.")
SAME_ID = Fault("INV-014", "Two inventories that are used together have an id in common.")
UNLIKE_BRIGHTWAY = Fault("INV-015", "A number of the inventory is not the one that bw2calc gives.")
IMPLAUSIBLE = Fault("INV-016", "A dataset is beyond any plausible value per unit.")

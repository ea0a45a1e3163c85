"""What can be wrong with a catalogue as a whole. See docs/errors.md."""

from footprint.faults import Fault

COLUMNS = Fault("CAT-001", "A catalogue lacks a column, or has one that nothing would read.")
SCATTERED = Fault("CAT-002", "The lines of one product do not follow one another.")
FACTS = Fault("CAT-003", "The lines of one product disagree on a fact of the product.")
UNREADABLE = Fault("CAT-004", "A catalogue or a table of results cannot be read or written.")
OTHER_RUN = Fault("CAT-005", "The parts of an unfinished run belong to another question.")
CLUSTER = Fault("CAT-006", "The workers of a cluster cannot be used.")
NO_MEMORY = Fault("CAT-007", "These results cannot be gone on from: they remember nothing.")

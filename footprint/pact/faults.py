"""What a PACT document lacks, and what is wrong with one."""

from __future__ import annotations

from footprint.faults import Fault

NOT_A_DOCUMENT = Fault("PAC-101", "A file to check holds no PACT v3 document, or is no sound JSON.")
FORM = Fault("PAC-102", "A property of a PACT document does not have the form of the data model.")
IDENTIFIER = Fault("PAC-107", "An identifier in a PACT document is malformed or misspelt.")
INCOMPLETE = Fault("PAC-003", "A PACT document needs full coverage.")
SCREENING = Fault("PAC-009", "A screening result is no PACT footprint unless asked for.")
MISSING_FACT = Fault("PAC-001", "A PACT document needs a product fact that was not given.")
NOT_GATE = Fault("PAC-002", "A PACT footprint is cradle-to-gate; this one is not.")
OUT_OF_RANGE = Fault("PAC-004", "A value does not fit the PACT data model.")
NET_BIOGENIC = Fault(
    "PAC-005", "More biogenic CO2 is emitted than taken up; PACT has no property for it."
)
CARBON_CONTENT = Fault(
    "PAC-006", "Biogenic carbon content and the uptake of biogenic CO2 contradict each other."
)
BAD_IDENTIFIER = Fault("PAC-007", "An id or class of the product or company is malformed.")
SUM = Fault("PAC-103", "The parts of a PACT footprint do not add up to its totals.")
PRESENCE = Fault("PAC-104", "A property of a PACT document is missing, or must not be there.")
DATES = Fault("PAC-105", "The periods of a PACT document contradict each other.")
CONTRADICTION = Fault("PAC-106", "Values of a PACT document contradict each other.")
REMARK = Fault("PAC-108", "A PACT document is valid, and will raise a question.")

"""Every way in which the rules room refuses an input, with its stable code."""

from __future__ import annotations

from footprint.faults import Fault

RULE_FILE_UNREADABLE = Fault("RUL-001", "A rule file is not the plain YAML that is read here")
RULE_FILE_SHAPE = Fault("RUL-002", "A rule file does not fit the schema of rule files")
UNKNOWN_PREDICATE = Fault("RUL-003", "A rule names a predicate or combinator that does not exist")
PARAMETER_MISUSE = Fault("RUL-004", "A rule and its parameters do not fit together")
DUPLICATE_ID = Fault("RUL-005", "Two rule files carry the same id")
EVIDENCE_UNREADABLE = Fault("RUL-010", "An evidence file is not the plain YAML that is read here")
EVIDENCE_UNKNOWN_KEY = Fault("RUL-011", "An evidence file has a key that is not known")
EVIDENCE_VALUE = Fault("RUL-012", "A value in an evidence file is missing or not usable")
REFERENCE_UNIT = Fault("RUL-013", "A reference value is per another unit than the footprint")
REFERENCE_GWP = Fault("RUL-014", "A reference value uses another GWP set than the footprint")
REFERENCE_WORST_YEAR = Fault("RUL-015", "A reference value is the worst of several years")
UNKNOWN_SCHEME = Fault("RUL-020", "The scheme is not known")
UNKNOWN_TIER = Fault("RUL-021", "The scheme does not have this tier")
UNKNOWN_MARKET = Fault("RUL-022", "The market is not known")
FOOTPRINT_DOCUMENT = Fault("RUL-023", "The footprint document cannot be used for a decision")
BATTERY_INPUT = Fault("RUL-030", "The footprint of a battery cannot be computed from this")
CBAM_INPUT = Fault("RUL-031", "Embedded emissions cannot be computed from this")
TEXTILE_INPUT = Fault("RUL-032", "The climate term of a textile score cannot be compared with this")
LAW_QUESTION = Fault("RUL-033", "A question to a law is not usable")
CASE_FILE = Fault("RUL-034", "A file of cases for rules is not usable")

"""What can be wrong when a report is made. See docs/errors.md."""

from footprint.faults import Fault

NO_GLYPH = Fault("RPT-001", "The fonts of the PDF report cannot show a character.")
TOO_LONG = Fault("RPT-002", "The bill of materials has too many lines for this form of the report.")
TWICE = Fault("RPT-004", "A footprint stands in an export for disclosure twice.")
NO_PRODUCT = Fault("RPT-003", "The report describes a product's life cycle; this is no product.")

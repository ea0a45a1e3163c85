"""What keeps a file from being read as a list of parts. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

NO_TABLE = Fault("BOM-040", "No row of the file looks like the headings of a list of parts.")
BAD_MAPPING = Fault("BOM-046", "An answer about the columns of a file is malformed.")
NO_SHEET = Fault("BOM-041", "The workbook has no sheet of this name.")
MISSING_COLUMN = Fault("BOM-004", "A column that is always needed is missing.")
DUPLICATE_COLUMN = Fault("BOM-022", "Two columns mean the same thing.")

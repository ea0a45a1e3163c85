"""What can be wrong with a file before any of its cells is looked at. See docs/errors.md."""

from footprint.faults import Fault

UNREADABLE = Fault("BOM-001", "The file cannot be read, or is not CSV, TSV, XLSX, XLS or ODS.")
ENCODING = Fault("BOM-002", "The text encoding cannot be told, or the text is damaged.")
EMPTY = Fault("BOM-003", "The file holds no table, or the table no lines.")
TOO_LARGE = Fault("BOM-024", "The file is larger than the limit.")
FOREIGN = Fault("BOM-032", "The file is of a known kind that is no table; export a table instead.")

"""What can be wrong with a bill of materials. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault

UNREADABLE = Fault("BOM-001", "The file cannot be read, or is not CSV, TSV or XLSX.")
ENCODING = Fault("BOM-002", "The text encoding cannot be told, or the text is damaged.")
EMPTY = Fault("BOM-003", "The file holds no table, or the table no lines.")
MISSING_COLUMN = Fault("BOM-004", "A column that is always needed is missing.")
MISSING_VALUE = Fault("BOM-005", "A cell that is always needed is empty.")
NOT_A_NUMBER = Fault("BOM-006", "A cell that should hold a number does not.")
NEGATIVE = Fault("BOM-007", "A quantity, mass or distance is below zero.")
AMBIGUOUS_NUMBER = Fault("BOM-008", "A number can be read in two ways, such as 1,234.")
FORMULA = Fault("BOM-009", "A cell holds a formula; formulas are not evaluated.")
BAD_STAGE = Fault("BOM-010", "The life-cycle stage is not one of the known ones.")
BAD_LOSS = Fault(
    "BOM-011", "The loss is not a share from 0 to below 1, or a percentage below 100 %."
)
UNKNOWN_UNIT = Fault("BOM-012", "A unit is unknown or not convertible to its dataset's unit.")
BAD_TRANSPORT = Fault("BOM-013", "A transport leg is not 'mode distance', such as 'road 300 km'.")
UNKNOWN_PARENT = Fault("BOM-014", "A line belongs to an assembly that does not exist.")
CYCLE = Fault("BOM-015", "Assemblies contain each other.")
BAD_LEVEL = Fault("BOM-016", "The levels do not form a tree.")
DUPLICATE_ID = Fault(
    "BOM-017", "The uses of one assembly disagree on its name, unit or mass of one unit."
)
BAD_LOCATION = Fault("BOM-018", "The location is not an ISO 3166 code or GLO, RoW, RER, RNA.")
BAD_PRODUCT = Fault("BOM-019", "A product fact is missing, unknown or malformed.")
UNKNOWN_COLUMN = Fault("BOM-020", "A column is unknown and was not used.")
ZERO_QUANTITY = Fault("BOM-021", "A line's quantity is zero, so it contributes nothing.")
DUPLICATE_COLUMN = Fault("BOM-022", "Two columns mean the same thing.")
TOO_LARGE = Fault("BOM-024", "The file is larger than the limit.")
BAD_DATA_TYPE = Fault("BOM-025", "The data type is not primary or secondary.")
BAD_RECYCLED = Fault("BOM-026", "The recycled content is not a share from 0 to 1 or a percentage.")
BAD_CONTRACT = Fault(
    "BOM-027", "An electricity contract is not 'dataset share; ...' with shares that make 100 %."
)
BAD_SITE = Fault("BOM-028", "The site data are malformed or contradict themselves.")
NO_DOCUMENT = Fault("BOM-029", "A supplier's document that a line names was not supplied.")
BAD_COMBINATION = Fault("BOM-030", "Two columns of a row exclude each other, or one needs another.")
BAD_CHOICE = Fault("BOM-032", "The file of chosen datasets is malformed.")
BAD_UNCERTAINTY = Fault("BOM-031", "The uncertainty of a quantity is not a share, such as 5 %.")

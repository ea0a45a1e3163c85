"""What can be wrong with a bill of materials. Codes are stable; see docs/errors.md."""

from footprint.faults import Fault
from footprint.sheets import faults as sheets

UNREADABLE, ENCODING, EMPTY = sheets.UNREADABLE, sheets.ENCODING, sheets.EMPTY
TOO_LARGE = sheets.TOO_LARGE
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
BAD_DATA_TYPE = Fault("BOM-025", "The data type is not primary or secondary.")
BAD_RECYCLED = Fault("BOM-026", "The recycled content is not a share from 0 to 1 or a percentage.")
BAD_CONTRACT = Fault(
    "BOM-027", "An electricity contract is not 'dataset share; ...' with shares that make 100 %."
)
NO_DOCUMENT = Fault("BOM-029", "A supplier's document that a line names was not supplied.")
BAD_COMBINATION = Fault("BOM-030", "Two columns of a row exclude each other, or one needs another.")
BAD_CHOICE = Fault("BOM-033", "The file of chosen datasets is malformed.")
BAD_UNCERTAINTY = Fault("BOM-031", "The uncertainty of a quantity is not a share, such as 5 %.")
QUESTION = Fault(
    "BOM-042",
    "The file leaves a question open on which a number hangs; the message says how to answer.",
)
UNKNOWN = Fault("BOM-043", "Something about a line or the file is not known; the result says so.")
ASSUMED = Fault("BOM-044", "Something was assumed about the file, and is said.")
EXAMPLE = Fault("BOM-047", "Lines are still the example that a starter workbook came with.")
SKIPPED = Fault("BOM-045", "A row is no line of the product and was not counted.")
BAD_SUBJECT = Fault(
    "BOM-048", "A subject other than a product lacks its period or boundary, or is no whole."
)
IMPLAUSIBLE_AMOUNT = Fault("BOM-050", "An amount or a mass is beyond any plausible value.")
PERIOD_AHEAD = Fault("BOM-051", "The data are of a period that has not begun.")
HEAVY_PIECE = Fault("BOM-052", "One piece weighs a thousand tonnes or more.")
BAD_GROUP = Fault(
    "BOM-049", "A line of an organisation names no scope, or one of an event no kind of activity."
)

"""What can keep a footprint from being calculated, or should be known of it. See docs/errors.md."""

from footprint.bom.faults import UNKNOWN_UNIT
from footprint.faults import Fault

#: One mistake, one code, whether the file or the dataset shows it.
NOT_CONVERTIBLE = UNKNOWN_UNIT
NO_DATASET = Fault("ENG-001", "No dataset has the line's id or name.")
AMBIGUOUS_NAME = Fault("ENG-002", "Several datasets have the line's name.")
UNKNOWN_MODE = Fault("ENG-004", "A transport mode is unknown.")
NO_MASS = Fault(
    "ENG-005",
    "A line's mass is unknown and needed: it is transported, or counts by its material.",
)
UNKNOWN_SUBSTANCE = Fault("ENG-006", "A direct emission names no known substance.")
OPEN_BOUNDARY = Fault("ENG-007", "Some stages behind the gate are present, others are missing.")
GAP = Fault("ENG-008", "A line was left out of the total; the coverage is below 1.")
MATCHED_BY_NAME = Fault("ENG-009", "A line's dataset was found by its name, not by an id.")
MIXED_GWP = Fault("ENG-010", "Part of the result rests on CO2e published under another GWP set.")
MASS_BALANCE = Fault("ENG-011", "The lines' masses do not add up to the product's mass.")
NO_PROCESS = Fault("ENG-012", "No line covers energy or processes of the maker's own site.")
OTHER_COUNTRY = Fault("ENG-013", "A dataset of another country or region stands in for the line's.")
UNKNOWN_MASS = Fault(
    "ENG-014", "The mass of some materials is unknown, so mass coverage leaves them out."
)
NO_SUBSTANCE_GWP = Fault("ENG-015", "A substance has no global warming potential in the GWP set.")
NO_RECYCLED = Fault("ENG-016", "A line is partly recycled, and no dataset says how that is made.")
NOT_ELECTRICITY = Fault("ENG-017", "An electricity contract stands on a line that is no energy.")
OTHER_YEAR = Fault("ENG-022", "Electricity of another year stands in for the reference period's.")
CHOSEN = Fault("ENG-019", "A person chose the dataset before, for the same name and unit.")
ONLY_MATERIAL = Fault("ENG-020", "Only the material of a part is counted, not its making.")
SCREENED = Fault("ENG-021", "A screening figure of a class of material stands for a line.")
CUT_OFF_DATASET = Fault("ENG-018", "A dataset was imported without some of its inputs.")
DERIVED_STAGE = Fault("ENG-032", "The file says no stage; what the lines are tells it.")
LOWER_BOUND = Fault("ENG-030", "A part model lacks steps: the total is at least what it says.")
SCREENING_PART = Fault("ENG-031", "A part model is a screening figure: what it lacks may decide.")
MASS_FACTOR = Fault("LNT-001", "The product's mass and that of its parts differ by a factor.")
ENERGY = Fault("LNT-002", "A line holds more energy per kg of product than is plausible.")
DISTANCE = Fault("LNT-003", "A transport leg is longer than half the way around the Earth.")
DOMINANT = Fault("LNT-004", "One line makes up nearly all of the footprint.")
DUPLICATE = Fault("LNT-005", "Two lines are the same.")
PACKAGING = Fault("LNT-006", "The packaging is heavier than the product.")
UNIT_MASS = Fault(
    "LNT-007", "The mass of one unit contradicts the unit, or the dataset's own mass."
)
HEAVY_LINE = Fault("LNT-008", "One line weighs more than the whole product.")
SITE_TWICE = Fault("LNT-009", "Energy stands both in the table and in the site data.")
SITE_YEAR = Fault("LNT-010", "The year of the site data is outside the reference period.")
PRICES = Fault("LNT-011", "The products of a site differ widely in price, and are shared by mass.")

"""Ids and words of the submodel Carbon Footprint (IDTA 02023), version 1.0.

Source: IDTA 02023-1-0 submodel template (Industrial Digital Twin Association, CC-BY 4.0) and the
ECLASS ids that it names: facts of the interface. The id of the phase A1-A3 ends in a blank there.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

_IDTA = "https://admin-shell.io/idta/CarbonFootprint"
SUBMODEL = f"{_IDTA}/CarbonFootprint/1/0"
SUBMODEL_OLD = f"{_IDTA}/CarbonFootprint/0/9"
TEMPLATE = "https://admin-shell.io/IDTA 02023-1-0"
FOOTPRINTS = f"{_IDTA}/ProductCarbonFootprints/1/0"
FOOTPRINT = f"{_IDTA}/ProductCarbonFootprint/1/0"
SPECIFIC_FOOTPRINTS = f"{_IDTA}/ProductOrSectorSpecificCarbonFootprints/1/0"
SPECIFIC_FOOTPRINT = f"{_IDTA}/ProductOrSectorSpecificCarbonFootprint/1/0"
METHODS = f"{_IDTA}/PcfCalculationMethods/1/0"
METHOD = "0173-1#02-ABG854#003"
CO2EQ = "0173-1#02-ABG855#003"
UNIT = "0173-1#02-ABG856#003"
QUANTITY = "0173-1#02-ABG857#003"
PHASES = f"{_IDTA}/LifeCyclePhases/1/0"
PHASE = "0173-1#02-ABG858#003"
STATEMENT = f"{_IDTA}/ExplanatoryStatement/1/0"
PUBLISHED = f"{_IDTA}/PublicationDate/1/0"
EXPIRES = f"{_IDTA}/ExpirationDate/1/0"
RULE = f"{_IDTA}/ProductOrSectorSpecificRule/1/0"
RULE_OPERATOR = f"{_IDTA}/ProductOrSectorSpecificRule/Operator/1/0"
RULE_NAME = f"{_IDTA}/ProductOrSectorSpecificRule/Name/1/0"
RULE_VERSION = f"{_IDTA}/ProductOrSectorSpecificRule/Version/1/0"
INFORMATION = f"{_IDTA}/PcfInformation/1/0"
CONTENT = "https://admin-shell.io/SMT/General/Arbitrary"

A1_A3 = "0173-1#07-ABZ789#003 "
#: Phases by word and by id, as the modules that they are.
PHASES_OF: Mapping[str, str] = {
    "A1-A3": "A1-A3",
    "0173-1#07-ABZ789#003": "A1-A3",
    "A1": "A1",
    "0173-1#07-ABU208#003": "A1",
    "A2": "A2",
    "0173-1#07-ABU209#003": "A2",
    "A3": "A3",
    "0173-1#07-ABU210#003": "A3",
}
ISO_14067 = ("ISO 14067", "0173-1#07-ABU218#003")
PACT_3 = ("PACT v3.0.0", "0173-1#07-ACC012#001")
#: The units that exist: word, id of the value, and what it is here.
UNITS_OF: Mapping[str, tuple[str, str, Decimal]] = {
    "kg": ("0173-1#07-ABZ597#003", "kilogram", Decimal(1)),
    "g": ("0173-1#07-ABZ596#003", "kilogram", Decimal("0.001")),
    "t": ("0173-1#07-ABZ598#003", "kilogram", Decimal(1000)),
    "l": ("0173-1#07-ABZ600#003", "liter", Decimal(1)),
    "ml": ("0173-1#07-ABZ599#003", "liter", Decimal("0.001")),
    "cbm": ("0173-1#07-ABZ601#003", "cubic meter", Decimal(1)),
    "qm": ("0173-1#07-ABZ602#003", "square meter", Decimal(1)),
    "piece": ("0173-1#07-ABZ603#003", "piece", Decimal(1)),
    "kWh": ("0173-1#07-ACB997#001", "kilowatt hour", Decimal(1)),
}
#: Our own submodel of files that belong to the footprint.
DOCUMENTS = "urn:footprint-pcf:submodel:documents:1"

"""Words of UNTP 0.7.0, the version that is written here, and of 0.6, which is read too.

Sources: UNTP 0.7.0 (UN/CEFACT, May 2026; artefacts under CC BY 4.0), Digital Product Passport and
the vocabularies of metrics and topics; UN/ECE Recommendation 20 for codes of units.
"""

from __future__ import annotations

from collections.abc import Mapping

UNTP_VERSION = "0.7.0"
UNTP_CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
)
PASSPORT = "DigitalProductPassport"
VOCABULARY = "https://vocabulary.uncefact.org"
#: Emissions of one unit in kg CO2e. By its definition it may reach beyond the gate; how far ours
#: does is said beside it.
FOOTPRINT_METRIC = f"{VOCABULARY}/performance-metric/product-carbon-footprint"
EMISSIONS_TOPIC = f"{VOCABULARY}/conformity-topic/greenhouse-gas-emissions"
#: Recommendation 20: kilogram, and "one" for what has no dimension.
KILOGRAM_CODE = "KGM"
#: Declared units as codes of Recommendation 20; it has none for a megabit second.
TO_REC20: Mapping[str, str] = {
    "piece": "C62",
    "kilogram": "KGM",
    "liter": "LTR",
    "cubic meter": "MTQ",
    "square meter": "MTK",
    "kilowatt hour": "KWH",
    "megajoule": "3B",
    "ton kilometer": "TKM",
    "hour": "HUR",
}
#: The way back: "each" and "piece" are pieces as well.
FROM_REC20: Mapping[str, str] = {
    **{code: unit for unit, code in TO_REC20.items()},
    "EA": "piece",
    "H87": "piece",
}
#: How many kilograms the codes of masses are.
MASS_CODES: Mapping[str, str] = {"KGM": "1", "GRM": "0.001", "TNE": "1000"}
#: How far a footprint reaches, by the word of the scorecard of 0.6.
TO_GATE, TO_GRAVE = "CradleToGate", "CradleToGrave"

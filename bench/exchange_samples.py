"""PACT documents of many kinds, made up here, for the benches and tests of exchange forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_EXCLUDING = (
    *("fossilGhgEmissions", "landUseChangeGhgEmissions", "landManagementBiogenicCO2Emissions"),
    *("landManagementBiogenicCO2Removals", "biogenicNonCO2Emissions"),
)
#: What a sample has besides its own changes.
_PCF: Mapping[str, Any] = {
    "declaredUnitOfMeasurement": "piece",
    "declaredUnitAmount": "1",
    "productMassPerDeclaredUnit": "0.237",
    "referencePeriodStart": "2025-01-01T00:00:00Z",
    "referencePeriodEnd": "2026-01-01T00:00:00Z",
    "geographyCountry": "DE",
    "boundaryProcessesDescription": "Cradle to gate.",
    "fossilCarbonContent": "0",
    "fossilGhgEmissions": "4.144209017866679",
    "packagingEmissionsIncluded": False,
    "ccsTechnologicalCO2CaptureIncluded": False,
    "ipccCharacterizationFactors": ["AR6"],
    "crossSectoralStandards": ["PACT-3.0", "ISO14067"],
    "exemptedEmissionsPercent": "0",
    "secondaryEmissionFactorSources": [{"name": "Made up", "version": "1"}],
    "primaryDataShare": "12.5",
    "dqi": {"technologicalDQR": "3", "geographicalDQR": "2.5", "temporalDQR": "1.25"},
}


def pact_sample(**changes: Any) -> dict[str, Any]:
    """A sound PACT v3 document; changes by the names of its properties, `...` leaves one out.

    Totals follow from the parts; names that the footprint inside has not go to the document.
    """
    head: dict[str, Any] = {
        "id": "3f1c0b54-8c1c-4d5e-9d0e-0a6f3c1b2a77",
        "specVersion": "3.0.3",
        "created": "2026-02-03T04:05:06Z",
        "status": "Active",
        "validityPeriodStart": "2026-01-01T00:00:00Z",
        "validityPeriodEnd": "2029-01-01T00:00:00Z",
        "companyName": "Example Works",
        "companyIds": ["urn:bpn:BPNL00000000EXMP"],
        "productDescription": "An example",
        "productIds": ["urn:gtin:06901234567892"],
        "productNameCompany": "Pump 7",
        "comment": "Made up.",
    }
    own = {"precedingPfIds", "productClassifications", "extensions", *head}
    head |= {name: value for name, value in changes.items() if name in own}
    pcf = {**_PCF, **{name: value for name, value in changes.items() if name not in own}}
    pcf = {name: value for name, value in pcf.items() if value is not ...}
    excluding = sum((Decimal(pcf.get(name, "0")) for name in _EXCLUDING), Decimal(0))
    including = excluding + Decimal(pcf.get("biogenicCO2Uptake", "0"))
    totals = {
        "pcfExcludingBiogenicUptake": f"{excluding:f}",
        "pcfIncludingBiogenicUptake": f"{including:f}",
    }
    return {name: value for name, value in head.items() if value is not ...} | {"pcf": totals | pcf}


#: Variations that every form can say; what a form cannot is in the tests of that form.
VARIATIONS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "packaged": {
        "packagingEmissionsIncluded": True,
        "packagingGhgEmissions": "0.055058267684401876",
        "packagingBiogenicCarbonContent": "0.011",
        "biogenicCarbonContent": "0.03",
        "biogenicCO2Uptake": "-0.11",
    },
    "by air": {"aircraftGhgEmissions": "1.2000000000000000001"},
    "of wood": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1000",
        "productMassPerDeclaredUnit": "1000",
        "fossilGhgEmissions": "200.5",
        "biogenicCarbonContent": "450",
        "biogenicCO2Uptake": "-1650",
        "landUseChangeGhgEmissions": "50.25",
        "landManagementBiogenicCO2Emissions": "3.125",
        "biogenicNonCO2Emissions": "10.0625",
    },
    "land that takes up": {
        "landManagementBiogenicCO2Removals": "-0.4",
        "landUseChangeGhgEmissions": "0.1",
    },
    "delivered": {"outboundLogisticsGhgEmissions": "0.2"},
    "three kilograms": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "3",
        "productMassPerDeclaredUnit": "3",
        "fossilGhgEmissions": "1.00000000000000000007",
        "biogenicNonCO2Emissions": "0.1",
    },
    "in a subdivision": {"geographyCountry": ..., "geographyCountrySubdivision": "CN-GD"},
    "of a region": {"geographyCountry": ..., "geographyRegionOrSubregion": "Eastern Asia"},
    "made anywhere": {"geographyCountry": ...},
    "one that replaces": {
        "precedingPfIds": ["b1f8c0f0-0000-4000-8000-000000000001"],
        "companyIds": ["urn:example:works", "urn:bpn:BPNL00000000EXMP"],
        "productClassifications": ["urn:pact:productclassification:un-cpc:46410"],
    },
    "with sector rules": {
        "productOrSectorSpecificRules": [
            {"operator": "PEF", "ruleNames": ["Batteries"]},
            {"operator": "Other", "otherOperatorName": "Makers", "ruleNames": ["Pumps: 2"]},
        ],
        "allocationRulesDescription": "By mass.",
    },
    "of nothing": {"fossilGhgEmissions": "0"},
    "a part of a year": {
        "referencePeriodStart": "2025-03-01T00:00:00Z",
        "referencePeriodEnd": "2025-07-01T00:00:00Z",
        "validityPeriodStart": "2025-07-01T00:00:00Z",
        "validityPeriodEnd": "2028-07-01T00:00:00Z",
    },
}


def sample(name: str) -> dict[str, Any]:
    """A variation by its name."""
    return pact_sample(**VARIATIONS[name])

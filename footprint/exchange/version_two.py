"""A PACT v3 document as version 2.3 of the protocol has it, for buyers who still ask for that.

Version 3 counts for the whole declared unit (amount times unit), version 2 for one unit. So each
number is divided by the amount; where a division does not end it is cut far behind the digits that
the document has, and the totals are the sums of the parts as they are written: multiplied by the
amount and rounded to the digits of the document, each is the document's own.

Source: PACT Technical Specifications v2.3.3 (WBCSD, 2025-12-11), data model; in our own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, Inexact, getcontext, localcontext
from typing import Any

from footprint.exchange.catena_x_facts import PactValues
from footprint.exchange.catena_x_write_seven import cpc_of
from footprint.exchange.faults import NO_PLACE
from footprint.faults import Where
from footprint.supplier.numbers import decimal_text

SPEC_VERSION = "2.3.3"
#: Units that both versions have; a piece is written by its mass.
_UNITS = frozenset(
    ("liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer")
) | {"square meter"}
#: What version 2 has no place for: a number above or below zero there would be lost.
_HAS_NONE = (
    "ccsTechnologicalCO2Capture",
    "technologicalCO2Removals",
    "ccuCarbonContent",
    "landCarbonLeakage",
)
_SAME = (
    "referencePeriodStart", "referencePeriodEnd", "geographyRegionOrSubregion", "geographyCountry",
    "geographyCountrySubdivision", "crossSectoralStandards", "productOrSectorSpecificRules",
    "secondaryEmissionFactorSources", "allocationRulesDescription",
)  # fmt: skip
_STANDARDS = {
    "ISO14067": "ISO Standard 14067",
    "GHGP-Product": "GHG Protocol Product standard",
    "ISO14040-44": "ISO Standard 14044",
}
_HEAD = (
    "id", "precedingPfIds", "created", "status", "validityPeriodStart", "validityPeriodEnd",
    "companyName", "companyIds", "productDescription", "productIds", "productClassifications",
    "productNameCompany", "extensions",
)  # fmt: skip
_MOST_EXEMPTED = Decimal(5)
#: Digits with which is calculated: more than any document has.
_DIGITS = 60
_ZERO = Decimal(0)


def version_two(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document in version 2.3; sound v3 in, as `pact_document` writes it.

    Raises InputRefused (EXC-002) where version 2.3 has no place for what it says.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        pcf, assumed = _carbon_footprint(PactValues(document))
    comment = [document.get("comment", ""), *assumed]
    head = {name: document[name] for name in _HEAD if name in document}
    return head | {
        "specVersion": SPEC_VERSION,
        "version": 0,
        "productCategoryCpc": cpc_of(PactValues(document)) or "unknown",
        "comment": " ".join(one for one in comment if one),
        "pcf": pcf,
    }


def _carbon_footprint(values: PactValues) -> tuple[dict[str, Any], list[str]]:
    """The footprint, and what had to be assumed, in words."""
    unit, amount = _unit(values)
    numbers, unknown = _numbers(values, amount)
    pcf, same = values.pcf, {name: values.pcf[name] for name in _SAME if name in values.pcf}
    used = dict.fromkeys(
        _STANDARDS[one] for one in pcf["crossSectoralStandards"] if one in _STANDARDS
    )
    if not used:
        raise _refused("crossSectoralStandards", "no standard that it names is known there")
    reports = [one for one in ("AR5", "AR6") if one in pcf["ipccCharacterizationFactors"]]
    if not reports:
        raise _refused("ipccCharacterizationFactors", "neither AR5 nor AR6 was used")
    exempted = values.number("exemptedEmissionsPercent") or _ZERO
    if exempted > _MOST_EXEMPTED:
        raise _refused("exemptedEmissionsPercent", f"more than {_MOST_EXEMPTED} % is left out")
    made = same | {
        "declaredUnit": unit,
        "unitaryProductAmount": decimal_text(amount),
        **numbers,
        "characterizationFactors": reports[0],
        "ipccCharacterizationFactorsSources": list(pcf["ipccCharacterizationFactors"]),
        "crossSectoralStandardsUsed": list(used),
        "biogenicAccountingMethodology": "ISO",
        "boundaryProcessesDescription": pcf.get("boundaryProcessesDescription", ""),
        "exemptedEmissionsPercent": float(exempted),
        "exemptedEmissionsDescription": pcf.get("exemptedEmissionsDescription", ""),
        "packagingEmissionsIncluded": bool(pcf.get("packagingEmissionsIncluded")),
    }
    share = values.number("primaryDataShare")
    ratings = pcf.get("dqi")
    made |= {} if share is None else {"primaryDataShare": float(share)}
    made |= {"dqi": _ratings(ratings)} if ratings else {}
    assumed = [f"Per one {unit}: this is version 2.3 of a document of version 3."]
    if unknown:
        assumed.append(f"Not known and written as 0, as that version asks: {', '.join(unknown)}.")
    if ratings:
        assumed.append("Ratings are 3 (the worst there) from 3 upwards, and where none was made.")
    return made, assumed


def _unit(values: PactValues) -> tuple[str, Decimal]:
    """The unit, and how much of it the document is about."""
    unit = values.pcf["declaredUnitOfMeasurement"]
    if unit in _UNITS:
        return unit, values.number("declaredUnitAmount") or _ZERO
    mass = values.number("productMassPerDeclaredUnit") or _ZERO
    if unit != "piece" or mass <= 0:
        raise _refused("declaredUnitOfMeasurement", f"{unit} is no unit there")
    return "kilogram", mass


def _numbers(values: PactValues, amount: Decimal) -> tuple[dict[str, str], list[str]]:
    """Masses and emissions per one unit as texts, and the names of those that are not known."""
    for name in _HAS_NONE:
        if values.number(name):
            raise _refused(name, f"{name} is {values.pcf[name]}, and it has no such property")
    removed = values.number("landManagementBiogenicCO2Removals")
    land = values.number("landManagementBiogenicCO2Emissions")
    parts = {
        "fossilGhgEmissions": values.number("fossilGhgEmissions"),
        "dLucGhgEmissions": values.number("landUseChangeGhgEmissions"),
        "landManagementGhgEmissions": land if removed is None else (land or _ZERO) + removed,
        "otherBiogenicGhgEmissions": values.number("biogenicNonCO2Emissions"),
        "biogenicCarbonWithdrawal": values.number("biogenicCO2Uptake"),
    }
    contents = {
        "fossilCarbonContent": values.number("fossilCarbonContent"),
        "biogenicCarbonContent": values.number("biogenicCarbonContent"),
    }
    totals = [
        values.number(f"pcf{which}BiogenicUptake") or _ZERO for which in ("Excluding", "Including")
    ]
    given = [one for one in (*parts.values(), *totals) if one is not None]
    digits = max(-int(one.as_tuple().exponent) for one in given)
    behind = max(digits, digits + amount.adjusted() + 3)
    divided = {name: _per(one or _ZERO, amount, behind) for name, one in (parts | contents).items()}
    uptake = divided["biogenicCarbonWithdrawal"]
    excluding = sum((divided[name] for name in parts), _ZERO) - uptake
    for total, found in zip(totals, (excluding, excluding + uptake), strict=True):
        step = Decimal(1).scaleb(-digits)
        if (found * amount).quantize(step) != total.quantize(step):
            raise _refused("pcfExcludingBiogenicUptake", "its totals are no sums of its parts")
    for name in ("landManagementGhgEmissions", "fossilGhgEmissions"):
        if divided[name] < 0 or excluding < 0:
            raise _refused(name, "a total or a part is below zero, and it takes none")
    divided |= {"pCfExcludingBiogenic": excluding, "pCfIncludingBiogenic": excluding + uptake}
    for name in ("aircraftGhgEmissions", "packagingGhgEmissions", "productMassPerDeclaredUnit"):
        known = values.number(name)
        if known is not None:
            divided[name] = _per(known, amount, behind)
    unknown = [name for name, one in (parts | contents).items() if one is None]
    return {name: decimal_text(one) for name, one in divided.items()}, unknown


def _per(value: Decimal, amount: Decimal, behind: int) -> Decimal:
    """The value for one unit: exact where the division ends, else `behind` digits of it."""
    context = getcontext()
    context.clear_flags()
    divided = value / amount
    if not context.flags[Inexact]:
        return divided
    return divided.quantize(Decimal(1).scaleb(-behind))


def _ratings(ratings: Mapping[str, str]) -> dict[str, float]:
    """Ratings of 1 to 3. Those of version 3 end at 5 and never say better what is worse there; what
    version 3 does not rate gets the worst one."""
    kept = {name: min(float(text), 3.0) for name, text in ratings.items()}
    return {"coveragePercent": 100.0, "completenessDQR": 3.0, "reliabilityDQR": 3.0} | kept


def _refused(name: str, says: str) -> Exception:
    message = f"version 2.3 of PACT has no place for this: {says}"
    return NO_PLACE.refuse(message, Where(column=name), "Fetch it in version 3.")

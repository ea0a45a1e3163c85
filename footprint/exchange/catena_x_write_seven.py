"""A PACT document as Catena-X PCF 7.0.0, whose numbers count for one unit."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from footprint.exchange.catena_x_facts import WASTE, PactValues
from footprint.exchange.catena_x_seven import SPEC_SEVEN

#: Digits of a number that was divided by an amount.
_DIGITS = 40
_CPC = "urn:pact:productclassification:un-cpc:"
#: Standards by their names there; what it does not know is "Other".
_STANDARDS_SEVEN = {"ISO14067": "ISO Standard 14067", "PEF": "PEF", "PAS2050": "PAS 2050"}


def cpc_of(values: PactValues) -> str | None:
    """The class of the CPC, which version 7.0.0 asks for."""
    classes = values.document.get("productClassifications") or ()
    return next((one.removeprefix(_CPC) for one in classes if one.startswith(_CPC)), None)


def present(**values: Any) -> dict[str, Any]:
    """What is known: an absent value is left out."""
    return {name: value for name, value in values.items() if value is not None}


def seven_of(values: PactValues) -> dict[str, Any]:
    """The document in version 7.0.0, which `catena_x_document` found to be possible."""
    document = values.document
    preceding = {"precedingPfIds": values.preceding} if values.preceding else {}
    return {
        "id": document["id"],
        "specVersion": SPEC_SEVEN,
        "partialFullPcf": "Cradle-to-gate",
        **preceding,
        "version": 0,
        "created": document["created"],
        "extWBCSD_pfStatus": document["status"],
        **present(
            validityPeriodStart=document.get("validityPeriodStart"),
            validityPeriodEnd=document.get("validityPeriodEnd"),
            comment=values.comment,
        ),
        "companyName": document["companyName"],
        "companyIds": values.company_ids,
        "productDescription": document["productDescription"],
        "productIds": list(document["productIds"]),
        "extWBCSD_productCodeCpc": cpc_of(values),
        "productName": document["productNameCompany"],
        "pcf": _pcf_seven(values),
    }


def _pcf_seven(values: PactValues) -> dict[str, Any]:
    pcf = values.pcf
    rules = [
        {
            "extWBCSD_operator": rule["operator"],
            "productOrSectorSpecificRules": [{"ruleName": name} for name in rule["ruleNames"]],
        }
        | present(extWBCSD_otherOperatorName=rule.get("otherOperatorName"))
        for rule in pcf.get("productOrSectorSpecificRules") or ()
    ]
    standards = [_STANDARDS_SEVEN.get(one, "Other") for one in pcf["crossSectoralStandards"]]
    return {
        "declaredUnit": pcf["declaredUnitOfMeasurement"],
        "unitaryProductAmount": values.number("declaredUnitAmount"),
        "exemptedEmissionsPercent": values.number("exemptedEmissionsPercent"),
        **present(
            exemptedEmissionsDescription=pcf.get("exemptedEmissionsDescription"),
            boundaryProcessesDescription=pcf.get("boundaryProcessesDescription"),
            extWBCSD_allocationRulesDescription=pcf.get("allocationRulesDescription"),
            primaryDataShare=values.number("primaryDataShare"),
        ),
        **values.geography,
        **values.period,
        "crossSectoralStandardsUsed": [
            {"crossSectoralStandard": one} for one in dict.fromkeys(standards)
        ],
        "productOrSectorSpecificRules": rules,
        "extWBCSD_characterizationFactors": pcf["ipccCharacterizationFactors"][0],
        "extTFS_allocationWasteIncineration": WASTE,
        "secondaryEmissionFactorSources": [
            {"secondaryEmissionFactorSource": one} for one in values.sources
        ],
        **_ratings_seven(values),
        "extWBCSD_packagingEmissionsIncluded": bool(pcf.get("packagingEmissionsIncluded")),
        **_numbers_seven(values),
    }


def _ratings_seven(values: PactValues) -> dict[str, Any]:
    ratings = values.pcf.get("dqi")
    if not ratings:
        return {}
    shown = {name: Decimal(text) for name, text in ratings.items()}
    return {"dataQualityRating": {"coveragePercent": 100, **shown}}


def _numbers_seven(values: PactValues) -> dict[str, Any]:
    """Masses and emissions per one unit; aviation is a part of the fossil emissions, as in the
    version of PACT that this one follows."""
    emitted = values.number("landManagementBiogenicCO2Emissions")
    removed = values.number("landManagementBiogenicCO2Removals")
    land = None if emitted is None and removed is None else (emitted or 0) + (removed or 0)
    numbers = present(
        productMassPerDeclaredUnit=values.number("productMassPerDeclaredUnit"),
        pcfExcludingBiogenic=values.number("pcfExcludingBiogenicUptake"),
        pcfIncludingBiogenic=values.number("pcfIncludingBiogenicUptake"),
        fossilGhgEmissions=values.number("fossilGhgEmissions"),
        biogenicCarbonEmissionsOtherThanCO2=values.number("biogenicNonCO2Emissions"),
        biogenicCarbonWithdrawal=values.number("biogenicCO2Uptake"),
        dlucGhgEmissions=values.number("landUseChangeGhgEmissions"),
        extTFS_luGhgEmissions=land,
        aircraftGhgEmissions=values.number("aircraftGhgEmissions"),
        extWBCSD_packagingGhgEmissions=values.number("packagingGhgEmissions"),
        distributionStagePcfExcludingBiogenic=values.number("outboundLogisticsGhgEmissions"),
        carbonContentBiogenic=values.number("biogenicCarbonContent"),
        extWBCSD_fossilCarbonContent=values.number("fossilCarbonContent"),
    )
    amount = values.number("declaredUnitAmount") or Decimal(1)
    with localcontext() as context:
        context.prec = _DIGITS
        return {name: value / amount for name, value in numbers.items()}

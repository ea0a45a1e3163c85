"""A PACT document as Catena-X PCF 9.0.0 or 7.0.0: no total is lost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from footprint.exchange.catena_x_facts import WASTE, PactValues
from footprint.exchange.catena_x_nine import SPEC_NINE
from footprint.exchange.catena_x_write_seven import cpc_of, present, seven_of
from footprint.exchange.faults import MISSING_FACT, NO_PLACE
from footprint.faults import InputRefused, Problem, Where

CatenaVersion = Literal["9.0.0", "7.0.0"]
#: Units that a version has no word for.
_NO_UNIT = {"9.0.0": ("megabit second",), "7.0.0": ("hour", "megabit second")}
#: Most percent of emissions that may be exempted.
_EXEMPTED = {"9.0.0": 10, "7.0.0": 5}
#: Standards by their names there.
_STANDARDS = {"ISO14067": "ISO 14067", "ISO14040-44": "ISO 14040-44"}


def catena_x_document(pact: Mapping[str, Any], version: CatenaVersion = "9.0.0") -> dict[str, Any]:
    """The Catena-X document of a PACT v3 document; numbers are `Decimal`, with all their digits.

    Raises `InputRefused` (EXC-002, EXC-003) with everything that has no place or is missing.
    """
    values = PactValues(pact)
    problems = [*values.problems(), *_unfit(values, version)]
    if problems:
        raise InputRefused(problems)
    return _nine(values) if version == "9.0.0" else seven_of(values)


def _unfit(values: PactValues, version: CatenaVersion) -> list[Problem]:
    """Why this version cannot say it."""
    pcf, found = values.pcf, []
    unit = pcf["declaredUnitOfMeasurement"]
    if unit in _NO_UNIT[version]:
        message = f"the declared unit {unit!r} does not exist in Catena-X {version}"
        found.append(NO_PLACE.at(Where(column="declaredUnitOfMeasurement"), message))
    percent = Decimal(pcf["exemptedEmissionsPercent"])
    if percent > _EXEMPTED[version]:
        message = f"{percent:f} % are exempted; Catena-X {version} takes {_EXEMPTED[version]} %"
        found.append(NO_PLACE.at(Where(column="exemptedEmissionsPercent"), message))
    if version == "9.0.0":
        return found
    reports = pcf["ipccCharacterizationFactors"]
    if len(reports) != 1 or reports[0] not in {"AR5", "AR6"}:
        message = f"Catena-X 7.0.0 names AR5 or AR6; this footprint rests on {', '.join(reports)}"
        hint = "Write version 9.0.0, which can leave the report unspecified."
        found.append(NO_PLACE.at(Where(column="ipccCharacterizationFactors"), message, hint))
    if cpc_of(values) is None:
        hint = "Add a row to the bill of materials: # classifications: CPC:46410"
        message = "Catena-X 7.0.0 asks for a product class of the CPC"
        found.append(MISSING_FACT.at(Where(column="productClassifications"), message, hint))
    return found


def _nine(values: PactValues) -> dict[str, Any]:
    return {
        "scopeOfPcfForm": [{"specVersion": SPEC_NINE, "partialFullPcf": "Cradle-to-gate"}],
        "companyAndProductInformation": [_who_and_what(values)],
        "pcfAssessmentAndMethodology": [
            {
                "dataSourcesAndQuality": [_quality(values)],
                "pcfMethodology": [_methodology(values)],
                "pcfAssessmentInformation": [_assessment(values)],
            }
        ],
        "general": [{"comment": values.comment}],
        "carbonContent": [_carbon(values)],
        "productLifeCycleStagesAndEmissions": [_stages(values)],
    }


def _who_and_what(values: PactValues) -> dict[str, Any]:
    document, pcf = values.document, values.pcf
    product = present(
        productNameCompany=document["productNameCompany"],
        productDescription=document["productDescription"],
        productIds=list(document["productIds"]),
        productClassifications=document.get("productClassifications"),
        declaredUnitOfMeasurement=pcf["declaredUnitOfMeasurement"],
        declaredUnitAmount=values.number("declaredUnitAmount"),
        productMassPerDeclaredUnit=values.number("productMassPerDeclaredUnit"),
    )
    company = {"companyName": document["companyName"], "companyIds": values.company_ids}
    return {"companyInformation": [company], "productInformation": [product]}


def _quality(values: PactValues) -> dict[str, Any]:
    ratings = {name: Decimal(text) for name, text in (values.pcf.get("dqi") or {}).items()}
    share = values.number("primaryDataShare")
    return present(
        primaryDataShare=share, secondaryEmissionFactorSources=values.sources or None, **ratings
    )


def _methodology(values: PactValues) -> dict[str, Any]:
    pcf = values.pcf
    reports = pcf["ipccCharacterizationFactors"]
    known = len(reports) == 1 and reports[0] in {"AR4", "AR5", "AR6"}
    rules = [
        f"{rule.get('otherOperatorName') or rule['operator']}: {name}"
        for rule in pcf.get("productOrSectorSpecificRules") or ()
        for name in rule["ruleNames"]
    ]
    return {
        "standards": [
            {
                "crossSectoralStandards": [
                    _STANDARDS.get(one, one) for one in pcf["crossSectoralStandards"]
                ],
                "productOrSectorSpecificRules": list(dict.fromkeys(rules)),
            }
        ],
        "gwpCharacterizationFactorDetails": [
            {"ipccCharacterizationFactors": reports[0] if known else "unspecified"}
        ],
        "massBalancingInformation": [
            {
                "massBalancingUsed": False,
                "freeAttributionInMassBalancing": "not applicable",
                "massBalancingCertificateScheme": "not applicable",
            }
        ],
        "allocationInForeground": [
            present(
                allocationRulesDescription=pcf.get("allocationRulesDescription"),
                allocationWasteIncineration=WASTE,
            )
        ],
    }


def _assessment(values: PactValues) -> dict[str, Any]:
    document, pcf = values.document, values.pcf
    return {
        "technology": [
            present(
                ccsTechnologicalCO2CaptureIncluded=bool(
                    pcf.get("ccsTechnologicalCO2CaptureIncluded")
                ),
                boundaryProcessesDescription=pcf.get("boundaryProcessesDescription"),
            )
        ],
        "boundarySpecifications": [
            present(
                exemptedEmissionsPercent=values.number("exemptedEmissionsPercent"),
                exemptedEmissionsDescription=pcf.get("exemptedEmissionsDescription"),
            )
        ],
        "geography": [values.geography],
        "time": [
            {**values.period, "created": document["created"]}
            | present(validityPeriodStart=document.get("validityPeriodStart"))
            | {"validityPeriodEnd": document["validityPeriodEnd"]}
        ],
        "idAndVersion": [
            {
                "id": document["id"],
                "version": 0,
                "status": document["status"],
                "retroOrProspectivePcfType": "Retrospective PCF",
            }
            | ({"precedingPfIds": values.preceding} if values.preceding else {})
        ],
    }


def _carbon(values: PactValues) -> dict[str, Any]:
    """Biogenic carbon holds that of the packaging; the total only where both kinds are known."""
    fossil, biogenic = values.number("fossilCarbonContent"), values.number("biogenicCarbonContent")
    packaging = values.number("packagingBiogenicCarbonContent")
    if biogenic is not None:
        biogenic += packaging or Decimal(0)
    total = None if fossil is None or biogenic is None else fossil + biogenic
    return present(
        carbonContentTotal=total,
        fossilCarbonContent=fossil,
        biogenicCarbonContent=biogenic,
        recycledCarbonContent=values.number("recycledCarbonContent"),
        packagingBiogenicCarbonContent=packaging,
    )


#: Properties of the production stage that PACT calls the same.
SAME = (
    *("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake", "landUseChangeGhgEmissions"),
    *("landManagementBiogenicCO2Emissions", "landManagementBiogenicCO2Removals"),
    *("biogenicNonCO2Emissions", "biogenicCO2Uptake"),
)


def _stages(values: PactValues) -> dict[str, Any]:
    pcf, outbound = values.pcf, values.number("outboundLogisticsGhgEmissions")
    production = present(
        fossilGhgEmissions=values.fossil,
        aircraftGhgEmissions=values.number("aircraftGhgEmissions"),
        **{name: values.number(name) for name in SAME},
    )
    packaging = present(
        packagingEmissionsIncluded=bool(pcf.get("packagingEmissionsIncluded")),
        packagingPcfExcludingBiogenicUptake=values.number("packagingGhgEmissions"),
    )
    distribution = present(
        distributionStageIncluded=outbound is not None,
        distributionStagePcfExcludingBiogenicUptake=outbound,
    )
    return {
        "productionStage": [production],
        "packagingStage": [packaging],
        "distributionStage": [distribution],
    }

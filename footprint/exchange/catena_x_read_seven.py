"""A Catena-X document of model 7.0.0 as a PACT document."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from footprint.exchange.catena_x_facts import first_moment_after, with_offset
from footprint.exchange.catena_x_pieces import (
    STANDARDS,
    company_urns,
    geography_of,
    moment_or_none,
    plain_id,
    plain_ids,
    ratings_of,
    rest_of_total,
)
from footprint.exchange.catena_x_rules import aviation_is_on_top
from footprint.exchange.catena_x_seven import CatenaSeven

#: Digits to which a number per unit, times the amount, is rounded: some below those it was written
#: with, so that a third of something, three times, is the whole again.
_DIGITS = 34


def pact_of_seven(document: CatenaSeven) -> dict[str, Any]:
    return {
        "id": plain_id(document.id),
        "specVersion": "3.0.3",
        "precedingPfIds": plain_ids(one.id for one in document.preceding_pf_ids or ()),
        "created": with_offset(document.created),
        "status": document.status,
        "validityPeriodStart": moment_or_none(document.validity_period_start),
        "validityPeriodEnd": moment_or_none(document.validity_period_end),
        "companyName": document.company_name,
        "companyIds": company_urns(document.company_ids),
        "productDescription": document.product_description or "",
        "productIds": list(dict.fromkeys(document.product_ids)),
        "productClassifications": [
            f"urn:pact:productclassification:un-cpc:{document.product_code_cpc}"
        ],
        "productNameCompany": document.product_name,
        "comment": document.comment,
        "pcf": _pcf_of_seven(document),
    }


def _pcf_of_seven(document: CatenaSeven) -> dict[str, Any]:
    pcf = document.pcf
    ratings = pcf.data_quality_rating
    rules = [
        {
            "operator": rule.ext_wbcsd_operator,
            "ruleNames": [one.rule_name for one in rule.product_or_sector_specific_rules],
            **({"otherOperatorName": rule.other_operator_name} if rule.other_operator_name else {}),
        }
        for rule in pcf.product_or_sector_specific_rules
    ]
    standards = [one.cross_sectoral_standard for one in pcf.cross_sectoral_standards_used]
    return {
        "declaredUnitOfMeasurement": pcf.declared_unit,
        "declaredUnitAmount": pcf.unitary_product_amount,
        "referencePeriodStart": with_offset(pcf.reference_period_start),
        "referencePeriodEnd": first_moment_after(pcf.reference_period_end),
        **geography_of(
            pcf.geography_region_or_subregion,
            pcf.geography_country,
            pcf.geography_country_subdivision,
        ),
        "boundaryProcessesDescription": pcf.boundary_processes_description,
        **_numbers_of_seven(pcf),
        "packagingEmissionsIncluded": pcf.packaging_emissions_included,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": [pcf.characterization_factors],
        "crossSectoralStandards": [STANDARDS.get(one, one) for one in standards],
        "productOrSectorSpecificRules": rules or None,
        "exemptedEmissionsPercent": pcf.exempted_emissions_percent,
        "exemptedEmissionsDescription": pcf.exempted_emissions_description,
        "allocationRulesDescription": pcf.allocation_rules_description,
        "primaryDataShare": pcf.primary_data_share,
        "dqi": ratings
        and ratings_of(ratings.technological_dqr, ratings.geographical_dqr, ratings.temporal_dqr),
    }


def _numbers_of_seven(pcf: Any) -> dict[str, Any]:
    """Numbers for the whole amount: version 7.0.0 states them per one unit."""
    land, fossil = pcf.lu_ghg_emissions, pcf.fossil_ghg_emissions
    if aviation_is_on_top(pcf):
        fossil += pcf.aircraft_ghg_emissions
    numbers = {
        "productMassPerDeclaredUnit": (
            Decimal(1)
            if pcf.declared_unit == "kilogram" and pcf.product_mass_per_declared_unit
            else pcf.product_mass_per_declared_unit
        ),
        "pcfExcludingBiogenicUptake": pcf.pcf_excluding_biogenic,
        "pcfIncludingBiogenicUptake": pcf.pcf_including_biogenic,
        "fossilGhgEmissions": fossil,
        "biogenicNonCO2Emissions": pcf.biogenic_carbon_emissions_other_than_co2,
        "biogenicCO2Uptake": pcf.biogenic_carbon_withdrawal,
        "landUseChangeGhgEmissions": pcf.dluc_ghg_emissions,
        "landManagementBiogenicCO2Emissions": land if land is None or land >= 0 else None,
        "landManagementBiogenicCO2Removals": land if land is not None and land < 0 else None,
        "aircraftGhgEmissions": pcf.aircraft_ghg_emissions,
        "packagingGhgEmissions": (
            pcf.packaging_ghg_emissions if pcf.packaging_emissions_included else None
        ),
        "outboundLogisticsGhgEmissions": pcf.distribution_stage_pcf_excluding_biogenic,
        "fossilCarbonContent": pcf.fossil_carbon_content,
        "biogenicCarbonContent": pcf.carbon_content_biogenic,
    }
    if fossil is None:
        numbers["fossilGhgEmissions"] = rest_of_total(numbers)
    with localcontext() as context:
        context.prec = _DIGITS
        amount = pcf.unitary_product_amount
        return {n: None if value is None else value * amount for n, value in numbers.items()}

"""A Catena-X document as a PACT document: totals, split, unit, period and ids are kept."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from footprint.exchange.catena_x_facts import first_moment_after, with_offset
from footprint.exchange.catena_x_nine import CatenaNine
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
from footprint.exchange.catena_x_read_seven import pact_of_seven
from footprint.exchange.catena_x_seven import CatenaSeven
from footprint.exchange.catena_x_write import SAME
from footprint.supplier.numbers import decimal_text


def pact_of_catena_x(document: CatenaNine | CatenaSeven) -> dict[str, Any]:
    """The PACT v3 document of a Catena-X document of sound form."""
    found = _of_nine(document) if isinstance(document, CatenaNine) else pact_of_seven(document)
    pcf = {name: _text(value) for name, value in found.pop("pcf").items() if value is not None}
    return {name: value for name, value in found.items() if value is not None} | {"pcf": pcf}


def reaches_beyond_gate(document: CatenaNine | CatenaSeven) -> bool:
    """Whether use and end of life are inside."""
    scope = document if isinstance(document, CatenaSeven) else document.scope_of_pcf_form[0]
    return scope.partial_full_pcf != "Cradle-to-gate"


def _text(value: Any) -> Any:
    return decimal_text(value) if isinstance(value, Decimal) else value


def _of_nine(document: CatenaNine) -> dict[str, Any]:
    both = document.company_and_product_information[0]
    company, product = both.company_information[0], both.product_information[0]
    about = document.pcf_assessment_and_methodology[0].pcf_assessment_information[0]
    identity, time = about.id_and_version[0], about.time[0]
    return {
        "id": plain_id(identity.id),
        "specVersion": "3.0.3",
        "precedingPfIds": plain_ids(one.get("id", "") for one in identity.preceding_pf_ids or ()),
        "created": with_offset(time.created),
        "status": identity.status,
        "validityPeriodStart": moment_or_none(time.validity_period_start),
        "validityPeriodEnd": moment_or_none(time.validity_period_end),
        "companyName": company.company_name,
        "companyIds": company_urns(company.company_ids),
        "productDescription": product.product_description or "",
        "productIds": list(dict.fromkeys(product.product_ids)),
        "productClassifications": _urns(product.product_classifications),
        "productNameCompany": product.product_name_company,
        "comment": document.general[0].comment,
        "pcf": _pcf_of_nine(document),
    }


def _pcf_of_nine(document: CatenaNine) -> dict[str, Any]:
    product = document.company_and_product_information[0].product_information[0]
    assessment = document.pcf_assessment_and_methodology[0]
    about, method = assessment.pcf_assessment_information[0], assessment.pcf_methodology[0]
    quality, time = assessment.data_sources_and_quality[0], about.time[0]
    place, boundary = about.geography[0], about.boundary_specifications[0]
    standards = method.standards[0]
    return {
        "declaredUnitOfMeasurement": product.declared_unit_of_measurement,
        "declaredUnitAmount": product.declared_unit_amount,
        "productMassPerDeclaredUnit": product.product_mass_per_declared_unit,
        "referencePeriodStart": with_offset(time.reference_period_start),
        "referencePeriodEnd": first_moment_after(time.reference_period_end),
        **geography_of(
            place.geography_region_or_subregion,
            place.geography_country,
            place.geography_country_subdivision,
        ),
        "boundaryProcessesDescription": about.technology[0].boundary_processes_description,
        **_emissions_of_nine(document),
        **_carbon_of_nine(document),
        "ccsTechnologicalCO2CaptureIncluded": (
            about.technology[0].ccs_technological_co2_capture_included
        ),
        "ipccCharacterizationFactors": _report(
            method.gwp_characterization_factor_details[0].ipcc_characterization_factors
        ),
        "crossSectoralStandards": [
            STANDARDS.get(one, one) for one in standards.cross_sectoral_standards
        ],
        "productOrSectorSpecificRules": _rules(standards.product_or_sector_specific_rules),
        "exemptedEmissionsPercent": boundary.exempted_emissions_percent,
        "exemptedEmissionsDescription": boundary.exempted_emissions_description,
        "allocationRulesDescription": method.allocation_in_foreground[
            0
        ].allocation_rules_description,
        "primaryDataShare": quality.primary_data_share,
        "dqi": ratings_of(
            quality.technological_dqr, quality.geographical_dqr, quality.temporal_dqr
        ),
    }


def _emissions_of_nine(document: CatenaNine) -> dict[str, Any]:
    """Aviation goes back into the fossil emissions, of which PACT has it as a part."""
    stages = document.product_life_cycle_stages_and_emissions[0]
    production, packaging = stages.production_stage[0], stages.packaging_stage[0]
    delivery = stages.distribution_stage[0]
    said = production.model_dump(by_alias=True)
    same = {name: said[name] for name in SAME}
    flown, fossil = production.aircraft_ghg_emissions, production.fossil_ghg_emissions
    return {
        **same,
        "fossilGhgEmissions": rest_of_total(same)
        if fossil is None
        else fossil + (flown or Decimal(0)),
        "aircraftGhgEmissions": flown,
        "packagingEmissionsIncluded": packaging.packaging_emissions_included,
        "packagingGhgEmissions": (
            packaging.packaging_pcf_excluding_biogenic_uptake
            if packaging.packaging_emissions_included
            else None
        ),
        "outboundLogisticsGhgEmissions": (
            delivery.distribution_stage_pcf_excluding_biogenic_uptake
            if delivery.distribution_stage_included
            else None
        ),
    }


def _carbon_of_nine(document: CatenaNine) -> dict[str, Any]:
    """The biogenic carbon of packaging is inside there, and beside here."""
    carbon = document.carbon_content[0]
    biogenic, packaging = carbon.biogenic_carbon_content, carbon.packaging_biogenic_carbon_content
    if biogenic is not None:
        biogenic = max(biogenic - (packaging or Decimal(0)), Decimal(0))
    return {
        "fossilCarbonContent": carbon.fossil_carbon_content,
        "biogenicCarbonContent": biogenic,
        "recycledCarbonContent": carbon.recycled_carbon_content,
        "packagingBiogenicCarbonContent": packaging,
    }


def _urns(values: Iterable[str] | None) -> list[str] | None:
    """Classes that are URNs; PACT has no other ones."""
    return [one for one in dict.fromkeys(values or ()) if one.startswith("urn:")] or None


def _report(name: str) -> list[str] | None:
    return None if name == "unspecified" else [name]


def _rules(texts: Iterable[str]) -> list[dict[str, Any]] | None:
    """`Operator: rule`; a rule without an operator names itself as another one's."""
    found = []
    for text in texts:
        operator, _, name = text.partition(": ")
        if name and operator in {"PEF", "EPD International"}:
            found.append({"operator": operator, "ruleNames": [name]})
        elif text:
            other = {"otherOperatorName": operator, "ruleNames": [name or text]}
            found.append({"operator": "Other", **other})
    return found or None

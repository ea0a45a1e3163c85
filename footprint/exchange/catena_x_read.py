"""A Catena-X document as a PACT document: totals, split, unit, period and ids are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from footprint.exchange.catena_x_facts import first_moment_after, with_offset
from footprint.exchange.catena_x_nine import CatenaNine
from footprint.exchange.catena_x_rules import aviation_is_on_top
from footprint.exchange.catena_x_seven import CatenaSeven
from footprint.exchange.catena_x_types import BPNL
from footprint.exchange.catena_x_write import SAME
from footprint.exchange.regions import EVERYWHERE
from footprint.supplier.misreadings import TERMS
from footprint.supplier.numbers import text_of

#: Digits to which a number per unit, times the amount, is rounded: some below those it was written
#: with, so that a third of something, three times, is the whole again.
_DIGITS = 34
_STANDARDS = {
    "ISO 14067": "ISO14067",
    "ISO Standard 14067": "ISO14067",
    "PAS 2050": "PAS2050",
}


def pact_of_catena_x(document: CatenaNine | CatenaSeven) -> dict[str, Any]:
    """The PACT v3 document of a Catena-X document of sound form."""
    found = _of_nine(document) if isinstance(document, CatenaNine) else _of_seven(document)
    pcf = {name: _text(value) for name, value in found.pop("pcf").items() if value is not None}
    return {name: value for name, value in found.items() if value is not None} | {"pcf": pcf}


def reaches_beyond_gate(document: CatenaNine | CatenaSeven) -> bool:
    """Whether use and end of life are inside."""
    scope = document if isinstance(document, CatenaSeven) else document.scope_of_pcf_form[0]
    return scope.partial_full_pcf != "Cradle-to-gate"


def _text(value: Any) -> Any:
    return text_of(value) if isinstance(value, Decimal) else value


def _of_nine(document: CatenaNine) -> dict[str, Any]:
    both = document.company_and_product_information[0]
    company, product = both.company_information[0], both.product_information[0]
    about = document.pcf_assessment_and_methodology[0].pcf_assessment_information[0]
    identity, time = about.id_and_version[0], about.time[0]
    return {
        "id": _plain_id(identity.id),
        "specVersion": "3.0.3",
        "precedingPfIds": _ids(one.get("id", "") for one in identity.preceding_pf_ids or ()),
        "created": with_offset(time.created),
        "status": identity.status,
        "validityPeriodStart": _moment(time.validity_period_start),
        "validityPeriodEnd": _moment(time.validity_period_end),
        "companyName": company.company_name,
        "companyIds": _company_ids(company.company_ids),
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
        **_geography(
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
            _STANDARDS.get(one, one) for one in standards.cross_sectoral_standards
        ],
        "productOrSectorSpecificRules": _rules(standards.product_or_sector_specific_rules),
        "exemptedEmissionsPercent": boundary.exempted_emissions_percent,
        "exemptedEmissionsDescription": boundary.exempted_emissions_description,
        "allocationRulesDescription": method.allocation_in_foreground[
            0
        ].allocation_rules_description,
        "primaryDataShare": quality.primary_data_share,
        "dqi": _ratings(quality.technological_dqr, quality.geographical_dqr, quality.temporal_dqr),
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
        "fossilGhgEmissions": _rest(same) if fossil is None else fossil + (flown or Decimal(0)),
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


def _rest(parts: Mapping[str, Decimal | None]) -> Decimal:
    """What the other terms leave of the total, where a document does not split it."""
    others = sum((parts.get(name) or Decimal(0) for name in TERMS), Decimal(0))
    return (parts["pcfExcludingBiogenicUptake"] or Decimal(0)) - others


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


def _of_seven(document: CatenaSeven) -> dict[str, Any]:
    return {
        "id": _plain_id(document.id),
        "specVersion": "3.0.3",
        "precedingPfIds": _ids(one.id for one in document.preceding_pf_ids or ()),
        "created": with_offset(document.created),
        "status": document.status,
        "validityPeriodStart": _moment(document.validity_period_start),
        "validityPeriodEnd": _moment(document.validity_period_end),
        "companyName": document.company_name,
        "companyIds": _company_ids(document.company_ids),
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
        **_geography(
            pcf.geography_region_or_subregion,
            pcf.geography_country,
            pcf.geography_country_subdivision,
        ),
        "boundaryProcessesDescription": pcf.boundary_processes_description,
        **_numbers_of_seven(pcf),
        "packagingEmissionsIncluded": pcf.packaging_emissions_included,
        "ccsTechnologicalCO2CaptureIncluded": False,
        "ipccCharacterizationFactors": [pcf.characterization_factors],
        "crossSectoralStandards": [_STANDARDS.get(one, one) for one in standards],
        "productOrSectorSpecificRules": rules or None,
        "exemptedEmissionsPercent": pcf.exempted_emissions_percent,
        "exemptedEmissionsDescription": pcf.exempted_emissions_description,
        "allocationRulesDescription": pcf.allocation_rules_description,
        "primaryDataShare": pcf.primary_data_share,
        "dqi": ratings
        and _ratings(ratings.technological_dqr, ratings.geographical_dqr, ratings.temporal_dqr),
    }


def _numbers_of_seven(pcf: Any) -> dict[str, Any]:
    """Numbers for the whole amount: version 7.0.0 states them per one unit."""
    land, fossil = pcf.lu_ghg_emissions, pcf.fossil_ghg_emissions
    if aviation_is_on_top(pcf):
        fossil += pcf.aircraft_ghg_emissions
    numbers = {
        "productMassPerDeclaredUnit": pcf.product_mass_per_declared_unit,
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
        numbers["fossilGhgEmissions"] = _rest(numbers)
    with localcontext() as context:
        context.prec = _DIGITS
        amount = pcf.unitary_product_amount
        return {n: None if value is None else value * amount for n, value in numbers.items()}


def _plain_id(text: str) -> str:
    return text.removeprefix("urn:uuid:")


def _ids(texts: Iterable[str]) -> list[str] | None:
    return [_plain_id(text) for text in texts if text] or None


def _moment(text: str | None) -> str | None:
    return None if text is None else with_offset(text)


def _company_ids(ids: Iterable[str]) -> list[str]:
    """Business partner numbers as a URN that has a name space and a name."""
    found = (f"urn:bpn:{match[1]}" if (match := BPNL.fullmatch(one)) else one for one in ids)
    return list(dict.fromkeys(found))


def _urns(values: Iterable[str] | None) -> list[str] | None:
    """Classes that are URNs; PACT has no other ones."""
    return [one for one in dict.fromkeys(values or ()) if one.startswith("urn:")] or None


def _geography(region: str, country: str | None, subdivision: str | None) -> dict[str, str]:
    """The finest place alone, as PACT has it."""
    if subdivision:
        return {"geographyCountrySubdivision": subdivision}
    if country:
        return {"geographyCountry": country}
    return {} if region in EVERYWHERE else {"geographyRegionOrSubregion": region}


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


def _ratings(*values: Decimal | None) -> dict[str, str] | None:
    names = ("technologicalDQR", "geographicalDQR", "temporalDQR")
    known = {name: text_of(one) for name, one in zip(names, values, strict=True) if one is not None}
    return known if len(known) == len(names) else None

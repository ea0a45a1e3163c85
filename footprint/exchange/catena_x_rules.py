"""Rules across the values of a Catena-X document: sums, parts, places, times, the rulebook.

Source: io.catenax.pcf 7.0.0 and 9.0.0 (Eclipse Tractus-X, CC-BY 4.0), which quote the Catena-X PCF
Rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from footprint.exchange.catena_x_facts import with_offset
from footprint.exchange.catena_x_nine import CatenaNine, Geography
from footprint.exchange.catena_x_seven import CatenaSeven, PcfSeven
from footprint.exchange.catena_x_sums import (
    MOST,
    Found,
    carbon_sums,
    distribution_sums,
    fitting,
    is_off,
    packaging_sums,
    production_sums,
)
from footprint.exchange.catena_x_types import BPNL
from footprint.exchange.faults import CONTRADICTION, FORM, MISSING_FACT, REMARK, SUM
from footprint.exchange.regions import is_country, region_holds
from footprint.values.product import MASSLESS

#: Percent that the rulebook lets be exempted.
_EXEMPTED = 3
_RULEBOOK_UNITS = ("piece", "kilogram")


def _place(geography: Geography | PcfSeven) -> Found:
    country, subdivision = geography.geography_country, geography.geography_country_subdivision
    region = geography.geography_region_or_subregion
    if country is not None and not is_country(country):
        message = f"{country!r} is no country code of two letters (ISO 3166-1)"
        yield FORM, "geographyCountry", message, "Such as DE for Germany."
    elif country is not None and not region_holds(region, country):
        message = f"{country} does not lie in {region}"
        yield CONTRADICTION, "geographyRegionOrSubregion", message, ""
    if subdivision and not is_country(subdivision.partition("-")[0]):
        message = f"{subdivision!r} is no subdivision (ISO 3166-2)"
        yield FORM, "geographyCountrySubdivision", message, "Such as DE-BW."
    elif subdivision and country and subdivision.partition("-")[0] != country:
        message = f"{subdivision} does not lie in {country}"
        yield CONTRADICTION, "geographyCountrySubdivision", message, ""


def _times(start: str, end: str, valid_from: str | None, valid_to: str | None) -> Found:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(with_offset(text))

    if moment(start) >= moment(end):
        yield CONTRADICTION, "referencePeriodEnd", "is not after referencePeriodStart", ""
    if valid_to is not None and moment(valid_to) < moment(valid_from or start):
        yield CONTRADICTION, "validityPeriodEnd", "is before the start of the validity", ""
    if valid_from is not None and moment(valid_from) < moment(end):
        yield REMARK, "validityPeriodStart", "is before referencePeriodEnd", ""


def _rulebook(unit: str, exempted: Decimal, ids: Sequence[str], version: Decimal) -> Found:
    if not any(BPNL.fullmatch(one) for one in ids):
        message = "holds no business partner number, such as urn:BPNL000000000000"
        yield MISSING_FACT, "companyIds", message, ""
    if unit not in _RULEBOOK_UNITS:
        message = f"is {unit}; the rulebook takes piece and kilogram"
        yield REMARK, "declaredUnitOfMeasurement", message, ""
    if exempted > _EXEMPTED:
        message = f"is {exempted:f} %, above the {_EXEMPTED} % of the rulebook"
        yield REMARK, "exemptedEmissionsPercent", message, ""
    if version != 0:
        message = f"is {version:f}; a footprint never changes, its version is 0"
        yield CONTRADICTION, "version", message, ""


def _mass(mass: Decimal, unit: str, amounts: Sequence[Decimal], column: str) -> Found:
    """A mass counts for what is declared: one of `amounts`, where that is in kilograms."""
    if mass == 0 and unit not in MASSLESS:
        message = f"is 0 for a {unit}; only energy, transport and services have no mass"
        yield CONTRADICTION, column, message, ""
    elif unit == "kilogram" and all(abs(mass - one) > MOST * one for one in amounts):
        message = f"is {mass:f} kg, and the declared unit is {amounts[0]:f} kg"
        hint = "It counts for the whole declared unit, unpacked."
        yield CONTRADICTION, column, message, hint


def _nine(document: CatenaNine) -> Found:
    stages = document.product_life_cycle_stages_and_emissions[0]
    production, packaging = stages.production_stage[0], stages.packaging_stage[0]
    yield from production_sums(production, packaging, stages.distribution_stage[0])
    yield from packaging_sums(production, packaging)
    yield from distribution_sums(stages.distribution_stage[0])
    yield from carbon_sums(document.carbon_content[0])
    about = document.pcf_assessment_and_methodology[0].pcf_assessment_information[0]
    yield from _place(about.geography[0])
    time = about.time[0]
    yield from _times(
        time.reference_period_start,
        time.reference_period_end,
        time.validity_period_start,
        time.validity_period_end,
    )
    both = document.company_and_product_information[0]
    product = both.product_information[0]
    yield from _mass(
        product.product_mass_per_declared_unit,
        product.declared_unit_of_measurement,
        (product.declared_unit_amount,),
        "productMassPerDeclaredUnit",
    )
    yield from _rulebook(
        product.declared_unit_of_measurement,
        about.boundary_specifications[0].exempted_emissions_percent,
        both.company_information[0].company_ids,
        about.id_and_version[0].version,
    )


def seven_terms(pcf: PcfSeven) -> list[Decimal]:
    """The terms of the total of version 7.0.0 without aviation, which is a part of others."""
    terms = (
        *(pcf.fossil_ghg_emissions, pcf.biogenic_carbon_emissions_other_than_co2),
        *(pcf.dluc_ghg_emissions, pcf.lu_ghg_emissions),
    )
    return [value for value in terms if value is not None]


def aviation_is_on_top(pcf: PcfSeven) -> bool:
    """Whether a total of version 7.0.0, which states no sum, only fits with aviation added."""
    total, terms = pcf.pcf_excluding_biogenic, seven_terms(pcf)
    flown = pcf.aircraft_ghg_emissions or Decimal(0)
    return bool(flown) and is_off(total, terms) and not is_off(total, [*terms, flown])


def _seven(document: CatenaSeven) -> Found:
    pcf = document.pcf
    total, terms = pcf.pcf_excluding_biogenic, seven_terms(pcf)
    if pcf.fossil_ghg_emissions is None:
        yield REMARK, "pcf.fossilGhgEmissions", "is absent, and no sum can be checked", ""
    elif is_off(total, terms) and not aviation_is_on_top(pcf):
        packed = pcf.packaging_ghg_emissions or Decimal(0)
        delivered = pcf.distribution_stage_pcf_excluding_biogenic or Decimal(0)
        shifts = {
            "packaging was added on top (it is a part of production)": packed,
            "delivery was added on top (it stands beside production)": delivered,
        }
        message = f"is {total:f} kg CO2e; its parts add up to {sum(terms, Decimal(0)):f}"
        yield SUM, "pcf.pcfExcludingBiogenic", message, fitting(total, terms, shifts)
    uptake = pcf.biogenic_carbon_withdrawal or Decimal(0)
    if pcf.pcf_including_biogenic is not None and is_off(
        pcf.pcf_including_biogenic, [total, uptake]
    ):
        message = f"is {pcf.pcf_including_biogenic:f} kg CO2e; "
        message += f"excluding and withdrawal make {total + uptake:f}"
        yield SUM, "pcf.pcfIncludingBiogenic", message, ""
    yield from _parts_of_seven(pcf)
    # It counts per one unit there; of the whole amount it is met as well, and can be nothing else.
    amounts = (Decimal(1), pcf.unitary_product_amount)
    mass = pcf.product_mass_per_declared_unit
    yield from _mass(mass, pcf.declared_unit, amounts, "pcf.productMassPerDeclaredUnit")
    yield from _place(pcf)
    yield from _times(
        pcf.reference_period_start,
        pcf.reference_period_end,
        document.validity_period_start,
        document.validity_period_end,
    )
    yield from _rulebook(
        pcf.declared_unit, pcf.exempted_emissions_percent, document.company_ids, document.version
    )


def _parts_of_seven(pcf: PcfSeven) -> Found:
    packed = pcf.packaging_ghg_emissions or Decimal(0)
    whole = pcf.pcf_excluding_biogenic - min(pcf.lu_ghg_emissions or Decimal(0), Decimal(0))
    if packed and not pcf.packaging_emissions_included:
        message = "gives emissions, but packaging is not included"
        yield CONTRADICTION, "pcf.extWBCSD_packagingGhgEmissions", message, ""
    elif packed > whole * (1 + MOST):
        message = f"is {packed:f} kg CO2e, more than production ({whole:f}), of which it is a part"
        yield CONTRADICTION, "pcf.extWBCSD_packagingGhgEmissions", message, ""


NINE_RULES: Callable[[CatenaNine], Found] = _nine
SEVEN_RULES: Callable[[CatenaSeven], Found] = _seven

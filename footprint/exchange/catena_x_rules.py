"""Rules across the values of a Catena-X document: sums, parts, places, times, the rulebook.

Source: io.catenax.pcf 7.0.0 and 9.0.0 (Eclipse Tractus-X, CC-BY 4.0), which quote the Catena-X PCF
Rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from footprint.exchange.catena_x_facts import with_offset
from footprint.exchange.catena_x_nine import (
    CarbonContent,
    CatenaNine,
    Distribution,
    Geography,
    Packaging,
    Production,
)
from footprint.exchange.catena_x_seven import CatenaSeven, PcfSeven
from footprint.exchange.catena_x_types import BPNL
from footprint.exchange.faults import CONTRADICTION, FORM, MISSING_FACT, REMARK, SUM
from footprint.exchange.regions import is_country, region_holds
from footprint.faults import Fault
from footprint.supplier.numbers import rounding_of

#: What a rule finds: the kind, the property, what is wrong, and what to do.
Found = Iterator[tuple[Fault, str, str, str]]
#: Largest rounding of a sum that is let pass, as a share of the total.
_MOST = Decimal("0.01")
#: What remains where 28 digits are added up, as a share of the total.
_NOISE = Decimal("1e-24")
#: Percent that the rulebook lets be exempted.
_EXEMPTED = 3
_RULEBOOK_UNITS = ("piece", "kilogram")
_TERMS = (
    *("fossil_ghg_emissions", "land_use_change_ghg_emissions", "biogenic_non_co2_emissions"),
    *("land_management_biogenic_co2_emissions", "land_management_biogenic_co2_removals"),
    "aircraft_ghg_emissions",
)


def _values(part: object, names: Sequence[str]) -> dict[str, Decimal]:
    found = {name: getattr(part, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _off(total: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether values make another total, by more than their last digits allow."""
    found = sum(values, Decimal(0))
    rounding = rounding_of(*(f"{one:f}" for one in (total, *values)))
    whole = max(abs(total), abs(found))
    return abs(total - found) > min(max(rounding, _NOISE * whole), _MOST * whole)


def _fits(total: Decimal, terms: Sequence[Decimal], shifts: Mapping[str, Decimal]) -> str:
    """The known mistakes under which the terms make the total; empty if none does."""
    known = [(says, value) for says, value in shifts.items() if value]
    for count in (1, 2):
        for chosen in combinations(known, count):
            if not _off(total, [*terms, *(value for _, value in chosen)]):
                return f"It would fit if {' and '.join(says for says, _ in chosen)}."
    return ""


def _sums(production: Production, packaging: Packaging, distribution: Distribution) -> Found:
    path = "productionStage[0]."
    total = production.pcf_excluding_biogenic_uptake
    values = _values(production, _TERMS)
    if production.fossil_ghg_emissions is None:
        yield REMARK, f"{path}fossilGhgEmissions", "is absent, and no sum can be checked", ""
    elif _off(total, list(values.values())):
        added = sum(values.values(), Decimal(0))
        packed = packaging.packaging_pcf_excluding_biogenic_uptake or Decimal(0)
        delivered = distribution.distribution_stage_pcf_excluding_biogenic_uptake or Decimal(0)
        shifts = {
            "packaging was added on top (it is a part of production)": packed,
            "delivery was added on top (it stands beside production)": delivered,
            "aviation was left out (PACT counts it within other terms)": -(
                production.aircraft_ghg_emissions or Decimal(0)
            ),
        }
        hint = _fits(total, list(values.values()), shifts)
        message = f"is {total:f} kg CO2e; its parts add up to {added:f}"
        yield SUM, f"{path}pcfExcludingBiogenicUptake", message, hint
    including = production.pcf_including_biogenic_uptake
    uptake = production.biogenic_co2_uptake or Decimal(0)
    if _off(including, [total, uptake]):
        message = f"is {including:f} kg CO2e; excluding and uptake make {total + uptake:f}"
        yield SUM, f"{path}pcfIncludingBiogenicUptake", message, ""


def _packaging(production: Production, packaging: Packaging) -> Found:
    """Packaging is a part of production: of its total and of each of its terms."""
    path = "packagingStage[0]."
    whole = packaging.packaging_pcf_excluding_biogenic_uptake
    parts = _values(packaging, [f"packaging_{name}" for name in _TERMS])
    given = any((whole or 0, *parts.values()))
    if not packaging.packaging_emissions_included and given:
        message = "gives emissions, but packagingEmissionsIncluded is not true"
        yield CONTRADICTION, path.removesuffix("."), message, ""
    if whole is not None and parts and _off(whole, list(parts.values())):
        message = f"is {whole:f} kg CO2e; its parts add up to {sum(parts.values()):f}"
        yield SUM, f"{path}packagingPcfExcludingBiogenicUptake", message, ""
    emitted = (
        sum((value for value in _values(production, _TERMS).values() if value > 0), Decimal(0))
        or production.pcf_excluding_biogenic_uptake
    )
    if whole is not None and whole > emitted * (1 + _MOST):
        message = f"is {whole:f} kg CO2e, more than production ({emitted:f}), of which it is a part"
        yield CONTRADICTION, f"{path}packagingPcfExcludingBiogenicUptake", message, ""
    for name, value in parts.items():
        own = getattr(production, name.removeprefix("packaging_"))
        if own is not None and abs(value) > abs(own) * (1 + _MOST):
            message = f"is {value:f} kg CO2e, more than the production stage has of it ({own:f})"
            yield CONTRADICTION, f"{path}{_camel(name)}", message, ""


def _distribution(distribution: Distribution) -> Found:
    path = "distributionStage[0]."
    whole = distribution.distribution_stage_pcf_excluding_biogenic_uptake
    parts = _values(distribution, [f"distribution_stage_{name}" for name in _TERMS])
    if not distribution.distribution_stage_included and any((whole or 0, *parts.values())):
        message = "gives emissions, but distributionStageIncluded is not true"
        yield CONTRADICTION, path.removesuffix("."), message, ""
    if whole is not None and parts and _off(whole, list(parts.values())):
        message = f"is {whole:f} kg CO2e; its parts add up to {sum(parts.values()):f}"
        yield SUM, f"{path}distributionStagePcfExcludingBiogenicUptake", message, ""


def _carbon(carbon: CarbonContent) -> Found:
    total, fossil = carbon.carbon_content_total, carbon.fossil_carbon_content
    biogenic = carbon.biogenic_carbon_content
    packaging = carbon.packaging_biogenic_carbon_content
    if (
        total is not None
        and fossil is not None
        and biogenic is not None
        and _off(total, [fossil, biogenic])
    ):
        message = f"is {total:f} kg C; fossil and biogenic carbon make {fossil + biogenic:f}"
        yield SUM, "carbonContent[0].carbonContentTotal", message, ""
    if biogenic is not None and packaging is not None and packaging > biogenic * (1 + _MOST):
        message = f"is {packaging:f} kg C, more than all biogenic carbon ({biogenic:f})"
        yield CONTRADICTION, "carbonContent[0].packagingBiogenicCarbonContent", message, ""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return (first + "".join(one.capitalize() for one in rest)).replace("Co2", "CO2")


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


def _nine(document: CatenaNine) -> Found:
    stages = document.product_life_cycle_stages_and_emissions[0]
    production, packaging = stages.production_stage[0], stages.packaging_stage[0]
    yield from _sums(production, packaging, stages.distribution_stage[0])
    yield from _packaging(production, packaging)
    yield from _distribution(stages.distribution_stage[0])
    yield from _carbon(document.carbon_content[0])
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
    yield from _rulebook(
        both.product_information[0].declared_unit_of_measurement,
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
    return bool(flown) and _off(total, terms) and not _off(total, [*terms, flown])


def _seven(document: CatenaSeven) -> Found:
    pcf = document.pcf
    total, terms = pcf.pcf_excluding_biogenic, seven_terms(pcf)
    if pcf.fossil_ghg_emissions is None:
        yield REMARK, "pcf.fossilGhgEmissions", "is absent, and no sum can be checked", ""
    elif _off(total, terms) and not aviation_is_on_top(pcf):
        packed = pcf.packaging_ghg_emissions or Decimal(0)
        delivered = pcf.distribution_stage_pcf_excluding_biogenic or Decimal(0)
        shifts = {
            "packaging was added on top (it is a part of production)": packed,
            "delivery was added on top (it stands beside production)": delivered,
        }
        message = f"is {total:f} kg CO2e; its parts add up to {sum(terms, Decimal(0)):f}"
        yield SUM, "pcf.pcfExcludingBiogenic", message, _fits(total, terms, shifts)
    uptake = pcf.biogenic_carbon_withdrawal or Decimal(0)
    if pcf.pcf_including_biogenic is not None and _off(pcf.pcf_including_biogenic, [total, uptake]):
        message = f"is {pcf.pcf_including_biogenic:f} kg CO2e; "
        message += f"excluding and withdrawal make {total + uptake:f}"
        yield SUM, "pcf.pcfIncludingBiogenic", message, ""
    yield from _parts_of_seven(pcf)
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
    elif packed > whole * (1 + _MOST):
        message = f"is {packed:f} kg CO2e, more than production ({whole:f}), of which it is a part"
        yield CONTRADICTION, "pcf.extWBCSD_packagingGhgEmissions", message, ""


NINE_RULES: Callable[[CatenaNine], Found] = _nine
SEVEN_RULES: Callable[[CatenaSeven], Found] = _seven

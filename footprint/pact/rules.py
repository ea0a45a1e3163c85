"""Rules that cross the properties of a ProductFootprint: sums, presence, dates, contradictions.

Sources: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), data model and reporting rules;
PACT Methodology V3 as the How-to guide v3.0 (WBCSD, 2026-02-02) explains it. What is wrong is a
fault; what is allowed and will be asked about is a remark (PAC-108, and `footprint.pact.remarks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import MAXYEAR, datetime
from decimal import Decimal

from footprint.faults import Fault
from footprint.pact import faults
from footprint.pact.model import CarbonFootprint, ProductFootprint, moment_of
from footprint.supplier.misreadings import TERMS, misreading, sum_of
from footprint.supplier.numbers import rounding_of
from footprint.values.product import MASSLESS

#: kg CO2 per kg of carbon (molar masses 44 and 12, PACT v3, section 3.3.2.4).
CO2_PER_C = Decimal(44) / Decimal(12)
#: Carbon content and uptake are rounded apart; further apart they contradict each other.
CARBON_TOLERANCE = Decimal("0.01")
#: Largest rounding of a sum that is let pass, as a share of the total.
MOST_ROUNDING = Decimal("0.01")
#: What a check finds: the kind, the property, what is wrong, and what to do.
Found = Iterator[tuple[Fault, str, str, str]]


def _values(pcf: CarbonFootprint) -> dict[str, Decimal]:
    """The numbers of a footprint by their names in the exchange form."""
    said = pcf.model_dump(by_alias=True, exclude_none=True)
    names = [
        name
        for name in said
        if name in TERMS or name.endswith(("Emissions", "Uptake", "Content", "Capture"))
    ]
    return {name: Decimal(said[name]) for name in names}


def _sums(document: ProductFootprint) -> Found:
    pcf = document.pcf
    values = _values(pcf)
    stated = Decimal(pcf.pcf_excluding_biogenic_uptake)
    said = pcf.model_dump(by_alias=True, exclude_none=True)
    texts = [said[name] for name in TERMS if name in said]
    rounding = rounding_of(pcf.pcf_excluding_biogenic_uptake, *texts)
    rounding = min(rounding, MOST_ROUNDING * max(abs(stated), abs(sum_of(values))))
    found = sum_of(values)
    if abs(stated - found) > rounding:
        fits = misreading(values, stated, max(rounding, Decimal("1e-9")))
        hint = f"It would fit if {fits}." if fits else ""
        message = f"is {stated:f} kg CO2e; its parts add up to {found:f}"
        yield faults.SUM, "pcf.pcfExcludingBiogenicUptake", message, hint
    including = Decimal(pcf.pcf_including_biogenic_uptake)
    uptake = Decimal(pcf.biogenic_co2_uptake or "0")
    rounding = rounding_of(
        pcf.pcf_including_biogenic_uptake,
        pcf.pcf_excluding_biogenic_uptake,
        pcf.biogenic_co2_uptake or "0",
    )
    rounding = min(rounding, MOST_ROUNDING * (abs(stated) + abs(uptake)))
    if abs(including - stated - uptake) > rounding:
        lacks = "" if pcf.biogenic_co2_uptake else ", and biogenicCO2Uptake is absent"
        message = f"is {including:f} kg CO2e; excluding and uptake make {stated + uptake:f}{lacks}"
        yield faults.SUM, "pcf.pcfIncludingBiogenicUptake", message, ""


def _parts(document: ProductFootprint) -> Found:
    """What is a part of something else is no more than that."""
    pcf = document.pcf
    emitted = sum((v for n, v in _values(pcf).items() if n in TERMS and v > 0), Decimal(0))
    fossil = Decimal(pcf.fossil_ghg_emissions)
    for name, value, whole, of in (
        ("aircraftGhgEmissions", pcf.aircraft_ghg_emissions, emitted, "all emissions"),
        ("packagingGhgEmissions", pcf.packaging_ghg_emissions, emitted, "all emissions"),
        (
            "landManagementFossilGhgEmissions",
            pcf.land_management_fossil_ghg_emissions,
            fossil,
            "fossilGhgEmissions",
        ),
    ):
        if value is not None and Decimal(value) > whole * (1 + MOST_ROUNDING):
            message = f"is {value} kg CO2e, more than {of} ({whole:f}), of which it is a part"
            yield faults.CONTRADICTION, f"pcf.{name}", message, ""
    if pcf.biogenic_carbon_content is not None and pcf.recycled_carbon_content:
        carbon = Decimal(pcf.fossil_carbon_content) + Decimal(pcf.biogenic_carbon_content)
        if Decimal(pcf.recycled_carbon_content) > carbon * (1 + CARBON_TOLERANCE):
            message = f"is {pcf.recycled_carbon_content} kg C, more than all carbon ({carbon:f})"
            yield faults.CONTRADICTION, "pcf.recycledCarbonContent", message, ""


def _mass(document: ProductFootprint) -> Found:
    pcf = document.pcf
    path = "pcf.productMassPerDeclaredUnit"
    unit, mass = pcf.declared_unit_of_measurement, Decimal(pcf.product_mass_per_declared_unit)
    if not mass:
        if unit not in MASSLESS:
            message = f"is 0 for a {unit}; only energy, transport and services have no mass"
            yield faults.CONTRADICTION, path, message, ""
        return
    amount = Decimal(pcf.declared_unit_amount)
    if unit == "kilogram" and abs(mass - amount) > MOST_ROUNDING * amount:
        message = f"is {mass:f} kg, and the declared unit is {amount:f} kg"
        yield (
            faults.CONTRADICTION,
            path,
            message,
            "It counts for the whole declared unit, unpacked.",
        )
    carbon = Decimal(pcf.fossil_carbon_content) + Decimal(pcf.biogenic_carbon_content or "0")
    if carbon > mass * (1 + CARBON_TOLERANCE):
        message = f"is {mass:f} kg, and the carbon in it weighs {carbon:f} kg"
        yield faults.CONTRADICTION, path, message, ""


def _carbon(document: ProductFootprint) -> Found:
    """Uptake is the product's biogenic carbon times 44/12, or that of product and packaging."""
    pcf = document.pcf
    path = "pcf.biogenicCO2Uptake"
    if pcf.biogenic_carbon_content is None:
        if pcf.biogenic_co2_uptake and Decimal(pcf.biogenic_co2_uptake):
            yield (
                faults.REMARK,
                "pcf.biogenicCarbonContent",
                "is absent beside a biogenicCO2Uptake",
                "",
            )
        return
    content = Decimal(pcf.biogenic_carbon_content)
    packaging = Decimal(pcf.packaging_biogenic_carbon_content or "0")
    if pcf.biogenic_co2_uptake is None:
        if content:
            took = f"{content * CO2_PER_C:.6g} kg CO2"
            message = f"is absent; {content:f} kg of carbon in the product took up {took}"
            yield faults.REMARK, path, message, "If it is not known, say so in comment."
        return
    uptake = -Decimal(pcf.biogenic_co2_uptake)
    wanted = [content * CO2_PER_C, (content + packaging) * CO2_PER_C]
    rounding = rounding_of(pcf.biogenic_co2_uptake, pcf.biogenic_carbon_content) * CO2_PER_C
    if all(abs(uptake - one) > CARBON_TOLERANCE * one + min(rounding, one / 10) for one in wanted):
        message = f"is {-uptake:f} kg CO2, and {content:f} kg C make {-wanted[0]:.6g}"
        yield (
            faults.CONTRADICTION,
            path,
            message,
            "Carbon content times 44/12 is what was taken up.",
        )


_CAPTURE = (
    "ccsTechnologicalCO2Capture",
    "technologicalCO2Removals",
    "technologicalCO2CaptureOrigin",
)


def _presence(document: ProductFootprint) -> Found:
    pcf = document.pcf
    for name, value in (
        ("packagingEmissionsIncluded", pcf.packaging_emissions_included),
        ("ccsTechnologicalCO2CaptureIncluded", pcf.ccs_technological_co2_capture_included),
        ("primaryDataShare", pcf.primary_data_share),
    ):
        if value is None:
            yield (
                faults.PRESENCE,
                f"pcf.{name}",
                "is absent; the methodology asks for it always",
                "",
            )
    if not pcf.packaging_emissions_included:
        yield from _without(pcf, "packagingEmissionsIncluded", ("packagingGhgEmissions",))
    elif pcf.packaging_ghg_emissions is None:
        yield (
            faults.REMARK,
            "pcf.packagingGhgEmissions",
            "is absent, though packaging is included",
            "",
        )
    if not pcf.ccs_technological_co2_capture_included:
        yield from _without(pcf, "ccsTechnologicalCO2CaptureIncluded", _CAPTURE)
    elif not pcf.technological_co2_capture_origin:
        message = "is absent; captured CO2 needs an origin that can be traced"
        yield faults.PRESENCE, "pcf.technologicalCO2CaptureOrigin", message, ""


def _use(document: ProductFootprint) -> Found:
    """Captured CO2 that is used, rules of a sector, and the place."""
    pcf = document.pcf
    if pcf.ccu_calculation_approach == "Credit" and pcf.ccu_credit_certification is None:
        yield (
            faults.PRESENCE,
            "pcf.ccuCreditCertification",
            "is absent; a credit needs a certificate",
            "",
        )
    used = Decimal(pcf.ccu_carbon_content or "0")
    if used and pcf.ccu_calculation_approach is None:
        yield faults.PRESENCE, "pcf.ccuCalculationApproach", "is absent beside ccuCarbonContent", ""
    for at, rule in enumerate(pcf.product_or_sector_specific_rules or ()):
        if rule.operator == "Other" and rule.other_operator_name is None:
            path = f"pcf.productOrSectorSpecificRules[{at}].otherOperatorName"
            yield faults.PRESENCE, path, "is absent; operator is Other", ""
    places = (
        pcf.geography_region_or_subregion,
        pcf.geography_country,
        pcf.geography_country_subdivision,
    )
    if sum(place is not None for place in places) > 1:
        message = "more than one of region, country and subdivision is given"
        yield faults.PRESENCE, "pcf.geographyCountry", message, "Give the finest one only."


def _without(pcf: CarbonFootprint, flag: str, names: tuple[str, ...]) -> Found:
    said = pcf.model_dump(by_alias=True, exclude_none=True)
    for name in names:
        if name in said:
            yield faults.PRESENCE, f"pcf.{name}", f"is given, but {flag} is not true", ""


def _dates(document: ProductFootprint) -> Found:
    pcf = document.pcf
    start, end = moment_of(pcf.reference_period_start), moment_of(pcf.reference_period_end)
    if start >= end:
        yield faults.DATES, "pcf.referencePeriodEnd", "is not after referencePeriodStart", ""
    valid_from, valid_to = document.validity_period_start, document.validity_period_end
    for name, value in (("Start", valid_from), ("End", valid_to)):
        if value is None:
            message = "is absent; some programs take such a document for invalid"
            yield faults.REMARK, f"validityPeriod{name}", message, ""
    if valid_from is not None and moment_of(valid_from) < end:
        yield faults.DATES, "validityPeriodStart", "is before referencePeriodEnd", ""
    if valid_to is not None and moment_of(valid_to) > three_years_on(end):
        yield (
            faults.DATES,
            "validityPeriodEnd",
            "is more than three years after referencePeriodEnd",
            "",
        )
    if valid_from and valid_to and moment_of(valid_from) >= moment_of(valid_to):
        yield faults.DATES, "validityPeriodEnd", "is not after validityPeriodStart", ""
    if document.preceding_pf_ids and document.id in document.preceding_pf_ids:
        yield faults.CONTRADICTION, "precedingPfIds", "names the document itself", ""


def three_years_on(end: datetime) -> datetime:
    """The moment three years later (section 3.2.3). Of 29 February it is 28 February."""
    day = 28 if (end.month, end.day) == (2, 29) else end.day
    return end.replace(year=min(end.year + 3, MAXYEAR), day=day)


CHECKS: tuple[Callable[[ProductFootprint], Found], ...] = (
    _sums,
    _parts,
    _mass,
    _carbon,
    _presence,
    _use,
    _dates,
)

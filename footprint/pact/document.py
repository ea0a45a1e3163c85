"""A footprint as a PACT v3 ProductFootprint document."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from footprint.bom.model import Product
from footprint.canonical import content_hash
from footprint.engine.document import footprint_document
from footprint.engine.result import Footprint, Split
from footprint.faults import Fault, InputRefused, Problem, Where
from footprint.pact.model import (
    CarbonFootprint,
    DataQualityIndicators,
    EmissionFactorSource,
    ProductFootprint,
)

MISSING_FACT = Fault("PAC-001", "A PACT document needs a product fact that was not given.")
NOT_GATE = Fault("PAC-002", "A PACT footprint is cradle-to-gate; this one is not.")
INCOMPLETE = Fault("PAC-003", "A PACT document needs full coverage.")
SCREENING = Fault("PAC-006", "A screening result is no PACT footprint unless asked for.")
OUT_OF_RANGE = Fault("PAC-004", "A value does not fit the PACT data model.")
NET_BIOGENIC = Fault(
    "PAC-005", "More biogenic CO2 is emitted than taken up; PACT has no property for it."
)

#: Uptake and emission that differ by less than this share cancel: it is float noise.
_CANCELS = Decimal("1e-12")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://wbcsd.github.io/tr/data-model")


def pact_document(
    footprint: Footprint, created: datetime, *, screening: bool = False
) -> dict[str, Any]:
    """The PACT v3.0.3 JSON of a footprint, created at `created` (an aware datetime).

    `screening` allows a screening result, whose comment then begins with these words.

    The id is derived from the footprint's content, so the same footprint keeps its id and a changed
    one gets a new one. Raises `InputRefused` (PAC codes) with every fact that is missing.
    """
    problems = [*_missing(footprint, screening)]
    if problems:
        raise InputRefused(problems)
    product = footprint.product
    try:
        model = ProductFootprint(
            id=uuid.uuid5(_NAMESPACE, content_hash(footprint_document(footprint))),
            created=created.astimezone(UTC),
            company_name=product.company,
            company_ids=list(product.company_ids),
            product_description=product.description or product.name,
            product_ids=list(product.product_ids),
            product_name_company=product.name,
            comment=_comment(footprint),
            pcf=_carbon_footprint(footprint),
        )
    except ValidationError as error:
        raise InputRefused(map(_out_of_range, error.errors())) from None
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def _out_of_range(item: ErrorDetails) -> Problem:
    name, says = ".".join(map(str, item["loc"])), item["msg"].removeprefix("Value error, ")
    value = f" is {item['input']!r}" if isinstance(item["input"], str) else ""
    hint = "Change the line or the product fact behind it, or hand the result over as JSON."
    return OUT_OF_RANGE.at(Where(column=name), f"{name}{value}: {says}", hint)


def _missing(footprint: Footprint, screening: bool) -> Iterator[Problem]:
    product = footprint.product
    facts: dict[str, object] = {
        "company": product.company,
        "company_ids": product.company_ids,
        "product_ids": product.product_ids,
        "reference_period": product.period_start,
        "mass": product.mass_kg if footprint.declared_unit.unit == "piece" else 1,
    }
    for name, value in facts.items():
        if not value:
            hint = f"Add a row to the bill of materials: # {name}: ..."
            yield MISSING_FACT.at(Where(), f"the product fact {name!r} is missing", hint)
    for name in ("company_ids", "product_ids"):
        for value in getattr(product, name):
            if not value.startswith("urn:"):
                hint = "Such as urn:gtin:06901234567892 for a product."
                message = f"{name}: {value!r} is not a URN"
                yield MISSING_FACT.at(Where(), message, hint)
    if footprint.boundary != "cradle-to-gate":
        yield NOT_GATE.at(Where(), f"the boundary is {footprint.boundary}")
    yield from _gaps(footprint, screening)
    if product.period_end == date.max:
        message = f"the period ends on {date.max}, and its exclusive end cannot be written"
        yield OUT_OF_RANGE.at(Where(column="referencePeriodEnd"), message, "Correct the period.")
    net = _net_biogenic(footprint.split)
    if net > 0:
        message = (
            f"{float(net):g} kg CO2 of biogenic origin are emitted beyond the uptake; "
            "biogenicCO2Uptake is zero or below, and PACT v3 has no property for such an emission"
        )
        hint = (
            "Add the biomass that took the carbon up as a line, use co2-fossil if the carbon is "
            "fossil, or hand the result over as JSON."
        )
        yield NET_BIOGENIC.at(Where(column="biogenicCO2Uptake"), message, hint)


def _gaps(footprint: Footprint, screening: bool) -> Iterator[Problem]:
    """What keeps an incomplete result from being exchanged: gaps always, a screening result unless
    it is asked for."""
    whole, coverage = footprint.completeness, footprint.coverage
    if "gaps" in whole.lacks or (
        not whole.screening_lines and (coverage.lines < 1 or coverage.mass < 1)
    ):
        yield INCOMPLETE.at(Where(), f"only {coverage.lines:.1%} of lines are covered")
    elif (whole.screening_result or whole.screening_lines) and not screening:
        hint = "Give data for the lines that ENG-021 names, or ask for it by the word screening."
        yield SCREENING.at(Where(), "this is a screening result", hint)


def _net_biogenic(split: Split) -> Decimal:
    """Uptake (below zero) and emission of biogenic CO2 together, in kg per declared unit."""
    emission = decimal_of(split.biogenic_emission)
    net = decimal_of(split.biogenic_uptake) + emission
    return Decimal(0) if 0 < net <= emission * _CANCELS else net


def _carbon_footprint(footprint: Footprint) -> CarbonFootprint:
    product, split, quality = footprint.product, footprint.split, footprint.quality
    fossil, luc = decimal_of(split.fossil), decimal_of(split.land_use_change)
    management, non_co2 = decimal_of(split.land_management), decimal_of(split.biogenic_non_co2)
    uptake = _net_biogenic(split)
    excluding = fossil + luc + management + non_co2
    return CarbonFootprint.model_validate(
        {
            "declaredUnitOfMeasurement": footprint.declared_unit.unit,
            "declaredUnitAmount": _text(decimal_of(footprint.declared_unit.amount)),
            "productMassPerDeclaredUnit": _text(_mass(product, footprint.declared_unit.unit)),
            "referencePeriodStart": _midnight(product.period_start),
            "referencePeriodEnd": _midnight_after(product.period_end),
            **_geography(product.country),
            "boundaryProcessesDescription": _boundary(footprint),
            "pcfExcludingBiogenicUptake": _text(excluding),
            "pcfIncludingBiogenicUptake": _text(excluding + uptake),
            "fossilCarbonContent": _maybe(product.fossil_carbon_content) or "0",
            "biogenicCarbonContent": _maybe(product.biogenic_carbon_content),
            "fossilGhgEmissions": _text(fossil),
            "landUseChangeGhgEmissions": _text(luc),
            **_land_management(management),
            "biogenicCO2Uptake": _text(uptake),
            "biogenicNonCO2Emissions": _text(non_co2),
            "aircraftGhgEmissions": _text(decimal_of(split.aircraft)),
            **_packaging(footprint),
            "outboundLogisticsGhgEmissions": _text(decimal_of(split.outbound_logistics)),
            "ccsTechnologicalCO2CaptureIncluded": False,
            "ipccCharacterizationFactors": [
                name for name in footprint.gwp_sets_used if name.startswith("AR")
            ],
            "crossSectoralStandards": ["PACT-3.0", "ISO14067"],
            "exemptedEmissionsPercent": _maybe(product.exempted_emissions_percent) or "0",
            "exemptedEmissionsDescription": product.exempted_emissions_description or None,
            "allocationRulesDescription": _allocation(footprint),
            "secondaryEmissionFactorSources": _factor_sources(footprint),
            "primaryDataShare": _text(decimal_of(quality.primary_data_share)),
            "dqi": DataQualityIndicators.model_validate(
                {
                    "technologicalDQR": _text(decimal_of(quality.technological)),
                    "geographicalDQR": _text(decimal_of(quality.geographical)),
                    "temporalDQR": _text(decimal_of(quality.temporal)),
                }
            ),
        }
    )


def decimal_of(value: float) -> Decimal:
    """A float as the shortest decimal that gives it back, as certified and exchanged."""
    return Decimal(repr(value))


def _text(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: the form PACT's pattern allows."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _maybe(value: float | None) -> str | None:
    return None if value is None else _text(decimal_of(value))


def _packaging(footprint: Footprint) -> dict[str, object]:
    """Included if a line is packaging; without one nothing is claimed (section 3.3.1.1)."""
    if "packaging" not in footprint.stages:
        return {"packagingEmissionsIncluded": False}
    value = _text(decimal_of(footprint.split.packaging))
    return {"packagingEmissionsIncluded": True, "packagingGhgEmissions": value}


def _allocation(footprint: Footprint) -> str | None:
    """How site data were shared out (section 3.3.1.3)."""
    site = footprint.allocation
    if site is None:
        return None
    by = {"physical": "mass", "economic": "revenue", "pieces": "number of pieces"}[site.method]
    metered = f" Metered first: {', '.join(site.metered)}." if site.metered else ""
    return (
        f"Site data of {site.year}, shared out to {site.outputs} products by {by}: "
        f"{site.share:.2%} for this product. Reason: {site.reason}.{metered}"
    )


def _mass(product: Product, unit: str) -> Decimal:
    """kg per declared unit, without packaging; 0 for energy, transport and services."""
    if product.mass_kg is not None:
        return decimal_of(product.mass_kg)
    return decimal_of(product.declared_unit.amount) if unit == "kilogram" else Decimal(0)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _midnight_after(day: date | None) -> datetime | None:
    """The end of a day: the end of a reference period is exclusive in PACT v3."""
    start = _midnight(day)
    return start + timedelta(days=1) if start else None


def _land_management(net: Decimal) -> dict[str, str]:
    """Emissions, or removals where they are greater: only the net of both is known."""
    if net < 0:
        return {"landManagementBiogenicCO2Removals": _text(net)}
    return {"landManagementBiogenicCO2Emissions": _text(net)}


def _geography(country: str) -> dict[str, str]:
    if not country:
        return {}
    return {"geographyCountrySubdivision" if "-" in country else "geographyCountry": country}


def _boundary(footprint: Footprint) -> str:
    inside = (stage for stage in footprint.stages if stage != "distribution")
    stages = ", ".join(stage.replace("_", " ") for stage in inside)
    return f"Cradle to gate. Stages with data: {stages}."


def _factor_sources(footprint: Footprint) -> list[EmissionFactorSource] | None:
    sources = [
        EmissionFactorSource(name=source.citation, version=source.id)
        for source in footprint.sources
    ]
    return sources or None


def _comment(footprint: Footprint) -> str:
    """What a reader must know and the data model has no property for."""
    product = footprint.product
    notes = [
        *_completeness(footprint),
        *_undetermined(product),
        f"Inventory {footprint.provenance.inventory}.",
        f"Bill of materials {footprint.provenance.bom}.",
    ]
    if footprint.split.land_management < 0:
        notes.append("landManagementBiogenicCO2Removals is net of emissions.")
    if "unstated" in footprint.gwp_sets_used:
        notes.append("Some sources do not state the IPCC report of their CO2e.")
    if footprint.electricity is not None:
        notes.append(f"Electricity under contract: {footprint.electricity.basis}-based.")
    return " ".join(notes)


def _completeness(footprint: Footprint) -> Iterator[str]:
    """The word that a total never stands without, and what a screening result rests on."""
    whole = footprint.completeness
    if whole.screening_result or whole.screening_lines:
        low, high = whole.screening_low_kg_co2e, whole.screening_high_kg_co2e
        yield (
            f"SCREENING RESULT: {whole.screening_mass_share:.1%} of the mass rests on screening "
            f"figures ({whole.screening_lines} lines, {low:.3g} to {high:.3g} kg CO2e)."
        )
    if whole.word == "complete":
        yield "The total is complete."
    else:
        yield f"The total is at least what it says; it lacks: {', '.join(whole.lacks)}."


def _undetermined(product: Product) -> Iterator[str]:
    """Required properties that were not stated: the data model wants a number, so it says 0."""
    if product.fossil_carbon_content is None:
        yield "fossilCarbonContent was not determined and is reported as 0."
    if product.exempted_emissions_percent is None:
        yield "exemptedEmissionsPercent was not stated and is reported as 0."

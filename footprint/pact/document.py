"""A footprint as a PACT v3 ProductFootprint document."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from footprint.canonical_fast import fast_hash
from footprint.documents.footprint import footprint_document
from footprint.faults import InputRefused, Problem, Where
from footprint.pact import faults
from footprint.pact.carbon import (
    Biogenic,
    biogenic_of,
    land_properties,
    net_of,
    packaging_content,
    recycled_content,
)
from footprint.pact.check import is_fault, rule_findings
from footprint.pact.comment import comment_of
from footprint.pact.cut_off import exemption, uncovered
from footprint.pact.identifiers import classification_urn, urn_fault
from footprint.pact.model import CarbonFootprint, ProductFootprint
from footprint.pact.remarks import EXEMPTION_LIMIT
from footprint.pact.rules import three_years_on
from footprint.supplier.numbers import decimal_of, decimal_text, maybe
from footprint.values.product import MASSLESS, Product
from footprint.values.result import Footprint

#: Facts that are wanted, and how they are written.
_SUCH_AS = {
    "company": "# company: Works Co., Ltd.",
    "company_ids": "# company_ids: urn:uuid:7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11",
    "product_ids": "# product_ids: urn:gtin:06901234567892",
    "reference_period": "# reference_period: 2025",
    "mass": "# mass: 237 g",
    "exempted_emissions_description": "# exempted_emissions_description: ...",
}
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://wbcsd.github.io/tr/data-model")


def pact_document(
    footprint: Footprint, created: datetime, *, screening: bool = False
) -> dict[str, Any]:
    """The PACT v3.0.3 JSON of a footprint, created at `created` (an aware datetime).

    `screening` allows a screening result, whose comment then begins with these words.

    The id is derived from the footprint's content, so the same footprint keeps its id and a changed
    one gets a new one. Raises `InputRefused` (PAC codes) with every fact that is missing.
    """
    biogenic = biogenic_of(footprint)
    problems = [*_missing(footprint), *_identifiers(footprint.product)]
    problems += [*_unfit(footprint, screening), *_carbon_problems(footprint, biogenic)]
    if problems:
        raise InputRefused(problems)
    product = footprint.product
    start, end = _period(product)
    try:
        model = ProductFootprint(
            id=str(uuid.uuid5(_NAMESPACE, fast_hash(footprint_document(footprint)))),
            created=_moment(created.astimezone(UTC)),
            validity_period_start=_moment(end),
            validity_period_end=_moment(three_years_on(end)),
            company_name=product.company,
            company_ids=_set(product.company_ids),
            product_description=product.description or product.name,
            product_ids=_set(product.product_ids),
            product_classifications=_set(map(classification_urn, product.classifications)) or None,
            product_name_company=product.name,
            comment=comment_of(footprint, biogenic),
            pcf=_carbon_footprint(footprint, biogenic, start, end),
        )
    except ValidationError as error:
        raise InputRefused(map(_out_of_range, error.errors())) from None
    faults = [one for one in rule_findings(model) if is_fault(one)]
    if faults:
        raise InputRefused(faults)
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def _out_of_range(item: ErrorDetails) -> Problem:
    name, says = ".".join(map(str, item["loc"])), item["msg"].removeprefix("Value error, ")
    value = f" is {item['input']!r}" if isinstance(item["input"], str) else ""
    hint = "Change the line or the product fact behind it, or hand the result over as JSON."
    return faults.OUT_OF_RANGE.at(Where(column=name), f"{name}{value}: {says}", hint)


def _missing(footprint: Footprint) -> Iterator[Problem]:
    product, unit = footprint.product, footprint.declared_unit.unit
    exempted = product.exempted_emissions_percent or 0.0
    facts: dict[str, object] = {
        "company": product.company,
        "company_ids": product.company_ids,
        "product_ids": product.product_ids,
        "reference_period": product.period_start,
        "mass": product.mass_kg or unit in MASSLESS or unit == "kilogram",
        "exempted_emissions_description": (
            product.exempted_emissions_description or exempted <= EXEMPTION_LIMIT
        ),
    }
    for name, value in facts.items():
        if not value:
            message = f"the product fact {name!r} is missing"
            if name == "mass":
                message += f"; only energy, transport and services have none, not one {unit}"
            hint = f"Add a row to the bill of materials: {_SUCH_AS[name]}"
            yield faults.MISSING_FACT.at(Where(), message, hint)


def _identifiers(product: Product) -> Iterator[Problem]:
    for name in ("company_ids", "product_ids", "classifications"):
        for value in getattr(product, name):
            try:
                fault = urn_fault(classification_urn(value) if name == "classifications" else value)
            except ValueError as error:
                fault = f"cannot be written as a URN: {error}"
            if fault:
                hint = "Such as urn:gtin:06901234567892 for a product, CPC:46410 for a class."
                yield faults.BAD_IDENTIFIER.at(
                    Where(column=name), f"{name}: {value!r} {fault}", hint
                )


def _unfit(footprint: Footprint, screening: bool) -> Iterator[Problem]:
    product, declared = footprint.product, footprint.declared_unit
    if footprint.boundary != "cradle-to-gate":
        yield faults.NOT_GATE.at(Where(), f"the boundary is {footprint.boundary}")
    yield from uncovered(footprint, screening)
    if product.period_end == date.max:
        message = f"the period ends on {date.max}, and its exclusive end cannot be written"
        yield faults.OUT_OF_RANGE.at(
            Where(column="referencePeriodEnd"), message, "Correct the period."
        )
    mass = product.mass_kg
    if declared.unit == "kilogram" and mass is not None and mass != declared.amount:
        message = f"the product's mass is {mass:g} kg, and its declared unit is {declared}"
        hint = "The mass counts for the declared unit: correct one of them, or leave the mass out."
        yield faults.OUT_OF_RANGE.at(Where(column="productMassPerDeclaredUnit"), message, hint)


def _carbon_problems(footprint: Footprint, biogenic: Biogenic) -> Iterator[Problem]:
    net = net_of(footprint.split)
    where = Where(column="biogenicCO2Uptake")
    if net > 0 and not biogenic.derived:
        message = (
            f"{float(net):g} kg CO2 of biogenic origin are emitted beyond the uptake; "
            "biogenicCO2Uptake is zero or below, and PACT v3 has no property for such an emission"
        )
        hint = (
            "Add the biomass that took the carbon up as a line, use co2-fossil if the carbon is "
            "fossil, or hand the result over as JSON."
        )
        yield faults.NET_BIOGENIC.at(where, message, hint)
    elif biogenic.contradiction is not None:
        content = footprint.product.biogenic_carbon_content
        message = (
            f"the lines take up {-float(biogenic.product or 0):g} kg CO2 without packaging, and "
            f"a biogenic carbon content of {content:g} kg makes {-float(biogenic.contradiction):g}"
        )
        hint = (
            "The carbon of biomass that is lost or burnt on the way is an emission (co2-biogenic); "
            "what stays is the content. Correct the lines or the content, or leave the content out."
        )
        yield faults.CARBON_CONTENT.at(where, message, hint)


def _period(product: Product) -> tuple[datetime, datetime]:
    """Start, and exclusive end as PACT v3 has it: the midnight after the last day."""
    first, last = product.period_start or date.min, product.period_end or date.min
    end = datetime.combine(last, time(), UTC) + timedelta(days=1)
    return datetime.combine(first, time(), UTC), end


def _moment(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _set(values: Any) -> list[str]:
    """Each value once, in the order given: lists of ids are sets in the data model."""
    return list(dict.fromkeys(values))


def _carbon_footprint(
    footprint: Footprint, biogenic: Biogenic, start: datetime, end: datetime
) -> CarbonFootprint:
    product, split = footprint.product, footprint.split
    fossil, luc = decimal_of(split.fossil), decimal_of(split.land_use_change)
    management, non_co2 = decimal_of(split.land_management), decimal_of(split.biogenic_non_co2)
    excluding, uptake = fossil + luc + management + non_co2, biogenic.uptake
    including = excluding + (Decimal(0) if uptake is None else uptake)
    return CarbonFootprint.model_validate(
        {
            "declaredUnitOfMeasurement": footprint.declared_unit.unit,
            "declaredUnitAmount": decimal_text(decimal_of(footprint.declared_unit.amount)),
            "productMassPerDeclaredUnit": decimal_text(
                _mass(product, footprint.declared_unit.unit)
            ),
            "referencePeriodStart": _moment(start),
            "referencePeriodEnd": _moment(end),
            **_geography(product.country),
            "boundaryProcessesDescription": _boundary(footprint),
            "pcfExcludingBiogenicUptake": decimal_text(excluding),
            "pcfIncludingBiogenicUptake": decimal_text(including),
            "fossilCarbonContent": maybe(product.fossil_carbon_content) or "0",
            "biogenicCarbonContent": maybe(product.biogenic_carbon_content),
            "recycledCarbonContent": recycled_content(footprint),
            "fossilGhgEmissions": decimal_text(fossil),
            **land_properties(footprint),
            "biogenicCO2Uptake": None if uptake is None else decimal_text(uptake),
            **_packaging(footprint, biogenic),
            "ccsTechnologicalCO2CaptureIncluded": False,
            "ipccCharacterizationFactors": _reports(footprint.gwp_sets_used),
            "crossSectoralStandards": ["PACT-3.0", "ISO14067"],
            "exemptedEmissionsPercent": maybe(product.exempted_emissions_percent) or "0",
            "exemptedEmissionsDescription": exemption(footprint),
            "allocationRulesDescription": _allocation(footprint),
            "secondaryEmissionFactorSources": _factor_sources(footprint),
            **_quality(footprint),
        }
    )


def _quality(footprint: Footprint) -> dict[str, object]:
    quality = footprint.quality
    return {
        "primaryDataShare": decimal_text(decimal_of(quality.primary_data_share)),
        "dqi": {
            "technologicalDQR": decimal_text(decimal_of(quality.technological)),
            "geographicalDQR": decimal_text(decimal_of(quality.geographical)),
            "temporalDQR": decimal_text(decimal_of(quality.temporal)),
        },
    }


def _reports(gwp_sets: Sequence[str]) -> list[str]:
    """The IPCC reports behind the sets; a set may be a reading of one, such as AR5-CH4-28."""
    return _set(name.partition("-")[0] for name in gwp_sets if name.startswith("AR"))


def _packaging(footprint: Footprint, biogenic: Biogenic) -> dict[str, object]:
    """Included if a line is packaging; without one nothing is claimed (section 3.3.1.1)."""
    if "packaging" not in footprint.stages:
        return {"packagingEmissionsIncluded": False}
    return {
        "packagingEmissionsIncluded": True,
        "packagingGhgEmissions": decimal_text(decimal_of(footprint.split.packaging)),
        "packagingBiogenicCarbonContent": packaging_content(biogenic),
    }


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


def _geography(country: str) -> dict[str, str]:
    if not country:
        return {}
    return {"geographyCountrySubdivision" if "-" in country else "geographyCountry": country}


def _boundary(footprint: Footprint) -> str:
    inside = (stage for stage in footprint.stages if stage != "distribution")
    stages = ", ".join(stage.replace("_", " ") for stage in inside)
    return f"Cradle to gate. Stages with data: {stages}."


def _factor_sources(footprint: Footprint) -> list[dict[str, str]] | None:
    """Databases by title and edition; what has neither, by its citation and id.

    The IPCC report has a property of its own (`ipccCharacterizationFactors`).
    """
    found = {
        (source.title or source.citation, source.edition or source.id): None
        for source in footprint.data_sources
    }
    return [{"name": name, "version": version} for name, version in found] or None

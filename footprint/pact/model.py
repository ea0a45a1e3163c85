"""PACT v3.0.3 ProductFootprint as pydantic models: names, types and ranges, property by property.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), data model. Numbers are decimal
strings; an absent property is left out, never null. What crosses properties (sums, presence,
dates) is in `footprint.pact.rules`.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from footprint.late_pattern import late_pattern
from footprint.pact.identifiers import urn_fault
from footprint.values.product import DeclaredUnitName

DECIMAL_PATTERN = r"^[+-]?[0-9]+(\.[0-9]+)?$"
#: RFC 3339: a date, a time and an offset.
_MOMENT = late_pattern(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
#: United Nations M49: regions and subregions.
Region = Literal[
    "Africa", "Americas", "Asia", "Europe", "Oceania", "Australia and New Zealand", "Central Asia",
    "Eastern Asia", "Eastern Europe", "Latin America and the Caribbean", "Melanesia", "Micronesia",
    "Northern Africa", "Northern America", "Northern Europe", "Polynesia", "South-eastern Asia",
    "Southern Asia", "Southern Europe", "Sub-Saharan Africa", "Western Asia", "Western Europe",
]  # fmt: skip


def _not_negative(text: str) -> str:
    if Decimal(text) < 0:
        raise ValueError("must not be below zero")
    return text


def _not_positive(text: str) -> str:
    if Decimal(text) > 0:
        raise ValueError("must not be above zero")
    return text


def _above_zero(text: str) -> str:
    if Decimal(text) <= 0:
        raise ValueError("must be above zero")
    return text


def _percent(text: str) -> str:
    if not 0 <= Decimal(text) <= 100:
        raise ValueError("must be from 0 to 100")
    return text


def _rating(text: str) -> str:
    if not 1 <= Decimal(text) <= 5:
        raise ValueError("must be from 1 to 5")
    return text


def _moment(text: str) -> str:
    if not _MOMENT.fullmatch(text):
        raise ValueError("must be a date and a time with its offset, such as 2026-01-01T00:00:00Z")
    try:
        moment_of(text)
    except ValueError:
        raise ValueError("is no day or time that exists") from None
    return text


def _uuid(text: str) -> str:
    try:
        sound = str(UUID(text)) == text.lower()
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("is no UUID, such as 7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11")
    return text


def _urn(text: str) -> str:
    fault = urn_fault(text)
    if fault:
        raise ValueError(fault)
    return text


def _set(values: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    twice = [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]
    if twice:
        raise ValueError(f"holds {twice[0]!r} twice; it is a set")
    return values


def moment_of(text: str) -> datetime:
    """The time that a text of the exchange form states. Raises `ValueError` if there is none."""
    return datetime.fromisoformat(text.upper())


Number = Annotated[str, Field(pattern=DECIMAL_PATTERN)]
NotNegative = Annotated[Number, AfterValidator(_not_negative)]
NotPositive = Annotated[Number, AfterValidator(_not_positive)]
AboveZero = Annotated[Number, AfterValidator(_above_zero)]
Percent = Annotated[Number, AfterValidator(_percent)]
Rating = Annotated[Number, AfterValidator(_rating)]
Moment = Annotated[str, AfterValidator(_moment)]
Uuid = Annotated[str, AfterValidator(_uuid)]
Name = Annotated[str, Field(min_length=1)]
Link = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$")]
Urns = Annotated[
    list[Annotated[str, AfterValidator(_urn)]], Field(min_length=1), AfterValidator(_set)
]
Names = Annotated[list[Name], Field(min_length=1), AfterValidator(_set)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=to_camel, populate_by_name=True
    )


class DataQualityIndicators(_Model):
    """Ratings 1 (best) to 5, weighted by contribution (section 4.2.3)."""

    technological_dqr: Annotated[Rating, Field(alias="technologicalDQR")]
    geographical_dqr: Annotated[Rating, Field(alias="geographicalDQR")]
    temporal_dqr: Annotated[Rating, Field(alias="temporalDQR")]


class EmissionFactorSource(_Model):
    """A database of secondary emission factors, with its version (section 3.2.3)."""

    name: Name
    version: Name


class ProductOrSectorSpecificRule(_Model):
    """Product or sector rules that were applied (section 3.1.2)."""

    operator: Literal["PEF", "EPD International", "Other"]
    rule_names: Names
    other_operator_name: Name | None = None


class PactVerification(_Model):
    """Who checked the footprint, and what (section 5.3)."""

    coverage: Literal["PCF calculation model", "PCF program", "product level"] | None = None
    provider_name: str | None = None
    completed_at: Moment | None = None
    standard_name: str | None = None
    comments: str | None = None


class DataModelExtension(_Model):
    """Data beyond the model, with their own schema."""

    spec_version: Name
    data_schema: Link
    documentation: Link | None = None
    data: dict[str, Any]


class CarbonFootprint(_Model):
    """The footprint per declared unit; burdens in kg CO2e, carbon contents in kg C.

    The reference period includes its start and excludes its end.
    """

    declared_unit_of_measurement: DeclaredUnitName
    declared_unit_amount: AboveZero
    product_mass_per_declared_unit: NotNegative
    reference_period_start: Moment
    reference_period_end: Moment
    geography_region_or_subregion: Region | None = None
    geography_country: Annotated[str | None, Field(pattern=r"^[A-Z]{2}$")] = None
    geography_country_subdivision: Annotated[
        str | None, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    ] = None
    boundary_processes_description: str | None = None
    pcf_excluding_biogenic_uptake: Number
    pcf_including_biogenic_uptake: Number
    fossil_carbon_content: NotNegative
    biogenic_carbon_content: NotNegative | None = None
    recycled_carbon_content: NotNegative | None = None
    fossil_ghg_emissions: NotNegative
    land_use_change_ghg_emissions: NotNegative | None = None
    land_carbon_leakage: NotNegative | None = None
    land_management_fossil_ghg_emissions: NotNegative | None = None
    land_management_biogenic_co2_emissions: Annotated[
        NotNegative | None, Field(alias="landManagementBiogenicCO2Emissions")
    ] = None
    land_management_biogenic_co2_removals: Annotated[
        NotPositive | None, Field(alias="landManagementBiogenicCO2Removals")
    ] = None
    biogenic_co2_uptake: Annotated[NotPositive | None, Field(alias="biogenicCO2Uptake")] = None
    biogenic_non_co2_emissions: Annotated[
        NotNegative | None, Field(alias="biogenicNonCO2Emissions")
    ] = None
    land_area_occupation: NotNegative | None = None
    aircraft_ghg_emissions: NotNegative | None = None
    packaging_emissions_included: bool | None = None
    packaging_ghg_emissions: NotNegative | None = None
    packaging_biogenic_carbon_content: NotNegative | None = None
    outbound_logistics_ghg_emissions: NotNegative | None = None
    ccs_technological_co2_capture_included: Annotated[
        bool | None, Field(alias="ccsTechnologicalCO2CaptureIncluded")
    ] = None
    ccs_technological_co2_capture: Annotated[
        NotPositive | None, Field(alias="ccsTechnologicalCO2Capture")
    ] = None
    technological_co2_capture_origin: Annotated[
        str | None, Field(alias="technologicalCO2CaptureOrigin")
    ] = None
    technological_co2_removals: Annotated[
        NotPositive | None, Field(alias="technologicalCO2Removals")
    ] = None
    ccu_carbon_content: NotNegative | None = None
    ccu_calculation_approach: Literal["Cut-off", "Credit"] | None = None
    ccu_credit_certification: Link | None = None
    ipcc_characterization_factors: Annotated[
        list[Annotated[str, Field(pattern=r"^AR[0-9]+$")]],
        Field(min_length=1),
        AfterValidator(_set),
    ]
    cross_sectoral_standards: Names
    product_or_sector_specific_rules: Annotated[
        list[ProductOrSectorSpecificRule] | None, Field(min_length=1)
    ] = None
    exempted_emissions_percent: Percent
    exempted_emissions_description: str | None = None
    allocation_rules_description: str | None = None
    secondary_emission_factor_sources: Annotated[
        list[EmissionFactorSource] | None, Field(min_length=1)
    ] = None
    primary_data_share: Percent | None = None
    dqi: DataQualityIndicators | None = None
    verification: PactVerification | None = None


class ProductFootprint(_Model):
    """A product footprint as it is exchanged. It never changes; a correction is a new one."""

    id: Uuid
    spec_version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9]{8})?$")] = "3.0.3"
    preceding_pf_ids: Annotated[
        list[Uuid] | None, Field(min_length=1), AfterValidator(lambda v: v and _set(v))
    ] = None
    created: Moment
    status: Literal["Active", "Deprecated"] = "Active"
    validity_period_start: Moment | None = None
    validity_period_end: Moment | None = None
    company_name: Name
    company_ids: Urns
    product_description: str
    product_ids: Urns
    product_classifications: Urns | None = None
    product_name_company: Name
    comment: str | None = None
    pcf: CarbonFootprint
    extensions: list[DataModelExtension] | None = None

"""PACT v3.0.3 ProductFootprint as pydantic models, with the rules that cross properties.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), data model and reporting rules.
Numbers are decimal strings; an absent property is left out, never null.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from footprint.bom.model import DeclaredUnitName

DECIMAL_PATTERN = r"^[+-]?\d+(\.\d+)?$"


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


Number = Annotated[str, Field(pattern=DECIMAL_PATTERN)]
NotNegative = Annotated[Number, AfterValidator(_not_negative)]
NotPositive = Annotated[Number, AfterValidator(_not_positive)]
AboveZero = Annotated[Number, AfterValidator(_above_zero)]
Percent = Annotated[Number, AfterValidator(_percent)]
Rating = Annotated[Number, AfterValidator(_rating)]
Urn = Annotated[str, Field(pattern=r"^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:.+$")]
Name = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True
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


class CarbonFootprint(_Model):
    """The footprint per declared unit; burdens in kg CO2e, carbon contents in kg C.

    The reference period includes its start and excludes its end.
    """

    declared_unit_of_measurement: DeclaredUnitName
    declared_unit_amount: AboveZero
    product_mass_per_declared_unit: NotNegative
    reference_period_start: datetime
    reference_period_end: datetime
    geography_country: Annotated[str | None, Field(pattern=r"^[A-Z]{2}$")] = None
    geography_country_subdivision: Annotated[
        str | None, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")
    ] = None
    boundary_processes_description: str | None = None
    pcf_excluding_biogenic_uptake: Number
    pcf_including_biogenic_uptake: Number
    fossil_carbon_content: NotNegative
    biogenic_carbon_content: NotNegative | None = None
    fossil_ghg_emissions: NotNegative
    land_use_change_ghg_emissions: NotNegative | None = None
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
    aircraft_ghg_emissions: NotNegative | None = None
    packaging_emissions_included: bool
    packaging_ghg_emissions: NotNegative | None = None
    outbound_logistics_ghg_emissions: NotNegative | None = None
    ccs_technological_co2_capture_included: Annotated[
        bool, Field(alias="ccsTechnologicalCO2CaptureIncluded")
    ]
    ipcc_characterization_factors: Annotated[
        list[Annotated[str, Field(pattern=r"^AR\d+$")]], Field(min_length=1)
    ]
    cross_sectoral_standards: Annotated[list[Name], Field(min_length=1)]
    exempted_emissions_percent: Percent
    exempted_emissions_description: str | None = None
    allocation_rules_description: str | None = None
    secondary_emission_factor_sources: Annotated[
        list[EmissionFactorSource] | None, Field(min_length=1)
    ] = None
    primary_data_share: Percent
    dqi: DataQualityIndicators

    @model_validator(mode="after")
    def _adds_up(self) -> CarbonFootprint:
        """The totals are the sums of their parts (section 3.3.2.4); one geography at the most."""
        parts = (
            self.fossil_ghg_emissions,
            self.land_use_change_ghg_emissions,
            self.land_management_biogenic_co2_emissions,
            self.land_management_biogenic_co2_removals,
            self.biogenic_non_co2_emissions,
        )
        excluding = sum((Decimal(part) for part in parts if part is not None), Decimal(0))
        if Decimal(self.pcf_excluding_biogenic_uptake) != excluding:
            raise ValueError(
                f"pcfExcludingBiogenicUptake is {self.pcf_excluding_biogenic_uptake}, "
                f"its parts add up to {excluding}"
            )
        including = excluding + Decimal(self.biogenic_co2_uptake or "0")
        if Decimal(self.pcf_including_biogenic_uptake) != including:
            raise ValueError(
                f"pcfIncludingBiogenicUptake is {self.pcf_including_biogenic_uptake}, "
                f"its parts add up to {including}"
            )
        if self.reference_period_start >= self.reference_period_end:
            raise ValueError("the reference period ends before it starts")
        if self.geography_country and self.geography_country_subdivision:
            raise ValueError("give a country or a subdivision, not both")
        if not self.packaging_emissions_included and self.packaging_ghg_emissions is not None:
            raise ValueError("packagingGhgEmissions without packagingEmissionsIncluded")
        if self.declared_unit_of_measurement == "piece":
            _above_zero(self.product_mass_per_declared_unit)
        return self


class ProductFootprint(_Model):
    """A product footprint as it is exchanged. It never changes; a correction is a new one."""

    id: UUID
    spec_version: Literal["3.0.3"] = "3.0.3"
    created: datetime
    status: Literal["Active", "Deprecated"] = "Active"
    validity_period_start: datetime | None = None
    validity_period_end: datetime | None = None
    company_name: Name
    company_ids: Annotated[list[Urn], Field(min_length=1)]
    product_description: str
    product_ids: Annotated[list[Urn], Field(min_length=1)]
    product_name_company: Name
    comment: str | None = None
    pcf: CarbonFootprint

    @model_validator(mode="after")
    def _validity(self) -> ProductFootprint:
        """Valid from the end of the reference period at the earliest, three years at the most."""
        end = self.pcf.reference_period_end
        if self.validity_period_start and self.validity_period_start < end:
            raise ValueError("validityPeriodStart is before referencePeriodEnd")
        if self.validity_period_end and self.validity_period_end > end + timedelta(days=3 * 366):
            raise ValueError("validityPeriodEnd is more than three years after referencePeriodEnd")
        return self

"""The Catena-X aspect model 7.0.0 of a footprint: flat, and per ONE declared unit.

It follows version 2 of PACT, whose emissions count for one unit while `unitaryProductAmount` says
how many units a product has.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from footprint.exchange.catena_x_types import (
    Amount,
    CatenaPart,
    CatenaRegion,
    DocumentId,
    Emission,
    Positive,
    Quality,
    Removal,
    Share,
    Time,
    Word,
    Words,
)

SPEC_SEVEN = "urn:io.catenax.pcf:datamodel:version:7.0.0"


class StandardSeven(CatenaPart):
    """A standard, from a closed list."""

    cross_sectoral_standard: Literal[
        "ISO Standard 14067", "ISO Standard 14044", "ISO Standard 14040", "ISO Standard 14041",
        "ISO Standard 14042", "ISO Standard 14043", "Pathfinder v1", "Pathfinder v2", "PAS 2050",
        "PEF", "GHG Protocol Product Standard", "Other",
    ]  # fmt: skip


class RuleNameSeven(CatenaPart):
    """The name of a rule."""

    rule_name: Word


class RuleSeven(CatenaPart):
    """Rules of a product or sector."""

    ext_wbcsd_operator: Annotated[
        Literal["PEF", "EPD International", "Other"], Field(alias="extWBCSD_operator")
    ]
    product_or_sector_specific_rules: list[RuleNameSeven]
    other_operator_name: Annotated[str | None, Field(alias="extWBCSD_otherOperatorName")] = None


class FactorSourceSeven(CatenaPart):
    """A database of secondary factors."""

    secondary_emission_factor_source: str


class QualitySeven(CatenaPart):
    """Ratings of the data."""

    coverage_percent: Share | None = None
    technological_dqr: Quality | None = None
    geographical_dqr: Quality | None = None
    temporal_dqr: Quality | None = None


class PcfSeven(CatenaPart):
    """kg CO2e and kg of carbon per one declared unit."""

    declared_unit: Literal[
        "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer",
        "square meter", "piece",
    ]  # fmt: skip
    unitary_product_amount: Positive
    product_mass_per_declared_unit: Emission
    exempted_emissions_percent: Annotated[Amount, Field(ge=0, le=5)]
    exempted_emissions_description: str | None = None
    boundary_processes_description: str | None = None
    geography_region_or_subregion: CatenaRegion
    geography_country: str | None = None
    geography_country_subdivision: str | None = None
    reference_period_start: Time
    reference_period_end: Time
    cross_sectoral_standards_used: list[StandardSeven]
    product_or_sector_specific_rules: list[RuleSeven]
    characterization_factors: Annotated[
        Literal["AR5", "AR6"], Field(alias="extWBCSD_characterizationFactors")
    ]
    allocation_rules_description: Annotated[
        str | None, Field(alias="extWBCSD_allocationRulesDescription")
    ] = None
    allocation_waste_incineration: Annotated[
        Literal["cut-off", "reverse cut-off", "system expansion"],
        Field(alias="extTFS_allocationWasteIncineration"),
    ]
    secondary_emission_factor_sources: list[FactorSourceSeven]
    primary_data_share: Share | None = None
    data_quality_rating: QualitySeven | None = None
    packaging_emissions_included: Annotated[
        bool, Field(alias="extWBCSD_packagingEmissionsIncluded")
    ]
    packaging_ghg_emissions: Annotated[
        Emission | None, Field(alias="extWBCSD_packagingGhgEmissions")
    ] = None
    pcf_excluding_biogenic: Emission
    pcf_including_biogenic: Amount | None = None
    fossil_ghg_emissions: Emission | None = None
    biogenic_carbon_emissions_other_than_co2: Annotated[
        Emission | None, Field(alias="biogenicCarbonEmissionsOtherThanCO2")
    ] = None
    biogenic_carbon_withdrawal: Removal | None = None
    dluc_ghg_emissions: Emission | None = None
    lu_ghg_emissions: Annotated[Amount | None, Field(alias="extTFS_luGhgEmissions")] = None
    aircraft_ghg_emissions: Emission | None = None
    distribution_stage_pcf_excluding_biogenic: Emission | None = None
    carbon_content_total: Emission | None = None
    carbon_content_biogenic: Emission | None = None
    fossil_carbon_content: Annotated[
        Emission | None, Field(alias="extWBCSD_fossilCarbonContent")
    ] = None


class PrecedingSeven(CatenaPart):
    """A footprint that this one replaces."""

    id: DocumentId


class CatenaSeven(CatenaPart):
    """A footprint in version 7.0.0."""

    id: DocumentId
    spec_version: Literal["urn:io.catenax.pcf:datamodel:version:7.0.0"]
    partial_full_pcf: Literal["Cradle-to-gate", "Cradle-to-grave"]
    preceding_pf_ids: list[PrecedingSeven] | None = None
    version: Amount
    created: Time
    status: Annotated[Literal["Active", "Deprecated"], Field(alias="extWBCSD_pfStatus")]
    validity_period_start: Time | None = None
    validity_period_end: Time | None = None
    comment: str | None = None
    company_name: Word
    company_ids: Words
    product_description: str | None = None
    product_ids: Words
    product_code_cpc: Annotated[str, Field(alias="extWBCSD_productCodeCpc")]
    product_name: Word
    pcf: PcfSeven

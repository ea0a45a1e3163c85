"""The Catena-X aspect model 9.0.0 of a footprint: everything stands in lists of one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from footprint.exchange.catena_x_stages import ONE, CarbonContent, Stages
from footprint.exchange.catena_x_types import (
    Amount,
    CatenaPart,
    CatenaRegion,
    DocumentId,
    Emission,
    Positive,
    Quality,
    Share,
    Time,
    Word,
    Words,
)

SPEC_NINE = "urn:io.catenax.pcf:datamodel:version:9.0.0"


class CatenaScope(CatenaPart):
    """Which model, and how much of the life cycle."""

    spec_version: Literal["urn:io.catenax.pcf:datamodel:version:9.0.0"]
    partial_full_pcf: Literal["Cradle-to-gate", "Cradle-to-grave"]


class CompanyInformation(CatenaPart):
    """Who owns the data: with a business partner number of Catena-X."""

    company_name: Word
    company_ids: Words


class ProductInformation(CatenaPart):
    """What is declared; every number counts for amount times unit."""

    product_name_company: Word
    product_ids: Words
    product_classifications: list[Word] | None = None
    product_description: str | None = None
    declared_unit_of_measurement: Literal[
        "liter", "kilogram", "cubic meter", "kilowatt hour", "megajoule", "ton kilometer",
        "square meter", "piece", "hour", "megabit", "second",
    ]  # fmt: skip
    declared_unit_amount: Positive
    product_mass_per_declared_unit: Emission


class CompanyAndProduct(CatenaPart):
    """Company and product."""

    company_information: Annotated[list[CompanyInformation], ONE]
    product_information: Annotated[list[ProductInformation], ONE]


class DataSources(CatenaPart):
    """Shares and ratings of the data."""

    primary_data_share: Share | None = None
    secondary_emission_factor_sources: list[str] | None = None
    technological_dqr: Quality | None = None
    geographical_dqr: Quality | None = None
    temporal_dqr: Quality | None = None


class Standards(CatenaPart):
    """Standards and sector rules."""

    cross_sectoral_standards: list[Word]
    product_or_sector_specific_rules: list[str]


class Characterization(CatenaPart):
    """The one IPCC report."""

    ipcc_characterization_factors: Literal["AR4", "AR5", "AR6", "unspecified"]


class MassBalancing(CatenaPart):
    """Whether amounts are attributed by mass balance."""

    mass_balancing_used: bool
    free_attribution_in_mass_balancing: Literal["true", "false", "not applicable"]
    mass_balancing_certificate_scheme: Word


class CatenaAllocation(CatenaPart):
    """How burdens are shared out."""

    allocation_rules_description: str | None = None
    allocation_recycled_carbon: Literal["upstream system expansion", "cut-off"] | None = None
    allocation_waste_incineration: Literal[
        "cut-off", "reverse cut-off", "system expansion", "polluter pays principle"
    ]


class Methodology(CatenaPart):
    """Method of the footprint."""

    standards: Annotated[list[Standards], ONE]
    gwp_characterization_factor_details: Annotated[list[Characterization], ONE]
    mass_balancing_information: Annotated[list[MassBalancing], ONE]
    allocation_in_foreground: Annotated[list[CatenaAllocation], ONE]


class Technology(CatenaPart):
    """Processes, and whether CO2 is captured."""

    ccs_technological_co2_capture_included: Annotated[
        bool, Field(alias="ccsTechnologicalCO2CaptureIncluded")
    ]
    boundary_processes_description: str | None = None


class Boundary(CatenaPart):
    """What was left out; the rulebook allows 3 percent."""

    exempted_emissions_percent: Annotated[Amount, Field(ge=0, le=10)]
    exempted_emissions_description: str | None = None


class Geography(CatenaPart):
    """Where it is made: the region always, the country beside it."""

    geography_region_or_subregion: CatenaRegion
    geography_country: str | None = None
    geography_country_subdivision: str | None = None


class Periods(CatenaPart):
    """When; the reference period includes its end."""

    reference_period_start: Time
    reference_period_end: Time
    created: Time
    validity_period_start: Time | None = None
    validity_period_end: Time


class IdAndVersion(CatenaPart):
    """Which document; a footprint never changes, so that its version is 0."""

    id: DocumentId
    version: Amount
    status: Literal["Active", "Deprecated"]
    retro_or_prospective_pcf_type: Literal[
        "Retrospective PCF",
        "Prospective PCF without forerunner",
        "Prospective PCF of further developed product with forerunner",
        "Prospective PCF for current product for future production date",
        "Progressive PCF",
    ]
    preceding_pf_ids: list[dict[str, str]] | None = None


class AssessmentInformation(CatenaPart):
    """About the assessment."""

    technology: Annotated[list[Technology], ONE]
    boundary_specifications: Annotated[list[Boundary], ONE]
    geography: Annotated[list[Geography], ONE]
    time: Annotated[list[Periods], ONE]
    id_and_version: Annotated[list[IdAndVersion], ONE]


class Assessment(CatenaPart):
    """Assessment and method."""

    data_sources_and_quality: Annotated[list[DataSources], ONE]
    pcf_methodology: Annotated[list[Methodology], ONE]
    pcf_assessment_information: Annotated[list[AssessmentInformation], ONE]


class General(CatenaPart):
    """What has no place elsewhere."""

    comment: str | None = None


class CatenaNine(CatenaPart):
    """A footprint in version 9.0.0."""

    scope_of_pcf_form: Annotated[list[CatenaScope], ONE]
    company_and_product_information: Annotated[list[CompanyAndProduct], ONE]
    pcf_assessment_and_methodology: Annotated[list[Assessment], ONE]
    general: Annotated[list[General], ONE]
    carbon_content: Annotated[list[CarbonContent], ONE]
    product_life_cycle_stages_and_emissions: Annotated[list[Stages], ONE]

"""The stages of life in the Catena-X aspect model 9.0.0: production, packaging, distribution."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from footprint.exchange.catena_x_types import Amount, CatenaPart, Emission, Removal

#: The length of the lists that hold the one object of a part.
ONE = Field(min_length=1, max_length=1)


class CarbonContent(CatenaPart):
    """kg of carbon in what is declared; that of packaging counts as biogenic content too."""

    carbon_content_total: Emission | None = None
    fossil_carbon_content: Emission | None = None
    biogenic_carbon_content: Emission | None = None
    recycled_carbon_content: Emission | None = None
    packaging_biogenic_carbon_content: Emission | None = None


class Production(CatenaPart):
    """kg CO2e up to the gate, with packaging inside. Aviation is a term of the sum of its own."""

    pcf_excluding_biogenic_uptake: Emission
    pcf_including_biogenic_uptake: Amount
    fossil_ghg_emissions: Emission | None = None
    land_use_change_ghg_emissions: Emission | None = None
    land_management_biogenic_co2_emissions: Emission | None = None
    land_management_biogenic_co2_removals: Removal | None = None
    biogenic_non_co2_emissions: Emission | None = None
    biogenic_co2_uptake: Removal | None = None
    aircraft_ghg_emissions: Emission | None = None


class CatenaPackaging(CatenaPart):
    """A part of the production stage."""

    packaging_emissions_included: bool
    packaging_pcf_excluding_biogenic_uptake: Emission | None = None
    packaging_pcf_including_biogenic_uptake: Emission | None = None
    packaging_fossil_ghg_emissions: Emission | None = None
    packaging_land_use_change_ghg_emissions: Emission | None = None
    packaging_land_management_biogenic_co2_emissions: Emission | None = None
    packaging_land_management_biogenic_co2_removals: Removal | None = None
    packaging_biogenic_non_co2_emissions: Emission | None = None
    packaging_biogenic_co2_uptake: Removal | None = None
    packaging_aircraft_ghg_emissions: Emission | None = None


class Distribution(CatenaPart):
    """Delivery, beside the production stage."""

    distribution_stage_included: bool
    distribution_stage_pcf_excluding_biogenic_uptake: Emission | None = None
    distribution_stage_pcf_including_biogenic_uptake: Amount | None = None
    distribution_stage_fossil_ghg_emissions: Emission | None = None
    distribution_stage_land_use_change_ghg_emissions: Emission | None = None
    distribution_stage_land_management_biogenic_co2_emissions: Emission | None = None
    distribution_stage_land_management_biogenic_co2_removals: Removal | None = None
    distribution_stage_biogenic_non_co2_emissions: Emission | None = None
    distribution_stage_biogenic_co2_uptake: Amount | None = None
    distribution_stage_aircraft_ghg_emissions: Emission | None = None


class Stages(CatenaPart):
    """Emissions by stage."""

    production_stage: Annotated[list[Production], ONE]
    packaging_stage: Annotated[list[CatenaPackaging], ONE]
    distribution_stage: Annotated[list[Distribution], ONE]

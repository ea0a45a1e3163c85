"""What is allowed in a PACT document and will be asked about all the same.

Source: PACT Methodology V3 as the How-to guide v3.0 (WBCSD, 2026-02-02) explains it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from footprint.pact.faults import PRESENCE, REMARK
from footprint.pact.model import ProductFootprint, moment_of
from footprint.pact.rules import Found

#: Percent of a footprint that v3 lets be exempted (section 3.3.1.2).
EXEMPTION_LIMIT = Decimal(3)
#: Share of carbon in the product's mass from which biogenic figures are asked for.
BIOGENIC_SHARE = Decimal("0.05")
#: From here on ratings and land management are obligatory.
_OBLIGATORY = datetime(2027, 12, 31, tzinfo=UTC)


def _exemption(document: ProductFootprint) -> Found:
    pcf = document.pcf
    percent = Decimal(pcf.exempted_emissions_percent)
    if percent > EXEMPTION_LIMIT:
        message = f"is {percent:f} %, above the limit of {EXEMPTION_LIMIT} % of version 3"
        yield REMARK, "pcf.exemptedEmissionsPercent", message, ""
    if percent and not pcf.exempted_emissions_description:
        fault = PRESENCE if percent > EXEMPTION_LIMIT else REMARK
        message = "is absent; say what was left out, and why"
        yield fault, "pcf.exemptedEmissionsDescription", message, ""


def _quality(document: ProductFootprint) -> Found:
    pcf = document.pcf
    share = Decimal(pcf.primary_data_share or "0")
    best = 3 - 2 * share / 100
    if pcf.dqi is not None and Decimal(pcf.dqi.technological_dqr) < best:
        message = (
            f"is {pcf.dqi.technological_dqr}; with {share:f} % of primary data it can be {best:f} "
            "at best, since secondary data get 3"
        )
        yield REMARK, "pcf.dqi.technologicalDQR", message, ""
    if share < 100 and pcf.secondary_emission_factor_sources is None:
        message = "is absent, and not all data are primary"
        yield REMARK, "pcf.secondaryEmissionFactorSources", message, ""
    if "AR6" not in pcf.ipcc_characterization_factors:
        yield REMARK, "pcf.ipccCharacterizationFactors", "does not name AR6, the latest report", ""
    if pcf.dqi is None and moment_of(pcf.reference_period_end) > _OBLIGATORY:
        yield REMARK, "pcf.dqi", "is absent; it is obligatory from 2027-12-31", ""


def _land(document: ProductFootprint) -> Found:
    """Biogenic figures may be left out where biogenic carbon is below 5 % of the product."""
    pcf = document.pcf
    mass = Decimal(pcf.product_mass_per_declared_unit)
    content = Decimal(pcf.biogenic_carbon_content or "0")
    if mass and content >= BIOGENIC_SHARE * mass:
        for name, value in (
            ("landUseChangeGhgEmissions", pcf.land_use_change_ghg_emissions),
            ("biogenicNonCO2Emissions", pcf.biogenic_non_co2_emissions),
        ):
            if value is None:
                message = "is absent, and biogenic carbon is 5 % of the product or more"
                yield REMARK, f"pcf.{name}", message, "If it is not known, say so in comment."
    if document.product_classifications is None:
        yield REMARK, "productClassifications", "is absent; some programs filter by it", ""


REMARKS = (_exemption, _quality, _land)

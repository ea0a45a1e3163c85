"""The comment of a PACT document: what its readers must know and no property says."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.engine.completeness import SCREENING_SHARE
from footprint.pact.carbon import Biogenic
from footprint.pact.remarks import EXEMPTION_LIMIT
from footprint.supplier.numbers import decimal_of
from footprint.values.lacks import least_sentence, screening_sentence
from footprint.values.product import Product
from footprint.values.result import Footprint

_NAMES = {
    "biogenic_uptake": "biogenicCO2Uptake",
    "biogenic_non_co2": "biogenicNonCO2Emissions",
    "land_use_change": "landUseChangeGhgEmissions",
    "land_management": "landManagementBiogenicCO2Emissions",
    "aircraft": "aircraftGhgEmissions",
}


def comment_of(footprint: Footprint, biogenic: Biogenic) -> str:
    """One sentence for each thing, the hashes of what the result rests on last."""
    notes = [*_completeness(footprint), *_undetermined(footprint.product)]
    notes += _parts(footprint, biogenic)
    if footprint.split.land_management < 0:
        notes.append("landManagementBiogenicCO2Removals is net of emissions.")
    if "unstated" in footprint.gwp_sets_used:
        notes.append("Some sources do not state the IPCC report of their CO2e.")
    if footprint.electricity is not None:
        notes.append(f"Electricity under contract: {footprint.electricity.basis}-based.")
    notes.append(f"Inventory {footprint.provenance.inventory}.")
    notes.append(f"Lines read {footprint.provenance.bom}.")
    return " ".join(notes)


def _completeness(footprint: Footprint) -> Iterator[str]:
    """The word that a total never stands without, and what a screening result rests on."""
    whole = footprint.completeness
    if whole.unlisted_mass_share > SCREENING_SHARE:
        yield screening_sentence(whole.unlisted_mass_share, "the product's mass is in no line")
    elif whole.screening_result or whole.screening_lines:
        low, high = whole.screening_low_kg_co2e, whole.screening_high_kg_co2e
        yield screening_sentence(
            whole.screening_mass_share,
            f"the mass rests on screening figures ({whole.screening_lines} lines, {low:.3g} to "
            f"{high:.3g} kg CO2e)",
        )
    if whole.word == "complete":
        yield "The total is complete."
    else:
        yield least_sentence(whole.lacks)


def _undetermined(product: Product) -> Iterator[str]:
    """Required properties that were not stated: the data model wants a number, so it says 0."""
    if product.fossil_carbon_content is None:
        yield "fossilCarbonContent was not determined and is reported as 0."
    percent = product.exempted_emissions_percent
    if percent is None:
        yield "exemptedEmissionsPercent was not stated and is reported as 0."
    elif decimal_of(percent) > EXEMPTION_LIMIT:
        yield (
            f"exemptedEmissionsPercent is above the limit of {EXEMPTION_LIMIT} % of the PACT "
            "Methodology V3."
        )
    if product.biogenic_carbon_content is None:
        yield "biogenicCarbonContent was not determined and is absent."


def _parts(footprint: Footprint, biogenic: Biogenic) -> Iterator[str]:
    unknown = footprint.undetermined
    if biogenic.derived:
        yield "biogenicCO2Uptake follows from biogenicCarbonContent (times 44/12)."
    if biogenic.uptake is None:
        yield (
            "biogenicCO2Uptake is not known and absent, so that pcfIncludingBiogenicUptake equals "
            "pcfExcludingBiogenicUptake."
        )
    absent = [
        _NAMES[name]
        for name in unknown
        if name != "biogenic_uptake" and not getattr(footprint.split, name)
    ]
    if absent:
        yield f"Not known and therefore absent: {', '.join(absent)}."
    partly = [_NAMES[name] for name in unknown if getattr(footprint.split, name)]
    if partly:
        yield f"Known in part only, the rest stands in fossilGhgEmissions: {', '.join(partly)}."
    if "distribution" not in footprint.stages:
        yield "outboundLogisticsGhgEmissions: delivery is not part of this footprint."

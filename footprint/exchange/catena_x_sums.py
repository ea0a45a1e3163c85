"""Sums in a Catena-X document: totals and their parts, as exact as their digits allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from footprint.exchange.catena_x_stages import (
    CarbonContent,
    CatenaPackaging,
    Distribution,
    Production,
)
from footprint.exchange.faults import CONTRADICTION, REMARK, SUM
from footprint.faults import Fault
from footprint.supplier.numbers import rounding_of

#: What a rule finds: the kind, the property, what is wrong, and what to do.
Found = Iterator[tuple[Fault, str, str, str]]
#: Largest rounding of a sum that is let pass, as a share of the total.
MOST = Decimal("0.01")
#: What remains where 28 digits are added up, as a share of the total.
_NOISE = Decimal("1e-24")
_TERMS = (
    *("fossil_ghg_emissions", "land_use_change_ghg_emissions", "biogenic_non_co2_emissions"),
    *("land_management_biogenic_co2_emissions", "land_management_biogenic_co2_removals"),
    "aircraft_ghg_emissions",
)


def _values(part: object, names: Sequence[str]) -> dict[str, Decimal]:
    found = {name: getattr(part, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def is_off(total: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether values make another total, by more than their last digits allow."""
    found = sum(values, Decimal(0))
    rounding = rounding_of(*(f"{one:f}" for one in (total, *values)))
    whole = max(abs(total), abs(found))
    return abs(total - found) > min(max(rounding, _NOISE * whole), MOST * whole)


def fitting(total: Decimal, terms: Sequence[Decimal], shifts: Mapping[str, Decimal]) -> str:
    """The known mistakes under which the terms make the total; empty if none does."""
    known = [(says, value) for says, value in shifts.items() if value]
    for count in (1, 2):
        for chosen in combinations(known, count):
            if not is_off(total, [*terms, *(value for _, value in chosen)]):
                return f"It would fit if {' and '.join(says for says, _ in chosen)}."
    return ""


def production_sums(
    production: Production, packaging: CatenaPackaging, distribution: Distribution
) -> Found:
    """What is wrong with the totals of production."""
    path = "productionStage[0]."
    total = production.pcf_excluding_biogenic_uptake
    values = _values(production, _TERMS)
    if production.fossil_ghg_emissions is None:
        yield REMARK, f"{path}fossilGhgEmissions", "is absent, and no sum can be checked", ""
    elif is_off(total, list(values.values())):
        added = sum(values.values(), Decimal(0))
        packed = packaging.packaging_pcf_excluding_biogenic_uptake or Decimal(0)
        delivered = distribution.distribution_stage_pcf_excluding_biogenic_uptake or Decimal(0)
        shifts = {
            "packaging was added on top (it is a part of production)": packed,
            "delivery was added on top (it stands beside production)": delivered,
            "aviation was left out (PACT counts it within other terms)": -(
                production.aircraft_ghg_emissions or Decimal(0)
            ),
        }
        hint = fitting(total, list(values.values()), shifts)
        message = f"is {total:f} kg CO2e; its parts add up to {added:f}"
        yield SUM, f"{path}pcfExcludingBiogenicUptake", message, hint
    including = production.pcf_including_biogenic_uptake
    uptake = production.biogenic_co2_uptake or Decimal(0)
    if is_off(including, [total, uptake]):
        message = f"is {including:f} kg CO2e; excluding and uptake make {total + uptake:f}"
        yield SUM, f"{path}pcfIncludingBiogenicUptake", message, ""


def packaging_sums(production: Production, packaging: CatenaPackaging) -> Found:
    """Packaging is a part of production: of its total and of each of its terms."""
    path = "packagingStage[0]."
    whole = packaging.packaging_pcf_excluding_biogenic_uptake
    parts = _values(packaging, [f"packaging_{name}" for name in _TERMS])
    given = any((whole, packaging.packaging_biogenic_co2_uptake, *parts.values()))
    if not packaging.packaging_emissions_included and given:
        message = "gives emissions, but packagingEmissionsIncluded is not true"
        yield CONTRADICTION, path.removesuffix("."), message, ""
    if whole is not None and parts and is_off(whole, list(parts.values())):
        message = f"is {whole:f} kg CO2e; its parts add up to {sum(parts.values()):f}"
        yield SUM, f"{path}packagingPcfExcludingBiogenicUptake", message, ""
    emitted = (
        sum((value for value in _values(production, _TERMS).values() if value > 0), Decimal(0))
        or production.pcf_excluding_biogenic_uptake
    )
    if whole is not None and whole > emitted * (1 + MOST):
        message = f"is {whole:f} kg CO2e, more than production ({emitted:f}), of which it is a part"
        yield CONTRADICTION, f"{path}packagingPcfExcludingBiogenicUptake", message, ""
    uptake = packaging.packaging_biogenic_co2_uptake or Decimal(0)
    including = packaging.packaging_pcf_including_biogenic_uptake
    if whole is not None and including is not None and is_off(including, [whole, uptake]):
        message = f"is {including:f} kg CO2e; excluding and uptake make {whole + uptake:f}"
        yield SUM, f"{path}packagingPcfIncludingBiogenicUptake", message, ""
    taken = production.biogenic_co2_uptake or Decimal(0)
    if -uptake > -taken * (1 + MOST):
        message = f"is {uptake:f} kg CO2, more than the production stage has of it ({taken:f})"
        yield CONTRADICTION, f"{path}packagingBiogenicCO2Uptake", message, ""
    for name, value in parts.items():
        own = getattr(production, name.removeprefix("packaging_"))
        if own is not None and abs(value) > abs(own) * (1 + MOST):
            message = f"is {value:f} kg CO2e, more than the production stage has of it ({own:f})"
            yield CONTRADICTION, f"{path}{_camel(name)}", message, ""


def distribution_sums(distribution: Distribution) -> Found:
    """What is wrong with the total of distribution."""
    path = "distributionStage[0]."
    whole = distribution.distribution_stage_pcf_excluding_biogenic_uptake
    parts = _values(distribution, [f"distribution_stage_{name}" for name in _TERMS])
    uptake = distribution.distribution_stage_biogenic_co2_uptake or Decimal(0)
    including = distribution.distribution_stage_pcf_including_biogenic_uptake
    if not distribution.distribution_stage_included and any((whole, uptake, *parts.values())):
        message = "gives emissions, but distributionStageIncluded is not true"
        yield CONTRADICTION, path.removesuffix("."), message, ""
    if whole is not None and parts and is_off(whole, list(parts.values())):
        message = f"is {whole:f} kg CO2e; its parts add up to {sum(parts.values()):f}"
        yield SUM, f"{path}distributionStagePcfExcludingBiogenicUptake", message, ""
    if whole is not None and including is not None and is_off(including, [whole, uptake]):
        message = f"is {including:f} kg CO2e; excluding and uptake make {whole + uptake:f}"
        yield SUM, f"{path}distributionStagePcfIncludingBiogenicUptake", message, ""


def carbon_sums(carbon: CarbonContent) -> Found:
    """What is wrong with the carbon contents."""
    total, fossil = carbon.carbon_content_total, carbon.fossil_carbon_content
    biogenic = carbon.biogenic_carbon_content
    packaging = carbon.packaging_biogenic_carbon_content
    if (
        total is not None
        and fossil is not None
        and biogenic is not None
        and is_off(total, [fossil, biogenic])
    ):
        message = f"is {total:f} kg C; fossil and biogenic carbon make {fossil + biogenic:f}"
        yield SUM, "carbonContent[0].carbonContentTotal", message, ""
    if biogenic is not None and packaging is not None and packaging > biogenic * (1 + MOST):
        message = f"is {packaging:f} kg C, more than all biogenic carbon ({biogenic:f})"
        yield CONTRADICTION, "carbonContent[0].packagingBiogenicCarbonContent", message, ""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return (first + "".join(one.capitalize() for one in rest)).replace("Co2", "CO2")

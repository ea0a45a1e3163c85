"""Biogenic and land properties of a PACT document: what is known is stated, what is not is absent.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), section 3.3.2.4: 0 where it does
not apply, absent where it is not known. Uptake is that of the biomass in the product, its carbon
content times 44/12; that of packaging stands beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from footprint.pact.rules import CARBON_TOLERANCE, CO2_PER_C
from footprint.supplier.numbers import decimal_of, decimal_text
from footprint.values.result import Footprint, Split

#: Uptake and emission that differ by less than this share cancel: it is float noise.
_CANCELS = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Biogenic:
    """Net biogenic CO2 per declared unit, in kg: of the product, and of its packaging.

    `product` is None where it is not known. `derived` says that it was taken from the carbon
    content, because the data behind the lines do not tell it. `contradiction` is what the content
    makes, if the lines make more or less.
    """

    product: Decimal | None
    packaging: Decimal
    derived: bool = False
    contradiction: Decimal | None = None

    @property
    def uptake(self) -> Decimal | None:
        """Of product and packaging together, or None if it is not known."""
        return None if self.product is None else self.product + self.packaging


def net_of(split: Split) -> Decimal:
    """Uptake (below zero) and emission of biogenic CO2 together, in kg per declared unit."""
    emission = decimal_of(split.biogenic_emission)
    net = decimal_of(split.biogenic_uptake) + emission
    return Decimal(0) if 0 < net <= emission * _CANCELS else net


def biogenic_of(footprint: Footprint) -> Biogenic:
    """Net uptake as the lines make it, or as the stated carbon content does where they cannot."""
    net, packaging = net_of(footprint.split), _packaging(footprint)
    product = net - packaging
    content = footprint.product.biogenic_carbon_content
    # Many inventories count no uptake at all: that no line has any does not mean there is none.
    silent = footprint.split.biogenic_uptake == 0
    unknown = silent or "biogenic_uptake" in footprint.undetermined
    if content is None:
        return Biogenic(None if silent else product, packaging)
    wanted = -decimal_of(content) * CO2_PER_C
    noise = abs(net) * _CANCELS + abs(packaging) * _CANCELS
    if abs(product - wanted) <= CARBON_TOLERANCE * abs(wanted) + noise:
        return Biogenic(product, packaging)
    if unknown and product > wanted:
        return Biogenic(_short(wanted), packaging, derived=True)
    return Biogenic(product, packaging, contradiction=wanted)


def _short(value: Decimal) -> Decimal:
    """44/12 has no end; what a document states has as many digits as a float."""
    return decimal_of(float(value))


def _packaging(footprint: Footprint) -> Decimal:
    """Net biogenic CO2 of the lines of packaging."""
    splits = [item.split for item in footprint.contributions if item.stage == "packaging"]
    values = [value for one in splits for value in (one.biogenic_uptake, one.biogenic_emission)]
    return decimal_of(math.fsum(values))


def packaging_content(biogenic: Biogenic) -> str | None:
    """Biogenic carbon in the packaging, in kg C, where its lines take some up."""
    if biogenic.packaging >= 0:
        return None
    return decimal_text(_short(-biogenic.packaging / CO2_PER_C))


def land_properties(footprint: Footprint) -> dict[str, str | None]:
    """The parts beside the fossil one. Zero where the data tell that there is none, else absent."""
    split = footprint.split
    return {
        "landUseChangeGhgEmissions": _part(footprint, "land_use_change"),
        **_land_management(footprint),
        "biogenicNonCO2Emissions": _part(footprint, "biogenic_non_co2"),
        "aircraftGhgEmissions": _part(footprint, "aircraft"),
        "outboundLogisticsGhgEmissions": (
            decimal_text(decimal_of(split.outbound_logistics))
            if "distribution" in footprint.stages
            else None
        ),
    }


def _part(footprint: Footprint, name: str) -> str | None:
    value: float = getattr(footprint.split, name)
    return decimal_text(decimal_of(value)) if value or name not in footprint.undetermined else None


def _land_management(footprint: Footprint) -> dict[str, str | None]:
    """Emissions, or removals where they are greater: only the net of both is known."""
    value = _part(footprint, "land_management")
    if footprint.split.land_management < 0:
        return {"landManagementBiogenicCO2Removals": value}
    return {"landManagementBiogenicCO2Emissions": value}


def recycled_content(footprint: Footprint) -> str | None:
    """Recycled carbon in the product, in kg C: as stated, or none, or all of its carbon."""
    product, recycled = footprint.product, footprint.recycled_content
    if product.recycled_carbon_content is not None:
        return decimal_text(decimal_of(product.recycled_carbon_content))
    if recycled is None or recycled.stated < 1:
        return None
    if recycled.share == 0:
        return "0"
    contents = (product.fossil_carbon_content, product.biogenic_carbon_content)
    if recycled.share == 1 and None not in contents:
        return decimal_text(
            sum((decimal_of(one) for one in contents if one is not None), Decimal(0))
        )
    return None

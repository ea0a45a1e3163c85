"""Whether a total is complete or only "at least", and whether it is a screening result."""

from __future__ import annotations

import math
from collections.abc import Iterator

from footprint.engine.item import ScreeningFigure
from footprint.engine.items import Items
from footprint.values.product import Product
from footprint.values.result import Completeness
from footprint.values.supplier import SupplierPcf

#: By mass: above this share of screening figures and unknowns a result is a screening result.
SCREENING_SHARE = 0.05


def completeness_of(found: Items, product: Product) -> Completeness:
    """What a total lacks, with the shares of its mass that are screening figures or unknown."""
    screened = [(i, i.origin) for i in found.items if isinstance(i.origin, ScreeningFigure)]
    whole = max(found.mass_kg, product.mass_kg or 0.0)
    unknown = found.mass_gap_kg
    if found.unweighed_gaps:
        if product.mass_kg is None:
            unknown = math.inf
        else:
            unknown += max(0.0, product.mass_kg - found.material_net_kg)
    share = found.mass_screened_kg / whole if whole else float(bool(screened))
    unknown_share = unknown / whole if whole and unknown else 0.0 if not unknown else math.inf
    told = math.isfinite(unknown_share)
    lacks = tuple(_lacks(found, bool(screened)))
    return Completeness(
        word="at least" if lacks else "complete",
        lacks=lacks,
        screening_result=not told or share + unknown_share > SCREENING_SHARE,
        screening_lines=len(screened),
        screening_mass_share=share,
        unknown_mass_share=min(1.0, unknown_share) if told else None,
        screening_kg_co2e=math.fsum(i.amount * figure.value for i, figure in screened),
        screening_low_kg_co2e=math.fsum(i.amount * figure.low for i, figure in screened),
        screening_high_kg_co2e=math.fsum(i.amount * figure.high for i, figure in screened),
    )


def _lacks(found: Items, screened: bool) -> Iterator[str]:
    """Why a total is no complete one, in the words of `docs/result.md`."""
    if found.unresolved:
        yield "gaps"
    if screened:
        yield "screening"
    entries = [item.entry for item in found.items if item.entry is not None]
    if any(entry.lacks_en for entry in entries):
        yield "part_steps"
    if any(item.matched_by == "material" for item in found.items):
        yield "making_of_parts"
    if any(entry.status == "cut_off" for entry in entries):
        yield "cut_off"
    if any(
        isinstance(item.origin, SupplierPcf) and item.origin.coverage < 1.0 for item in found.items
    ):
        yield "supplier_coverage"

"""Whether a total is complete or only "at least", and whether it is a screening result."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from operator import attrgetter

from footprint.engine.item import Item, Items, ScreeningFigure
from footprint.inventory.compiled import Entry
from footprint.values.product import Product
from footprint.values.result import Completeness, Coverage
from footprint.values.supplier import SupplierPcf

#: By mass: above this share of screening figures and unknowns a result is a screening result.
SCREENING_SHARE = 0.05
_LACKS, _STATUS = attrgetter("lacks_en"), attrgetter("status")
_ORIGIN = attrgetter("origin")
#: How a dataset that is only the material of a part can have been found.
_BY_MATERIAL = frozenset(("material", "pick"))


def completeness_of(found: Items, product: Product) -> Completeness:
    """What a total lacks, with the shares of its mass that are screening figures or unknown."""
    screened = [item for item in found.items if type(item.origin) is ScreeningFigure]
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
        **(_screening(screened) if screened else {}),
    )


def _screening(items: Sequence[Item]) -> dict[str, float]:
    """What the screening figures add up to, and their interval, kg CO2e."""
    figures = [(i.amount, i.origin) for i in items if isinstance(i.origin, ScreeningFigure)]
    return {
        "screening_kg_co2e": math.fsum(amount * one.value for amount, one in figures),
        "screening_low_kg_co2e": math.fsum(amount * one.low for amount, one in figures),
        "screening_high_kg_co2e": math.fsum(amount * one.high for amount, one in figures),
    }


def counted_mass(coverage: Coverage, whole: Completeness) -> float | None:
    """The share of the product's mass that is counted, 0 to 1; None where lines without a figure
    have no mass either, so that nobody can tell. Coverage alone is of the masses that are known."""
    if whole.unknown_mass_share is None:
        return None
    return min(coverage.mass, 1.0 - whole.unknown_mass_share)


def _lacks(found: Items, screened: bool) -> Iterator[str]:
    """Why a total is no complete one, in the words of `docs/result.md`."""
    if found.unresolved:
        yield "gaps"
    if screened:
        yield "screening"
    origins = list(map(_ORIGIN, found.items))
    entries = [origin for origin in origins if type(origin) is Entry]
    if any(map(_LACKS, entries)):
        yield "part_steps"
    if any(item.only_material for item in found.items if item.matched_by in _BY_MATERIAL):
        yield "making_of_parts"
    if "cut_off" in map(_STATUS, entries):
        yield "cut_off"
    if any(isinstance(one, SupplierPcf) and one.coverage < 1.0 for one in origins):
        yield "supplier_coverage"

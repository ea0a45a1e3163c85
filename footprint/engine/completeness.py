"""Whether a total is complete or only "at least", and whether it is a screening result."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from footprint.engine import faults
from footprint.engine.item import Item, Items, ScreeningFigure, units_of_pieces
from footprint.inventory.compiled import Entry
from footprint.values.product import Product
from footprint.values.result import Completeness, Footprint
from footprint.values.supplier import SupplierPcf

#: By mass: above this share of screening figures, unknowns and what no line stands for a result is
#: a screening result.
SCREENING_SHARE = 0.05
#: What a product weighs more than its lines by up to this share is rounding of weights.
ROUNDING = 0.01
#: What a total lacks whose product weighs more than its lines.
UNLISTED = "unlisted_mass"
#: And one whose maker says that he left something out.
EXEMPTED = "exempted"
#: What a total lacks in figures that it has, rather than for want of any.
_IN_FIGURES = frozenset(("part_steps", "making_of_parts", "cut_off", "supplier_coverage"))
_LACKS, _CUT = attrgetter("lacks_en"), attrgetter("cut")
_ORIGIN, _MATCHED = attrgetter("origin"), attrgetter("matched_by")


def completeness_of(
    found: Items, product: Product, inside: Sequence[Item], totals: Sequence[float]
) -> Completeness:
    """What a total lacks, with the shares of its mass that are screening figures or unknown.

    `inside` are the items of the total, `totals` the kg CO2e of each.
    """
    screened = [item for item in found.items if type(item.origin) is ScreeningFigure]
    missing = _missing_kg(found, product)
    whole = found.mass_kg + missing
    unknown = found.mass_gap_kg
    if found.unweighed_gaps:
        unknown = math.inf if product.mass_kg is None else unknown + missing
    share = found.mass_screened_kg / whole if whole else float(bool(screened))
    unknown_share = unknown / whole if whole and unknown else 0.0 if not unknown else math.inf
    told = math.isfinite(unknown_share)
    rounding = ROUNDING * (product.mass_kg or 0.0)
    unlisted = 0.0 if found.mass_unknown or missing <= rounding else missing
    unlisted_share = unlisted / whole if unlisted else 0.0
    exempted = (product.exempted_emissions_percent or 0.0) / 100.0
    lacks = (
        *_lacks(found, bool(screened)),
        *((UNLISTED,) if unlisted else ()),
        *((EXEMPTED,) if exempted else ()),
    )
    lacking = _lacking_share(lacks, inside, totals, bool(exempted)) + unlisted_share + exempted
    return Completeness(
        word="at least" if lacks else "complete",
        lacks=lacks,
        screening_result=not told or share + unknown_share + unlisted_share > SCREENING_SHARE,
        screening_lines=len(screened),
        screening_mass_share=share,
        unknown_mass_share=min(1.0, unknown_share) if told else None,
        unlisted_mass_share=unlisted_share,
        lacking_share=min(1.0, lacking),
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


def _missing_kg(found: Items, product: Product) -> float:
    """What the product weighs beyond its weighed lines, kg; 0.0 where its mass is not stated."""
    if product.mass_kg is None:
        return 0.0
    return max(0.0, product.mass_kg - found.material_net_kg)


@dataclass(frozen=True, slots=True)
class CountedMass:
    """Shares of the product's mass, 0 to 1. `counted` is what any figure stands for: a dataset, a
    model, a supplier's document, or an estimate by class of material. `by_data` is the part of it
    that data cover: no estimates, and of a document or dataset that lacks something only what it
    has. None where nobody can tell, because something without a figure or beside one has no mass.
    """

    counted: float | None
    by_data: float | None


def counted_mass(footprint: Footprint) -> CountedMass:
    """How much of the product is counted: the one measure of it, for every page, file and text."""
    whole = footprint.completeness
    unknown = whole.unknown_mass_share
    unweighed = any(one.code == faults.UNKNOWN_MASS.code for one in footprint.warnings)
    if unknown is None or (unknown and unweighed and footprint.product.mass_kg is None):
        return CountedMass(None, None)
    counted = max(0.0, 1.0 - unknown - whole.unlisted_mass_share)
    listed = footprint.coverage.mass * (1.0 - whole.unlisted_mass_share)
    return CountedMass(counted, min(counted, listed))


def _lacks(found: Items, screened: bool) -> Iterator[str]:
    """Why a total is no complete one, in the words of `docs/result.md`."""
    if found.unresolved or found.uncounted:
        yield "gaps"
    if screened:
        yield "screening"
    origins = list(map(_ORIGIN, found.items))
    entries = [origin for origin in origins if type(origin) is Entry]
    if any(map(_LACKS, entries)):
        yield "part_steps"
    if _has_pieces(found) and any(item.only_material for item in found.items):
        yield "making_of_parts"
    if any(map(_CUT, entries)):
        yield "cut_off"
    others = len(entries) < len(origins)
    if others and any(isinstance(one, SupplierPcf) and one.lacking_share for one in origins):
        yield "supplier_coverage"


def _lacking_share(
    lacks: Sequence[str], inside: Sequence[Item], totals: Sequence[float], exempted: bool
) -> float:
    """Which share of the total stands on figures that lack something; gaps have no figure. What was
    cut off at an import is what the maker says that he left out (`exempted`), where he says it."""
    if not _IN_FIGURES.intersection(lacks):
        return 0.0
    whole = math.fsum(map(abs, totals))
    lacking = math.fsum(
        abs(kg) * _share_that_lacks(item, cut=not exempted)
        for item, kg in zip(inside, totals, strict=True)
    )
    return lacking / whole if whole else 1.0


def _share_that_lacks(item: Item, *, cut: bool) -> float:
    """How much of the figure of an item lacks steps, making, inputs or a part of its own mass: all
    or nothing, but for what a supplier exempted, of which he tells how much."""
    origin = item.origin
    if isinstance(origin, SupplierPcf):
        return origin.lacking_share
    if isinstance(origin, Entry) and (origin.lacks_en or (cut and origin.cut)):
        return 1.0
    return float(item.only_material)


def _has_pieces(found: Items) -> bool:
    """Whether any line could be a part of which only the material counts. Asking each item itself
    takes 16 of the 180 microseconds of a product of 40 lines."""
    return bool(units_of_pieces(found.items)) or "material" in map(_MATCHED, found.items)

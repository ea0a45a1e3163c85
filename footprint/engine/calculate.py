"""The footprint of a bill of materials: amounts times intensities, summed without rounding.

Brightway solved the background once (`footprint.inventory`); a product is a sparse row s, and its
footprint s . h. Sums use `math.fsum`, which is exact and does not depend on the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from footprint.engine.boundary import boundary_of, sides_of
from footprint.engine.breakdown import contributions_of, coverage_of, recycled_of, stages_of
from footprint.engine.burdens import EXCLUDING, Burdens, burdens_of, split_of
from footprint.engine.completeness import completeness_of
from footprint.engine.items import Basis, Item, Items, resolve_items
from footprint.engine.origins import documents_of, sources_of
from footprint.engine.quality import quality_of
from footprint.engine.subject import subject_account
from footprint.engine.undetermined import undetermined_parts
from footprint.engine.warnings import warnings_of
from footprint.faults import InputRefused
from footprint.gwp_sources import READINGS
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, DEFAULT_GWP_SET
from footprint.values.bom import Bom
from footprint.values.result import (
    DerivedStage,
    Electricity,
    Footprint,
    Provenance,
    Split,
)
from footprint.values.supplier import SupplierPcf
from footprint.version import __version__


def calculate(
    bom: Bom,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
    *,
    allow_gaps: bool = False,
    electricity: Basis = "location",
    screening: bool = False,
) -> Footprint:
    """The footprint of `bom` per declared unit, in kg CO2e under `gwp_set`.

    `electricity`: whether lines with a contract count with their own dataset or with those of the
    contract; the result has both totals. Lines without a dataset, a mass or a conversion raise
    `InputRefused` with all of them (ENG and SUP codes); with `allow_gaps` they are left out, each
    with a warning, and the coverage says so. With `screening` a line that has a mass and a class of
    material but no dataset counts with the figure of its class; it is not covered, and
    `Footprint.completeness` has the interval.
    """
    rows = inventory.rows(gwp_set)
    found = resolve_items(bom, inventory, electricity, gwp_set if screening else "", gwp_set)
    if found.unresolved and not allow_gaps:
        raise InputRefused(found.unresolved)
    items = found.items
    burdens = burdens_of(items, rows, gwp_set, bom)
    boundary = boundary_of(items, bom)
    inside, outside = sides_of(items, boundary)
    split = split_of(items, burdens, inside, outside)
    totals = burdens[:, EXCLUDING].sum(axis=1).tolist()
    if outside:
        items_inside, burdens_inside = [items[at] for at in inside], burdens[inside]
        totals_inside = [totals[at] for at in inside]
    else:
        items_inside, burdens_inside, totals_inside = items, burdens, totals
    used = {CATEGORIES[at] for at in np.flatnonzero(burdens_inside.any(axis=0)).tolist()}
    others = _other_sets(bom, items_inside, used, gwp_set)
    return Footprint(
        product=bom.product,
        declared_unit=bom.product.declared_unit,
        boundary=boundary,
        gwp_set=gwp_set,
        gwp_sets_used=(gwp_set, *others),
        split=split,
        stages=stages_of(items, totals),
        contributions=contributions_of(items, burdens, totals, split),
        coverage=coverage_of(found),
        quality=quality_of(items_inside, totals_inside, bom.product),
        provenance=Provenance(__version__, inventory.hash, bom.hash, documents_of(bom)),
        sources=sources_of(items, inventory, gwp_set),
        warnings=warnings_of(bom, found, others, split, inventory),
        electricity=_electricity(found, split, rows, gwp_set, bom),
        recycled_content=recycled_of(found),
        allocation=bom.allocation,
        undetermined=undetermined_parts(items_inside, used, inventory),
        completeness=completeness_of(found, bom.product, items_inside, totals_inside),
        derived_stages=tuple(
            DerivedStage(one.line.row, one.line.id, one.line.name, one.stage, one.by)
            for one in found.staged
        ),
        subject=subject_account(bom.product, found, totals),
    )


def _other_sets(bom: Bom, items: Sequence[Item], used: set[str], gwp_set: str) -> tuple[str, ...]:
    """GWP sets, other than the chosen one, under which a part of the result was published."""
    sets = {name.removeprefix("unsplit_") for name in used if name.startswith("unsplit_")}
    for item in items if bom.suppliers else ():
        if isinstance(item.origin, SupplierPcf):
            sets.update(item.origin.gwp_sets)
    # A reading of a report rests on what was published under that report.
    return tuple(sorted(sets - {gwp_set, READINGS.get(gwp_set, "")}))


def _electricity(
    found: Items, split: Split, rows: Burdens, gwp_set: str, bom: Bom
) -> Electricity | None:
    """Both totals, if a line has a contract."""
    if not found.other_basis:
        return None
    items = [item for item in found.items if item.basis is None] + found.other_basis
    sides = sides_of(items, boundary_of(items, bom))
    other = split_of(items, burdens_of(items, rows, gwp_set, bom), *sides)
    chosen, replaced = split.excluding_biogenic_uptake, other.excluding_biogenic_uptake
    if found.other_basis[0].basis == "market":
        return Electricity(chosen, replaced, "location")
    return Electricity(replaced, chosen, "market")

"""The footprint of a bill of materials: amounts times intensities, summed without rounding.

Brightway solved the background once (`footprint.inventory`); a product is a sparse row s, and its
footprint s . h. Sums use `math.fsum`, which is exact and does not depend on the order of the rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.bom.model import BEYOND_GATE, STAGES, Bom
from footprint.engine import faults
from footprint.engine.items import Item, Items, resolve_items
from footprint.engine.quality import quality_of
from footprint.engine.result import (
    Boundary,
    Contribution,
    Coverage,
    Footprint,
    Provenance,
    Source,
    Split,
)
from footprint.engine.warnings import warnings_of
from footprint.faults import InputRefused, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, DEFAULT_GWP_SET, EXCLUDING_BIOGENIC
from footprint.version import __version__

Burdens = NDArray[np.float64]
_POSITION = {name: at for at, name in enumerate(CATEGORIES)}


def calculate(
    bom: Bom,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
    *,
    allow_gaps: bool = False,
) -> Footprint:
    """The footprint of `bom` per declared unit, in kg CO2e under `gwp_set`.

    Lines without a dataset, a mass or a conversion raise `InputRefused` with all of them (ENG
    codes); with `allow_gaps` they are left out, each with a warning, and the coverage says so.
    """
    table = inventory.table(gwp_set)
    found = resolve_items(bom, inventory)
    if found.unresolved and not allow_gaps:
        raise InputRefused(found.unresolved)
    burdens = _burdens(found.items, table, gwp_set, bom.file)
    boundary = _boundary(found.items, bom.file)
    inside = [
        at
        for at, item in enumerate(found.items)
        if boundary == "cradle-to-grave" or item.stage != "distribution"
    ]
    outside = [at for at in range(len(found.items)) if at not in set(inside)]
    split = _split(found.items, burdens, inside, outside)
    totals = burdens[:, list(EXCLUDING_BIOGENIC)].sum(axis=1).tolist()
    unsplit = _unsplit_sets(burdens, inside, gwp_set)
    return Footprint(
        product=bom.product,
        declared_unit=bom.product.declared_unit,
        boundary=boundary,
        gwp_set=gwp_set,
        gwp_sets_used=(gwp_set, *unsplit),
        split=split,
        stages=_stages(found.items, totals),
        contributions=_contributions(found.items, burdens, totals, split),
        coverage=_coverage(found),
        quality=quality_of(
            [found.items[at] for at in inside], [totals[at] for at in inside], bom.product
        ),
        provenance=Provenance(__version__, inventory.hash, bom.hash),
        sources=_sources(found.items, inventory),
        warnings=warnings_of(bom, found, unsplit, split),
    )


def _burdens(items: Sequence[Item], table: Burdens, gwp_set: str, file: str) -> Burdens:
    """Burdens of each item, shape (items, categories), kg CO2e per declared unit."""
    burdens = np.zeros((len(items), len(CATEGORIES)))
    datasets = [at for at, item in enumerate(items) if item.entry is not None]
    columns = [item.entry.column for item in items if item.entry is not None]
    amounts = np.array([items[at].amount for at in datasets])
    burdens[datasets] = table[:, columns].T * amounts[:, np.newaxis]
    for at, item in enumerate(items):
        if item.substance is None:
            continue
        gwp = item.substance.gwp[gwp_set]
        if gwp is None:
            message = f"{item.substance.id} has no global warming potential in {gwp_set}"
            raise faults.NO_SUBSTANCE_GWP.refuse(message, Where(file, item.line.row, "name"))
        burdens[at, _POSITION[item.substance.category]] = item.amount * gwp
        if item.substance.aircraft:
            burdens[at, _POSITION["aircraft"]] = item.amount * gwp
    return burdens


def _boundary(items: Sequence[Item], file: str) -> Boundary:
    """Cradle-to-gate, or cradle-to-grave when all stages behind the gate are present.

    Distribution alone is outbound logistics, reported apart (PACT v3, 3.3.2.1).
    """
    present = {item.stage for item in items} & BEYOND_GATE
    if present == BEYOND_GATE:
        return "cradle-to-grave"
    if present - {"distribution"}:
        missing = ", ".join(sorted(BEYOND_GATE - present))
        message = f"stages behind the gate are incomplete: {missing} missing"
        hint = "Give distribution, use and end_of_life, or none of use and end_of_life."
        raise faults.OPEN_BOUNDARY.refuse(message, Where(file, column="stage"), hint)
    return "cradle-to-gate"


def _split(
    items: Sequence[Item], burdens: Burdens, inside: Sequence[int], outside: Sequence[int]
) -> Split:
    sums = {name: math.fsum(burdens[inside, at].tolist()) for at, name in enumerate(CATEGORIES)}
    packaging = [at for at in inside if items[at].stage == "packaging"]
    rows = list(EXCLUDING_BIOGENIC)
    return Split(
        fossil=sums["fossil"],
        biogenic_uptake=sums["biogenic_uptake"],
        biogenic_emission=sums["biogenic_emission"],
        biogenic_non_co2=sums["biogenic_non_co2"],
        land_use_change=sums["land_use_change"],
        land_management=sums["land_management"],
        aircraft=sums["aircraft"],
        packaging=math.fsum(burdens[np.ix_(packaging, rows)].ravel().tolist()),
        outbound_logistics=math.fsum(burdens[np.ix_(outside, rows)].ravel().tolist()),
    )


def _unsplit_sets(burdens: Burdens, inside: Sequence[int], gwp_set: str) -> tuple[str, ...]:
    """GWP sets, other than the chosen one, under which a part of the result was published."""
    return tuple(
        name.removeprefix("unsplit_")
        for at, name in enumerate(CATEGORIES)
        if name.startswith("unsplit_")
        and name != f"unsplit_{gwp_set}"
        and np.any(burdens[inside, at])
    )


def _stages(items: Sequence[Item], totals: Sequence[float]) -> dict[str, float]:
    by_stage: dict[str, list[float]] = {}
    for item, total in zip(items, totals, strict=True):
        by_stage.setdefault(item.stage, []).append(total)
    return {stage: math.fsum(by_stage[stage]) for stage in STAGES if stage in by_stage}


def _contributions(
    items: Sequence[Item], burdens: Burdens, totals: Sequence[float], split: Split
) -> tuple[Contribution, ...]:
    whole = split.excluding_biogenic_uptake
    return tuple(
        Contribution(
            line=item.line.id,
            row=item.line.row,
            name=item.line.name,
            stage=item.stage,
            dataset=item.name,
            dataset_name=item.entry.name_en if item.entry else item.name,
            quantity=item.amount,
            unit=item.unit,
            kg_co2e=total,
            share=total / whole if whole else 0.0,
            matched_by=item.matched_by,
            data_type=item.line.data_type,
            split=_item_split(row),
        )
        for item, row, total in zip(items, burdens.tolist(), totals, strict=True)
    )


def _item_split(row: Sequence[float]) -> Split:
    values = dict(zip(CATEGORIES, row, strict=True))
    return Split(**{name: values[name] for name in CATEGORIES if not name.startswith("unsplit_")})


def _coverage(found: Items) -> Coverage:
    return Coverage(
        mass=found.mass_covered_kg / found.mass_kg if found.mass_kg else 1.0,
        lines=found.lines_covered / found.lines if found.lines else 0.0,
    )


def _sources(items: Sequence[Item], inventory: CompiledInventory) -> tuple[Source, ...]:
    names = {name for item in items if item.entry for name in (item.entry.source, *item.entry.uses)}
    records = [inventory.sources[name] for name in sorted(names)]
    return tuple(Source(r["id"], r["citation"], r["licence"]) for r in records)

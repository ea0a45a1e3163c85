"""The footprint of a bill of materials: amounts times intensities, summed without rounding.

Brightway solved the background once (`footprint.inventory`); a product is a sparse row s, and its
footprint s . h. Sums use `math.fsum`, which is exact and does not depend on the order of the rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.engine import faults
from footprint.engine.boundary import boundary_of, sides_of
from footprint.engine.completeness import completeness_of
from footprint.engine.item import ScreeningFigure
from footprint.engine.items import Basis, Item, Items, resolve_items
from footprint.engine.known import source_of
from footprint.engine.quality import quality_of
from footprint.engine.subject import subject_account
from footprint.engine.undetermined import undetermined_parts
from footprint.engine.warnings import warnings_of
from footprint.faults import InputRefused
from footprint.gwp_sources import GWP_SOURCES, READINGS
from footprint.inventory.compiled import CompiledInventory, Entry, Substance
from footprint.inventory.model import (
    CATEGORIES,
    DEFAULT_GWP_SET,
    EXCLUDING_BIOGENIC,
    SPLIT,
)
from footprint.values.bom import Bom
from footprint.values.line import STAGES
from footprint.values.result import (
    Contribution,
    Coverage,
    DerivedStage,
    Electricity,
    Footprint,
    Provenance,
    RecycledContent,
    Source,
    Split,
    SupplierDocument,
)
from footprint.values.supplier import SupplierPcf
from footprint.version import __version__

Burdens = NDArray[np.float64]
_POSITION = {name: at for at, name in enumerate(CATEGORIES)}
_EXCLUDING = list(EXCLUDING_BIOGENIC)
#: The categories begin as `Split` does: its six parts, then aircraft.
_OWN_PARTS = len(SPLIT) + 1


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
    burdens = _burdens(items, rows, gwp_set, bom)
    boundary = boundary_of(items, bom)
    inside, outside = sides_of(items, boundary)
    split = _split(items, burdens, inside, outside)
    totals = burdens[:, _EXCLUDING].sum(axis=1).tolist()
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
        stages=_stages(items, totals),
        contributions=_contributions(items, burdens, totals, split),
        coverage=_coverage(found),
        quality=quality_of(items_inside, totals_inside, bom.product),
        provenance=Provenance(__version__, inventory.hash, bom.hash, _documents(bom)),
        sources=_sources(items, inventory, gwp_set),
        warnings=warnings_of(bom, found, others, split, inventory),
        electricity=_electricity(found, split, rows, gwp_set, bom),
        recycled_content=_recycled(found),
        allocation=bom.allocation,
        undetermined=undetermined_parts(items_inside, used, inventory),
        completeness=completeness_of(found, bom.product),
        derived_stages=tuple(
            DerivedStage(one.line.row, one.line.id, one.line.name, one.stage, one.by)
            for one in found.staged
        ),
        subject=subject_account(bom.product, found, totals),
    )


def _burdens(items: Sequence[Item], rows: Burdens, gwp_set: str, bom: Bom) -> Burdens:
    """Burdens of each item, shape (items, categories), kg CO2e per declared unit.

    rows : intensities, shape (datasets, categories), kg CO2e per unit of the dataset
    """
    columns = [item.origin.column for item in items if isinstance(item.origin, Entry)]
    amounts = np.array([item.amount for item in items if isinstance(item.origin, Entry)])
    scaled: Burdens = rows.take(columns, axis=0) * amounts[:, np.newaxis]
    if len(columns) == len(items):
        return scaled
    burdens = np.zeros((len(items), len(CATEGORIES)))
    burdens[[at for at, item in enumerate(items) if isinstance(item.origin, Entry)]] = scaled
    for at, item in enumerate(items):
        if not isinstance(item.origin, Entry):
            _without_dataset(item, burdens[at], gwp_set, bom)
    return burdens


def _without_dataset(item: Item, burden: Burdens, gwp_set: str, bom: Bom) -> None:
    """Fill in the burdens of a supplier's product, a screening figure or a direct emission."""
    origin = item.origin
    if isinstance(origin, SupplierPcf):
        for name, value in origin.parts.items():
            burden[_POSITION[name]] = item.amount * value
    elif isinstance(origin, ScreeningFigure):
        # Which gases is unknown: counted as fossil, and as published without its gases.
        burden[_POSITION["fossil"]] = item.amount * origin.value
        burden[_POSITION[f"unsplit_{gwp_set}"]] = item.amount * origin.value
    if not isinstance(origin, Substance):
        return
    gwp = origin.gwp.get(gwp_set)
    if gwp is None:
        message = f"{origin.id} has no global warming potential in {gwp_set}"
        raise faults.NO_SUBSTANCE_GWP.refuse(message, bom.where(item.line, "name"))
    burden[_POSITION[origin.category]] = item.amount * gwp
    if origin.aircraft:
        burden[_POSITION["aircraft"]] = item.amount * gwp


def _split(
    items: Sequence[Item], burdens: Burdens, inside: Sequence[int], outside: Sequence[int]
) -> Split:
    rows = burdens if len(inside) == len(items) else burdens[inside]
    sums = dict(zip(CATEGORIES, map(math.fsum, rows.T[:_OWN_PARTS].tolist()), strict=False))
    packaging = [at for at in inside if items[at].stage == "packaging"]
    return Split(
        fossil=sums["fossil"],
        biogenic_uptake=sums["biogenic_uptake"],
        biogenic_emission=sums["biogenic_emission"],
        biogenic_non_co2=sums["biogenic_non_co2"],
        land_use_change=sums["land_use_change"],
        land_management=sums["land_management"],
        aircraft=sums["aircraft"],
        packaging=_exactly(burdens, packaging),
        outbound_logistics=_exactly(burdens, outside),
    )


def _exactly(burdens: Burdens, rows: Sequence[int]) -> float:
    """The sum, excluding biogenic uptake, over some of the items."""
    if not rows:
        return 0.0
    return math.fsum(burdens[np.ix_(rows, _EXCLUDING)].ravel().tolist())


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
    other = _split(items, _burdens(items, rows, gwp_set, bom), *sides)
    chosen, replaced = split.excluding_biogenic_uptake, other.excluding_biogenic_uptake
    if found.other_basis[0].basis == "market":
        return Electricity(chosen, replaced, "location")
    return Electricity(replaced, chosen, "market")


def _recycled(found: Items) -> RecycledContent | None:
    if not found.recycled_stated_kg:
        return None
    whole = found.material_net_kg
    return RecycledContent(found.recycled_kg / whole, found.recycled_stated_kg / whole)


def _documents(bom: Bom) -> tuple[SupplierDocument, ...]:
    return tuple(
        SupplierDocument(
            file=one.file,
            id=one.id,
            hash=one.hash,
            kind=one.kind,
            company=one.company,
            valid_until=one.valid_until.isoformat() if one.valid_until else None,
            primary_data_share=one.primary_data_share,
            gwp_sets=one.gwp_sets,
        )
        for one in bom.suppliers
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
    rows = burdens[:, :_OWN_PARTS].tolist()
    return tuple(
        [
            _contribution(item, row, total, total / whole if whole else 0.0)
            for item, row, total in zip(items, rows, totals, strict=True)
        ]
    )


def _contribution(item: Item, row: list[float], total: float, share: float) -> Contribution:
    line, stage, amount, unit, origin, matched_by = item[:6]
    name = origin.id
    title = origin.name_en if isinstance(origin, Entry) else _title(item)
    own = (line.stage, line.name, name if item.own is None else item.own)
    return tuple.__new__(  # without the defaults of a named tuple: half the time
        Contribution,
        (
            *(line.id, line.row, line.name, stage, name, title, amount, unit, total, share),
            *(matched_by, line.data_type, line.uncertainty, own, tuple(row)),
        ),
    )


def _title(item: Item) -> str:
    """What the result calls an item that no dataset stands for."""
    origin = item.origin
    if isinstance(origin, SupplierPcf):
        return f"{origin.company}: {origin.product}"
    if isinstance(origin, ScreeningFigure):
        return f"Screening figure: {origin.name_en}"
    return origin.id


def _coverage(found: Items) -> Coverage:
    return Coverage(
        mass=found.mass_covered_kg / found.mass_kg if found.mass_kg else 1.0,
        lines=found.lines_covered / found.lines if found.lines else 0.0,
    )


def _sources(
    items: Sequence[Item], inventory: CompiledInventory, gwp_set: str
) -> tuple[Source, ...]:
    """The sources of the datasets in the order of their ids, then the tables of the GWP set."""
    lists = {item.traits.sources for item in items if item.traits is not None}
    names = {name for one in lists for name in one}
    gwp = GWP_SOURCES[gwp_set]
    return (
        *(source_of(name, inventory) for name in sorted(names)),
        Source(gwp.id, gwp.citation, gwp.licence, gwp.title, gwp.edition),
    )

"""What each item of a product burdens the climate with, per category, and the sums over items."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from footprint.engine import faults
from footprint.engine.item import ScreeningFigure
from footprint.engine.items import Item
from footprint.inventory.compiled import Entry, Substance
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, SPLIT
from footprint.values.bom import Bom
from footprint.values.result import Split
from footprint.values.supplier import SupplierPcf

_COLUMN, _AMOUNT = attrgetter("origin.column"), attrgetter("amount")
Burdens = NDArray[np.float64]
_POSITION = {name: at for at, name in enumerate(CATEGORIES)}
EXCLUDING = list(EXCLUDING_BIOGENIC)
#: The categories begin as `Split` does: its six parts, then aircraft.
OWN_PARTS = len(SPLIT) + 1


def burdens_of(items: Sequence[Item], rows: Burdens, gwp_set: str, bom: Bom) -> Burdens:
    """Burdens of each item, shape (items, categories), kg CO2e per declared unit.

    rows : intensities, shape (datasets, categories), kg CO2e per unit of the dataset
    """
    with_dataset = [item for item in items if type(item.origin) is Entry]
    columns = list(map(_COLUMN, with_dataset))
    amounts = np.array(list(map(_AMOUNT, with_dataset)))
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


def split_of(
    items: Sequence[Item], burdens: Burdens, inside: Sequence[int], outside: Sequence[int]
) -> Split:
    """The parts of the total over its items, and outbound logistics beside it: kg CO2e."""
    rows = burdens if len(inside) == len(items) else burdens[inside]
    sums = dict(zip(CATEGORIES, map(math.fsum, rows.T[:OWN_PARTS].tolist()), strict=False))
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
    return math.fsum(burdens[np.ix_(rows, EXCLUDING)].ravel().tolist())

"""A figure for a line that has a mass and a class of material but no dataset, with its interval.

The figure is the median of the datasets of that class in the inventory, the interval their 5th to
95th percentile: what is known of a line is its class, so its figure lies where the class does. Each
product counts once, however many countries it is given for. A class of one or two products has the
interval of the wider class, stretched over its own products, and the higher of both medians: two
stainless steels at 3.3 and 4.4 kg CO2e per kg lie above 95 % of all steels. Never a substitute for
data: results say which lines it stands for, and are no base for a certificate (docs/decisions/
0033-parts-candidates-screening.md).
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

import numpy as np

from footprint import units
from footprint.engine.item import PREFIX, ScreeningFigure
from footprint.engine.resolve import query_of
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.inventory.model import EXCLUDING_BIOGENIC
from footprint.matching.materials import MaterialClass, material_class_of, materials
from footprint.values.line import Line

#: A spread of fewer products than this says nothing: the wider class counts instead.
FEWEST = 3
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95


def screening_of(
    line: Line, country: str, inventory: CompiledInventory, gwp_set: str
) -> ScreeningFigure | None:
    """The screening figure of a line, by its class of material; None if it has no class, or the
    inventory has too few datasets of it."""
    found = material_class_of(query_of(line, country))
    return None if found is None else _figure(found.id, inventory.hash, _Held(inventory), gwp_set)


def chosen_screening(
    dataset: str, inventory: CompiledInventory, gwp_set: str
) -> ScreeningFigure | None:
    """The figure of the class that somebody chose (`screening-plastic`); None if there is none."""
    name = dataset.removeprefix(PREFIX)
    if name not in materials().classes:
        return None
    return _figure(name, inventory.hash, _Held(inventory), gwp_set)


def screening_name_zh(dataset: str) -> str:
    """What a screening figure is called in Chinese (`screening-plastic`), as results name it in
    English alone; "" for anything else."""
    found = materials().classes.get(dataset.removeprefix(PREFIX))
    return f"按材料类别估算：{found.name_zh}" if found and dataset.startswith(PREFIX) else ""


class _Held:
    """An inventory as an argument of a cache, all alike: its hash is the key."""

    def __init__(self, inventory: CompiledInventory) -> None:
        self.inventory = inventory

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _figure(name: str, _hash: str, held: _Held, gwp_set: str) -> ScreeningFigure | None:
    classes = materials().classes
    at: MaterialClass | None = classes[name]
    few: tuple[tuple[float, ...], ...] = ()
    while at is not None:
        values = class_values(at, held.inventory, gwp_set)
        if len(values) >= FEWEST:
            own = classes[name]
            middle, low, high = _spread(values, few)
            return ScreeningFigure(
                PREFIX + name, own.name_en, own.name_zh, middle, low, high, at.id, len(values)
            )
        few = few or values
        at = classes.get(at.parent)
    return None


def _spread(
    wide: tuple[tuple[float, ...], ...], few: tuple[tuple[float, ...], ...]
) -> tuple[float, float, float]:
    """Figure and interval of a class, `few` being its own products where they are too few."""
    low, middle, high = (_quantile(wide, share) for share in (LOW, MIDDLE, HIGH))
    if not few:
        return middle, low, high
    own = [value for values in few for value in values]
    return max(middle, _quantile(few, MIDDLE)), min(low, *own), max(high, *own)


def class_values(
    material: MaterialClass, inventory: CompiledInventory, gwp_set: str
) -> tuple[tuple[float, ...], ...]:
    """kg CO2e per kg of the datasets of a class, grouped by product: one group for all places."""
    table, rows = inventory.table(gwp_set), list(EXCLUDING_BIOGENIC)
    products: dict[str, list[float]] = {}
    for entry in inventory.datasets.values():
        if _stands_for(material, entry):
            intensity = float(table[rows, entry.column].sum()) / units.factor(entry.unit, "kg")
            products.setdefault(_product(entry), []).append(intensity)
    return tuple(tuple(sorted(values)) for _, values in sorted(products.items()))


def _stands_for(material: MaterialClass, entry: Entry) -> bool:
    return (
        entry.boundary == "cradle-to-gate"
        and units.is_mass(entry.unit)
        and any(fnmatchcase(entry.id, pattern) for pattern in material.datasets)
    )


def _product(entry: Entry) -> str:
    """An id without its place: what the datasets of one product share."""
    place = f"-{entry.location.casefold()}"
    return entry.id.removesuffix(place)


def _quantile(products: tuple[tuple[float, ...], ...], share: float) -> float:
    """A quantile of all values, those of each product weighing one together.

    The weighted version of the usual linear interpolation: a value stands in the middle of its
    weight.
    """
    pairs = sorted((value, 1.0 / len(values)) for values in products for value in values)
    values = np.array([value for value, _ in pairs])
    weights = np.array([weight for _, weight in pairs])
    places = (np.cumsum(weights) - weights / 2) / weights.sum()
    return float(np.interp(share, places, values))

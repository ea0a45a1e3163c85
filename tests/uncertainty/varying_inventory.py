"""Inventories with uncertain figures, small enough to solve by hand, without Brightway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from footprint.canonical import canonical_json, content_hash
from footprint.inventory.compiled import CompiledInventory, Entry, Substance
from footprint.inventory.model import CATEGORIES, GWP_SETS, Exchange
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product

#: flow: its part of the split, kg CO2e per kg
FLOWS = {
    "co2-fossil": ("fossil", 1.0),
    "ch4-fossil": ("fossil", 29.8),
    "co2-uptake": ("biogenic_uptake", -1.0),
}
#: What a dataset takes and emits: (dataset or flow, amount, what it says of its uncertainty).
Chain = Mapping[str, Sequence[tuple[str, float, Mapping[str, Any]]]]


def make(folder: Path, chain: Chain) -> CompiledInventory:
    """Write the exchanges as a compiled inventory has them, with intensities solved densely."""
    names = sorted(chain)
    column = {name: at for at, name in enumerate(names)}
    matrix = np.eye(len(names))
    burdens = np.zeros((len(CATEGORIES), len(names)))
    document: dict[str, Any] = {
        "datasets": {},
        "flows": {name: {"category": category} for name, (category, _) in FLOWS.items()},
        "gwp": {key: {name: gwp for name, (_, gwp) in FLOWS.items()} for key in GWP_SETS},
        "schema": 1,
        "sources": {},
    }
    for name in names:
        exchanges = []
        for target, amount, says in chain[name]:
            if target in FLOWS:
                category, gwp = FLOWS[target]
                burdens[CATEGORIES.index(category), column[name]] += gwp * amount
            else:
                matrix[column[target], column[name]] -= amount
            kind = "biosphere" if target in FLOWS else "technosphere"
            exchanges.append(asdict(Exchange(kind, target, amount, "s", "l", amount, "kg", **says)))
        document["datasets"][name] = {"exchanges": exchanges}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "inventory.json").write_bytes(canonical_json(document))
    table = np.asarray(np.linalg.solve(matrix.T, burdens.T).T, dtype=np.float64)
    return CompiledInventory(
        folder,
        content_hash(document),
        {name: _entry(name, at) for name, at in column.items()},
        {"co2-fossil": Substance("co2-fossil", ("CO2",), "fossil", False, {"AR6": 1.0})},
        {"s": {"id": "s", "citation": "made up for tests", "licence": "CC0-1.0"}},
        dict.fromkeys(GWP_SETS, table),
    )


def _entry(name: str, column: int) -> Entry:
    return Entry(
        id=name,
        column=column,
        name_en=name,
        name_zh=name,
        synonyms=(),
        unit="kg",
        location="CN",
        year=2024,
        boundary="cradle-to-gate",
        source="s",
        uses=("s",),
        technological=2,
        density_kg_per_l=None,
        grammage_kg_per_m2=None,
        mass_kg_per_unit=None,
    )


def bom(*rows: tuple[str, float], name: str = "thing") -> Bom:
    """A bill of materials: (dataset, kg), one line each."""
    lines = tuple(
        Line(row, f"L{row}", dataset, amount, "kg", dataset=dataset)
        for row, (dataset, amount) in enumerate(rows, start=2)
    )
    return Bom(Product(name), lines, "bom.csv", "sha256:" + "0" * 64)

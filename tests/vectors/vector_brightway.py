"""The same products in plain bw2calc: a foreground datapackage beside the background's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem

from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import SPLIT
from footprint.inventory.packages import FIRST_FLOW, dataset_ids
from footprint.values.result import Contribution, Footprint

FIRST_PRODUCT = 900_000_000


def brightway_numbers(
    inventory: CompiledInventory, results: Mapping[str, Footprint]
) -> dict[str, dict[str, float]]:
    """The split, the totals and the aircraft part of each product, by bw2calc."""
    datasets = dataset_ids(inventory.datasets)
    flows = {name: at for at, name in enumerate(sorted(inventory.document()["flows"]), FIRST_FLOW)}
    rows, products = [], {}
    for number, (name, result) in enumerate(results.items(), FIRST_PRODUCT):
        products[name] = number
        rows.append(("technosphere_matrix", number, number, 1.0, False))
        for item in _inside(result):
            if item.matched_by == "substance":
                rows.append(("biosphere_matrix", flows[item.dataset], number, item.quantity, False))
            elif item.dataset in datasets:
                rows.append(
                    ("technosphere_matrix", datasets[item.dataset], number, item.quantity, True)
                )
    background = _package(inventory.folder, "background.zip")
    lca = bw2calc.LCA({FIRST_PRODUCT: 1.0}, data_objs=[background, _foreground(rows)])
    lca.lci(factorize=True)
    factors = {
        (gwp_set, part): _factors(lca, inventory.folder, f"{gwp_set}-{part}")
        for gwp_set in {result.gwp_set for result in results.values()}
        for part in (*SPLIT, "aircraft")
    }
    found = {}
    for name, number in products.items():
        lca.lci({number: 1.0})
        masses = np.asarray(lca.inventory.sum(axis=1)).ravel()
        gwp_set = results[name].gwp_set
        parts = {part: float(factors[gwp_set, part] @ masses) for part in (*SPLIT, "aircraft")}
        found[name] = _named(parts, results[name], inventory)
    return found


def _inside(result: Footprint) -> list[Contribution]:
    grave = result.boundary == "cradle-to-grave"
    return [item for item in result.contributions if grave or item.stage != "distribution"]


def _named(
    parts: dict[str, float], result: Footprint, inventory: CompiledInventory
) -> dict[str, float]:
    """The parts by the names of the vectors; a supplier's own document is no matter of Brightway
    and is added as it stands."""
    documents = [
        item
        for item in _inside(result)
        if item.matched_by != "substance" and item.dataset not in inventory.datasets
    ]
    for part in parts:
        parts[part] += math.fsum(getattr(item.split, part) for item in documents)
    counted = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
    total = math.fsum(parts[part] for part in counted)
    carbon = parts["biogenic_uptake"] + parts["biogenic_emission"]
    numbers = {part.replace("_", " "): value for part, value in parts.items()}
    return numbers | {"total": total, "total with biogenic CO2": total + carbon}


def _factors(lca: Any, folder: Path, name: str) -> Any:
    lca.load_lcia_data([_package(folder, f"characterisation-{name}.zip")])
    return lca.characterization_matrix.diagonal().copy()


def _package(folder: Path, name: str) -> Any:
    return bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename=name, write=False)
    )


def _foreground(rows: list[tuple[str, int, int, float, bool]]) -> Any:
    made = bw_processing.create_datapackage(sum_intra_duplicates=True)
    for matrix in ("technosphere_matrix", "biosphere_matrix"):
        own = [row for row in rows if row[0] == matrix]
        made.add_persistent_vector(
            matrix=matrix,
            name=f"foreground-{matrix}",
            indices_array=np.array(
                [(row, column) for _, row, column, _, _ in own], dtype=bw_processing.INDICES_DTYPE
            ),
            data_array=np.array([amount for _, _, _, amount, _ in own]),
            flip_array=np.array([flip for *_, flip in own]),
        )
    return made

"""The naive way, to compare with: one bw2calc LCA per product, on the same datapackages.

Run as a script it does the same through a bw2data project (float32), and prints the score.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import bw2calc
import bw_processing
import numpy as np
from bw_processing.io_helpers import generic_zipfile_filesystem

from footprint.engine.items import resolve_items
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.packages import dataset_ids
from footprint.values.bom import Bom

PRODUCT = 900_000_000


def package(folder: Path, name: str) -> Any:
    return bw_processing.load_datapackage(
        generic_zipfile_filesystem(dirpath=folder, filename=name, write=False)
    )


def foreground(amounts: dict[int, float]) -> Any:
    """A datapackage with one activity that makes the product out of background datasets."""
    made = bw_processing.create_datapackage(sum_intra_duplicates=True)
    rows = [(PRODUCT, PRODUCT), *((number, PRODUCT) for number in amounts)]
    made.add_persistent_vector(
        matrix="technosphere_matrix",
        name="foreground",
        indices_array=np.array(rows, dtype=bw_processing.INDICES_DTYPE),
        data_array=np.array([1.0, *amounts.values()]),
        flip_array=np.array([False, *(True for _ in amounts)]),
    )
    return made


def amounts_of(bom: Bom, inventory: CompiledInventory) -> dict[int, float]:
    """Amounts per dataset number, summed over the lines of a bill of materials."""
    numbers = dataset_ids(inventory.datasets)
    amounts: dict[int, float] = {}
    for item in resolve_items(bom, inventory).items:
        assert item.entry is not None
        number = numbers[item.entry.id]
        amounts[number] = amounts.get(number, 0.0) + item.amount
    return amounts


def score(inventory: CompiledInventory, amounts: dict[int, float], method: str) -> float:
    """The score of a plain LCA of the product, kg CO2e."""
    lca = bw2calc.LCA(
        {PRODUCT: 1.0},
        data_objs=[
            package(inventory.folder, "background.zip"),
            package(inventory.folder, f"characterisation-{method}.zip"),
            foreground(amounts),
        ],
    )
    lca.lci()
    lca.lcia()
    return float(lca.score)


def project_scores(amounts: dict[str, float]) -> float:
    """Fossil AR6 score of a product through a bw2data project: databases, method, LCA."""
    import bw2data

    from bench import plain_project
    from footprint.inventory.read import read_inventory

    inventory = read_inventory()
    plain_project.write_databases(inventory)
    method = bw2data.Method(("IPCC", "AR6", "fossil"))
    method.register(unit="kg CO2e")
    gwp = inventory.gwp["AR6"]
    method.write(
        [
            ((plain_project.BIOSPHERE, flow.id), gwp[flow.id])
            for flow in inventory.flows.values()
            if flow.category == "fossil" and flow.id in gwp
        ]
    )
    demand = {bw2data.get_node(code=name).id: amount for name, amount in amounts.items()}
    _, objects, _ = bw2data.prepare_lca_inputs(
        {bw2data.get_node(code=next(iter(amounts))): 1.0}, method=method.name
    )
    lca = bw2calc.LCA(demand, data_objs=objects)
    lca.lci()
    lca.lcia()
    return float(lca.score)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(project_scores(json.loads(sys.argv[1]))) + "\n")

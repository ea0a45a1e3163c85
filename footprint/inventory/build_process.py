"""The build, as a process of its own: `python -m footprint.inventory.build_process FOLDER [ROOT]`.

Reads the figures, writes a Brightway database in a private directory below FOLDER, and leaves the
compiled inventory in FOLDER. Prints one JSON document: the manifest, or the problems found.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from footprint.canonical import bytes_hash, canonical_json, content_hash
from footprint.faults import InputRefused, Problem, Where
from footprint.inventory import faults
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, GWP_SETS, Inventory
from footprint.inventory.read import read_inventory


def inventory_document(inventory: Inventory) -> dict[str, Any]:
    """Everything that decides a number, as plain JSON; its hash is the inventory's identity."""
    return {
        "schema": 1,
        "sources": {name: asdict(source) for name, source in inventory.sources.items()},
        "flows": {name: asdict(flow) for name, flow in inventory.flows.items()},
        "gwp": inventory.gwp,
        "datasets": {name: asdict(dataset) for name, dataset in inventory.datasets.items()},
    }


def build(folder: Path, root: Path | None) -> dict[str, Any]:
    """Compile the figures in `root` (default: the shipped ones) into `folder`."""
    inventory = read_inventory(root)
    private = folder / "brightway"
    private.mkdir()
    os.environ["BRIGHTWAY2_DIR"] = str(private)  # read by bw2data when it is imported
    from footprint.inventory import brightway, packages

    brightway.write_databases(inventory)
    datasets = packages.dataset_ids(inventory.datasets)
    flows = packages.flow_ids(inventory.flows)
    packages.write_background(brightway.read_exchanges(), datasets, flows, folder)
    lca = packages.open_background(folder)
    for gwp_set in GWP_SETS:
        factors = {}
        for category in CATEGORIES:
            name = f"{gwp_set}-{category}"
            factors[category] = packages.category_factors(
                category, inventory.flows, flows, inventory.gwp[gwp_set]
            )
            packages.write_characterisation(name, factors[category], folder)
        table = packages.intensities(lca, datasets, factors)
        if not np.isfinite(table).all():
            raise faults.SINGULAR.refuse("the technosphere matrix is singular")
        np.save(folder / f"intensities-{gwp_set}.npy", table, allow_pickle=False)
    shutil.rmtree(private)
    _check_values(inventory, folder)
    return _write_manifest(inventory, folder)


def _check_values(inventory: Inventory, folder: Path) -> None:
    """Refuse a dataset that is further from its check value than its tolerance (AR6, total)."""
    table = np.load(folder / "intensities-AR6.npy")
    total = table[list(EXCLUDING_BIOGENIC)].sum(axis=0)
    problems: list[Problem] = []
    for position, name in enumerate(sorted(inventory.datasets)):
        dataset = inventory.datasets[name]
        if dataset.check_value is None or dataset.check_tolerance is None:
            continue
        error = total[position] / dataset.check_value - 1.0
        if abs(error) > dataset.check_tolerance:
            message = (
                f"{name} is {total[position]:.4g} kg CO2e/{dataset.unit}, {error:+.1%} from "
                f"{dataset.check_value:g} ({dataset.check_source}); "
                f"allowed {dataset.check_tolerance:.0%}"
            )
            problems.append(faults.CHECK_VALUE.at(Where(dataset.source), message))
    if problems:
        raise InputRefused(problems)


def _write_manifest(inventory: Inventory, folder: Path) -> dict[str, Any]:
    document = inventory_document(inventory)
    (folder / "inventory.json").write_bytes(canonical_json(document))
    heads = {
        name: {key: value for key, value in head.items() if key != "exchanges"}
        | {"uses": sorted({exchange["source"] for exchange in head["exchanges"]})}
        for name, head in document["datasets"].items()
    }
    sources = {
        name: {key: source[key] for key in ("id", "citation", "licence", "title", "url", "year")}
        for name, source in document["sources"].items()
    }
    flows = {
        name: {key: flow[key] for key in ("name_en", "name_zh", "formula", "category", "aircraft")}
        | {"gwp": {gwp_set: values.get(name) for gwp_set, values in document["gwp"].items()}}
        for name, flow in document["flows"].items()
        if not flow["unsplit"]
    }
    index = {"datasets": heads, "sources": sources, "flows": flows}
    (folder / "index.json").write_bytes(canonical_json(index))
    manifest = {
        "hash": content_hash(document),
        "datasets": len(heads),
        "categories": list(CATEGORIES),
        "gwp_sets": list(GWP_SETS),
        "files": {
            path.name: bytes_hash(path.read_bytes())
            for path in sorted(folder.iterdir())
            if path.suffix in {".npy", ".json", ".zip"}
        },
    }
    (folder / "manifest.json").write_bytes(canonical_json(manifest))
    return manifest


def main(arguments: list[str]) -> int:
    """Entry point. Exit status 0 and a manifest, or 1 and the problems."""
    folder = Path(arguments[0])
    root = Path(arguments[1]) if len(arguments) > 1 else None
    try:
        document: dict[str, Any] = build(folder, root)
        status = 0
    except InputRefused as refused:
        document = {"problems": [problem.as_json() for problem in refused.problems]}
        status = 1
    except RuntimeError as error:  # SuperLU: "Factor is exactly singular"
        document = {"problems": [faults.SINGULAR.at(Where(), str(error)).as_json()]}
        status = 1
    sys.stdout.write(json.dumps(document) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

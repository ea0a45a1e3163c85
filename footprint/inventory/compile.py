"""Compile an inventory: datapackages, intensities and an index, in a folder.

The same for the shipped figures and for what a user imports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.bounds import beyond
from footprint.canonical import bytes_hash, canonical_json
from footprint.faults import InputRefused, Problem, Where
from footprint.inventory import faults
from footprint.inventory.compiled import Entry
from footprint.inventory.flat_json import flat_writer
from footprint.inventory.model import (
    CATEGORIES,
    EXCLUDING_BIOGENIC,
    GWP_SETS,
    Dataset,
    Exchange,
    Inventory,
    with_readings,
)

#: (dataset, kind, input, amount); kind is production, technosphere or biosphere.
Row = tuple[str, str, str, float]

_HEAD = tuple(field.name for field in fields(Dataset) if field.name != "exchanges")
#: What of it a line can ask for.
_ASKED = tuple(
    name
    for name in _HEAD
    if name in Entry.__dataclass_fields__ or name in {"synonyms_en", "synonyms_zh"}
)
_exchange_json = flat_writer([field.name for field in fields(Exchange)])


_CORRECT = "Correct the amount or its unit."
#: A wrong unit of one input makes all that use it wrong.
_MOST_PROBLEMS = 100


def compile_inventory(inventory: Inventory, folder: Path) -> dict[str, Any]:
    """Compile `inventory` into `folder` (which exists and is empty) and return the manifest.

    Imports bw2calc, and bw2data with it: for a process of its own (`lca.own_directory`). Raises
    `InputRefused`: INV-009 if it cannot be solved, INV-010 if a check value is missed, INV-015 if
    bw2calc gives other numbers for a sample of the datasets, INV-016 if a dataset is beyond any
    plausible value.
    """
    from footprint.inventory import lca, packages

    inventory = replace(inventory, gwp=with_readings(inventory.gwp))
    datasets = packages.dataset_ids(inventory.datasets)
    flows = packages.flow_ids(inventory.flows)
    packages.write_background(exchange_rows(inventory), datasets, flows, folder)
    system = lca.open_system(folder, datasets)
    matrices, tables = {}, {}
    for gwp_set in GWP_SETS:
        for category in CATEGORIES:
            factors = packages.category_factors(
                category, inventory.flows, flows, inventory.gwp[gwp_set]
            )
            packages.write_characterisation(f"{gwp_set}-{category}", factors, folder)
        matrices[gwp_set] = lca.characterisations(system, folder, gwp_set)
        tables[gwp_set] = lca.intensities(system, matrices[gwp_set])
        np.save(folder / f"intensities-{gwp_set}.npy", tables[gwp_set], allow_pickle=False)
    _check_values(inventory, tables["AR6"])
    _check_bounds(inventory, tables["AR6"])
    checked = lca.check_sample(system, datasets, matrices, tables)
    return write_manifest(inventory, folder, checked)


def exchange_rows(inventory: Inventory) -> Iterator[Row]:
    """The matrix entries of an inventory in sorted order, each dataset with a production of 1."""
    for name in sorted(inventory.datasets):
        dataset = inventory.datasets[name]
        own: list[Row] = [(name, "production", name, 1.0)]
        own += [(name, e.kind, e.input, e.amount) for e in dataset.exchanges]
        yield from sorted(own)


def _check_values(inventory: Inventory, table: NDArray[np.float64]) -> None:
    """Refuse a dataset that is further from its check value than its tolerance (AR6, total)."""
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


def _check_bounds(inventory: Inventory, table: NDArray[np.float64]) -> None:
    """Refuse datasets whose footprint, or uptake, no real product has (AR6)."""
    highest = np.abs(table).max(axis=0).tolist()
    problems = []
    for value, name in zip(highest, sorted(inventory.datasets), strict=True):
        dataset = inventory.datasets[name]
        if says := beyond(value, dataset.unit):
            where = Where(dataset.source)
            problems.append(faults.IMPLAUSIBLE.at(where, f"{name}: {says}", _CORRECT))
    if problems:
        raise InputRefused(problems[:_MOST_PROBLEMS])


def write_manifest(inventory: Inventory, folder: Path, checked: dict[str, Any]) -> dict[str, Any]:
    """Write document, index and manifest into a folder that holds the tables. `checked` is what
    Brightway gave for them."""
    digest = _write_document(inventory, folder / "inventory.json")
    (folder / "index.json").write_bytes(canonical_json(_index(inventory)))
    manifest = {
        "hash": digest,
        "datasets": len(inventory.datasets),
        "categories": list(CATEGORIES),
        "gwp_sets": list(GWP_SETS),
        "brightway": checked,
        "files": {
            path.name: bytes_hash(path.read_bytes())
            for path in sorted(folder.iterdir())
            if path.suffix in {".npy", ".json", ".zip"}
        },
    }
    (folder / "manifest.json").write_bytes(canonical_json(manifest))
    return manifest


def _write_document(inventory: Inventory, path: Path) -> str:
    """Write everything that decides a number as canonical JSON, and return its hash: the
    inventory's identity.

    One dataset at a time: the whole document of 500,000 exchanges would take 2 GB as dictionaries.
    """
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for part in _document_parts(inventory):
            digest.update(part)
            file.write(part)
    return f"sha256:{digest.hexdigest()}"


def _document_parts(inventory: Inventory) -> Iterator[bytes]:
    yield b'{"datasets":{'
    for position, name in enumerate(sorted(inventory.datasets)):
        dataset = inventory.datasets[name]
        exchanges = ",".join(map(_exchange_json, dataset.exchanges)).encode("utf-8")
        yield (b"," if position else b"") + canonical_json(name) + b":{"
        yield b",".join(
            b'"exchanges":[' + exchanges + b"]"
            if field == "exchanges"
            else f'"{field}":'.encode() + canonical_json(getattr(dataset, field))
            for field in sorted((*_HEAD, "exchanges"))
        )
        yield b"}"
    yield b'},"flows":'
    yield canonical_json({name: asdict(flow) for name, flow in inventory.flows.items()})
    yield b',"gwp":'
    yield canonical_json(inventory.gwp)
    yield b',"schema":1,"sources":'
    yield canonical_json({name: asdict(source) for name, source in inventory.sources.items()})
    yield b"}"


def _index(inventory: Inventory) -> dict[str, Any]:
    """What calculating needs of the inventory: heads, sources, and flows with their factors. Each
    head is a text of its own, so that a product reads those of its datasets only."""
    return {
        "datasets": {
            name: canonical_json(
                {field: getattr(dataset, field) for field in _ASKED}
                | {"uses": sorted({exchange.source for exchange in dataset.exchanges})}
            ).decode()
            for name, dataset in inventory.datasets.items()
        },
        "sources": {
            name: {
                key: getattr(source, key)
                for key in ("id", "citation", "licence", "title", "edition", "url", "year")
            }
            for name, source in inventory.sources.items()
        },
        "flows": {
            name: {
                key: getattr(flow, key)
                for key in ("name_en", "name_zh", "formula", "category", "aircraft")
            }
            | {"gwp": {gwp_set: values.get(name) for gwp_set, values in inventory.gwp.items()}}
            for name, flow in inventory.flows.items()
            if not flow.unsplit
        },
    }

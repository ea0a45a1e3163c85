"""The figures of a compiled inventory as arrays: what goes where, and how far it may be off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.inventory import faults
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, GWP_SETS
from footprint.inventory.own import OwnProcesses
from footprint.inventory.union import united_inventories
from footprint.uncertainty.files import kept
from footprint.uncertainty.randomness import Keys, key_of
from footprint.uncertainty.spread import Floats, spread_of

#: Part of the cached file's name: raise it when the arrays or the rules behind them change.
FORM = "2"
#: `supplier` of a figure that is an emission.
EMISSION = -1

_COUNTED = frozenset(CATEGORIES[at] for at in EXCLUDING_BIOGENIC)
_ROW = np.dtype(
    [
        ("dataset", np.int32),
        ("supplier", np.int32),
        ("amount", np.float64),
        ("kind", np.int8),
        ("first", np.float64),
        ("second", np.float64),
        ("centre", np.float64),
        ("key", np.uint64),
        ("flow", np.int32),
        *((name, np.float64) for name in GWP_SETS),
    ]
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Every exchange of an inventory, one element each. `dataset` and `supplier` are columns.

    `amount`: supplier's unit, or kg of a flow, per unit of the dataset. `factor`: kg CO2e per kg of
    the flow (excluding biogenic CO2), 0 for technosphere. `kind`, `first`, `second`, `centre`: see
    `spread`.
    """

    dataset: NDArray[np.int32]
    supplier: NDArray[np.int32]
    amount: Floats
    factor: Floats
    kind: NDArray[np.int8]
    first: Floats
    second: Floats
    centre: Floats
    key: Keys


def load_figures(inventory: CompiledInventory, gwp_set: str) -> Figures:
    """The figures of a compiled inventory, kept in a file beside it after the first time.

    Raises `InputRefused`: INV-012 if its exchanges are not there, INV-013 for an unknown GWP set.
    """
    inventory.table(gwp_set)
    tables, offset = [], 0
    everywhere = {name: entry.column for name, entry in inventory.datasets.items()}
    for part in united_inventories(inventory):
        if isinstance(part, OwnProcesses):
            tables.append(_read(part, everywhere))
            continue
        columns = {name: entry.column for name, entry in part.datasets.items()}
        rows = np.array(kept(beside(part, f"figures-{FORM}"), partial(_read, part, columns)))
        rows["dataset"] += offset
        rows["supplier"][rows["supplier"] != EMISSION] += offset
        tables.append(rows)
        offset += len(part.datasets)
    rows = np.concatenate(tables)
    names = [name for name in Figures.__dataclass_fields__ if name != "factor"]
    arrays: dict[str, Any] = {name: np.ascontiguousarray(rows[name]) for name in names}
    return Figures(factor=np.ascontiguousarray(rows[gwp_set]), **arrays)


def beside(inventory: CompiledInventory, name: str) -> Path:
    """A file in the inventory's folder whose name says which content it was made from."""
    return inventory.folder / f"{name}-{inventory.hash.removeprefix('sha256:')[:16]}.npy"


def _read(inventory: CompiledInventory, columns: dict[str, int]) -> NDArray[np.void]:
    """All exchanges as one structured array; `flow` counts the flows in order of appearance.
    `columns`: that of every dataset which the exchanges name."""
    try:
        text = (inventory.folder / "inventory.json").read_text("utf-8")
    except OSError as error:
        raise faults.NOT_COMPILED.refuse(f"the exchanges cannot be read: {error}") from error
    flows: dict[str, int] = {}
    rows = np.fromiter(_rows(text, columns, flows), dtype=_ROW)
    rest = json.loads("{" + text[text.rindex('},"flows":{') + 2 :])
    for gwp_set in GWP_SETS:
        factors = np.zeros(len(flows) + 1)  # the last one, at -1, is for inputs
        for name, at in flows.items():
            if rest["flows"][name]["category"] in _COUNTED:
                factors[at] = rest["gwp"][gwp_set].get(name, 0.0)
        rows[gwp_set] = factors[rows["flow"]]
    return rows


def _rows(text: str, columns: dict[str, int], flows: dict[str, int]) -> Iterator[tuple[float, ...]]:
    no_factors = (0.0,) * len(GWP_SETS)
    for name, dataset in _datasets(text):
        seen: dict[tuple[str, str], int] = {}
        shared = _shared_key(name, dataset)
        for exchange in dataset["exchanges"]:
            kind, supplier = place = exchange["kind"], exchange["input"]
            seen[place] = seen.get(place, 0) + 1
            emission = kind == "biosphere"
            yield (
                columns[name],
                EMISSION if emission else columns[supplier],
                exchange["amount"],
                *spread_of(
                    exchange["amount"],
                    exchange["gsd2"],
                    exchange["minimum"],
                    exchange["maximum"],
                    exchange["pedigree"],
                    exchange.get("distribution", ""),
                    exchange.get("centre"),
                    exchange.get("sd"),
                ),
                shared or key_of(name, kind, supplier, str(seen[place])),
                flows.setdefault(supplier, len(flows)) if emission else -1,
                *no_factors,
            )


def _shared_key(name: str, dataset: dict[str, Any]) -> int:
    """The one key of all figures of a part model and of its sizes; 0 for any other dataset.

    Drawn apart they would average out, and a model of several inputs would look surer than each of
    them (docs/decisions/0032-intervals-of-part-models.md).
    """
    if dataset.get("kind") != "part":
        return 0
    inputs = {exchange["input"] for exchange in dataset["exchanges"]}
    model = next(iter(inputs)) if len(inputs) == 1 else name
    return key_of("part", model if model.startswith("part-") else name)


def _datasets(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Datasets of an `inventory.json` one at a time: as a whole 500,000 exchanges take 2 GB.

    The file is canonical JSON, so it has no blanks and `datasets` comes first.
    """
    decoder = json.JSONDecoder()
    at = len('{"datasets":{')
    while text[at] == '"':
        name, at = decoder.raw_decode(text, at)
        dataset, at = decoder.raw_decode(text, at + 1)
        yield name, dataset
        at += 1

"""An inventory as a Brightway database, through bw2io's linking and bw2data's own writing: the
plain way, which ours is compared with. Needs a directory of its own (`BRIGHTWAY2_DIR`)."""

from __future__ import annotations

import contextlib
import functools
import io
from typing import Any

import bw2data
from bw2io.importers.base_lci import LCIImporter
from bw2io.strategies import (
    assign_only_product_as_production,
    link_iterable_by_fields,
    normalize_units,
)

from footprint.inventory.model import Dataset, Inventory

BACKGROUND = "footprint-background"
BIOSPHERE = "footprint-flows"


def write_databases(inventory: Inventory) -> None:
    """Write flows and datasets into the current bw2data project. Raises `RuntimeError` if an
    exchange stays unlinked, before anything of the background is written."""
    bw2data.Database(BIOSPHERE).write(
        {
            (BIOSPHERE, flow.id): {
                "name": flow.name_en,
                "code": flow.id,
                "unit": "kilogram",
                "type": "emission",
                "categories": (flow.category,),
                "exchanges": [],
            }
            for flow in inventory.flows.values()
        }
    )
    importer = LCIImporter(BACKGROUND)
    importer.data = [_process(dataset) for dataset in inventory.datasets.values()]
    flows = [{"database": BIOSPHERE, "code": name} for name in inventory.flows]
    with contextlib.redirect_stdout(io.StringIO()):
        importer.apply_strategies(
            [
                normalize_units,
                assign_only_product_as_production,
                functools.partial(
                    link_iterable_by_fields,
                    other=flows,
                    fields=["code"],
                    edge_kinds=["biosphere"],
                ),
                functools.partial(
                    link_iterable_by_fields,
                    fields=["code"],
                    internal=True,
                    edge_kinds=["technosphere", "production"],
                ),
            ]
        )
        unlinked = [exchange["code"] for exchange in importer.unlinked]
        if unlinked:
            raise RuntimeError(f"exchanges without a supplier: {sorted(set(unlinked))[:10]}")
        importer.write_database()


def _process(dataset: Dataset) -> dict[str, Any]:
    production = {"type": "production", "amount": 1.0, "code": dataset.id}
    inputs = [
        {"type": e.kind, "amount": e.amount, "code": e.input, "comment": e.locator}
        for e in dataset.exchanges
    ]
    return {
        "database": BACKGROUND,
        "code": dataset.id,
        "name": dataset.name_en,
        "reference product": dataset.name_en,
        "unit": dataset.unit,
        "location": dataset.location,
        "type": "process",
        "exchanges": [
            production | {"name": dataset.name_en, "unit": dataset.unit},
            *({**e, "name": e["code"]} for e in inputs),
        ],
    }

"""The chain behind a dataset: figures as published, their sources, and the inventory upstream."""

from __future__ import annotations

from typing import Any

from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC

#: Levels of suppliers that are printed; loops in the inventory make the chain endless.
MAX_DEPTH = 6
#: A supplier below this share of the dataset's intensity is counted, not listed further.
CUT_OFF = 0.001


def dataset_rows(inventory: CompiledInventory) -> list[dict[str, Any]]:
    """One row per dataset for lists: head, source with licence, intensity (AR6, kg CO2e/unit)."""
    document = inventory.document()
    rows = []
    for name, head in document["datasets"].items():
        source = document["sources"][head["source"]]
        row = {key: value for key, value in head.items() if key != "exchanges"}
        row["kg_co2e_per_unit"] = _total(inventory, name)
        row["licence"] = source["licence"]
        row["citation"] = source["citation"]
        rows.append(row)
    return rows


def dataset_document(inventory: CompiledInventory, name: str) -> dict[str, Any]:
    """Everything that is known of a dataset, for `footprint data show`."""
    document = inventory.document()
    dataset = document["datasets"][name]
    cited = {dataset["source"], *(exchange["source"] for exchange in dataset["exchanges"])}
    return {
        **dataset,
        "intensities_kg_co2e_per_unit": {
            gwp_set: inventory.intensity(name, gwp_set) for gwp_set in inventory.tables
        },
        "sources": [document["sources"][source] for source in sorted(cited)],
        "upstream": _upstream(
            inventory, document["datasets"], name, 1.0, 0, _total(inventory, name)
        ),
        "inventory": inventory.hash,
    }


def _total(inventory: CompiledInventory, name: str) -> float:
    intensity = inventory.intensity(name)
    return sum(intensity[CATEGORIES[at]] for at in EXCLUDING_BIOGENIC)


def _upstream(
    inventory: CompiledInventory,
    datasets: dict[str, Any],
    name: str,
    amount: float,
    depth: int,
    whole: float,
) -> list[dict[str, Any]]:
    """Suppliers of `amount` of a dataset, with what each adds to the whole, down to the cut-off."""
    rows = []
    for exchange in datasets[name]["exchanges"]:
        if exchange["kind"] != "technosphere":
            continue
        supplier = exchange["input"]
        needed = amount * exchange["amount"]
        burden = needed * _total(inventory, supplier)
        deeper = depth + 1 < MAX_DEPTH and abs(burden) > CUT_OFF * abs(whole)
        rows.append(
            {
                "dataset": supplier,
                "name_en": datasets[supplier]["name_en"],
                "amount": needed,
                "unit": datasets[supplier]["unit"],
                "kg_co2e": burden,
                "share": burden / whole if whole else 0.0,
                "upstream": _upstream(inventory, datasets, supplier, needed, depth + 1, whole)
                if deeper
                else [],
            }
        )
    return sorted(rows, key=lambda row: -abs(row["kg_co2e"]))

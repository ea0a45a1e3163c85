"""Products and a toy inventory with exchanges, for the analysis of results."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footprint.bom.read import read_bom_bytes
from footprint.inventory.compiled import CompiledInventory, Entry, Substance
from footprint.inventory.model import CATEGORIES, GWP_SETS
from footprint.values.bom import Bom

Floats = NDArray[np.float64]
GWP: dict[str, dict[str, float]] = {
    "AR6": {"co2": 1.0, "ch4": 29.8, "bio": 1.0, "co2e:AR5": 1.0},
    "AR5": {"co2": 1.0, "ch4": 30.0, "bio": 1.0, "co2e:AR5": 1.0},
    "AR5-CH4-28": {"co2": 1.0, "ch4": 28.0, "bio": 1.0, "co2e:AR5": 1.0},
    "AR4": {"co2": 1.0, "ch4": 25.0, "bio": 1.0, "co2e:AR5": 1.0},
}
FLOWS = {
    "co2": ("fossil", ""),
    "ch4": ("fossil", ""),
    "bio": ("biogenic_emission", ""),
    "co2e:AR5": ("fossil", "AR5"),
}
#: unit, location, activity, inputs, emissions. Steel and power need each other.
DATASETS: dict[str, tuple[str, str, str, dict[str, float], dict[str, float]]] = {
    "board": ("kg", "CN", "transformation", {"power-cn": 0.2}, {"bio": 1.5}),
    "chip": ("piece", "CN", "transformation", {}, {"co2e:AR5": 3.0}),
    "freight-road-hgv-average-gb": ("tkm", "GB", "transport", {}, {"co2": 0.1}),
    "power-cn": ("kWh", "CN", "market", {"steel": 0.01}, {"co2": 0.5, "ch4": 0.001}),
    "power-vn": ("kWh", "VN", "market", {}, {"co2": 0.4}),
    "scrap": ("kg", "CN", "transformation", {"power-cn": 0.7}, {}),
    "steel": ("kg", "CN", "transformation", {"power-cn": 0.6}, {"co2": 1.8, "ch4": 0.002}),
}
HEADER = (
    "id,parent,name,quantity,unit,dataset,stage,loss,transport,recycled_content,recycled_dataset"
)


def chained_inventory(folder: Path) -> CompiledInventory:
    """The inventory with its document of exchanges in `folder`; tables solved with numpy."""
    names = sorted(DATASETS)
    at = {name: column for column, name in enumerate(names)}
    technosphere = np.eye(len(names))
    for name, (_, _, _, inputs, _) in DATASETS.items():
        for other, amount in inputs.items():
            technosphere[at[other], at[name]] -= amount
    (folder / "inventory.json").write_text(json.dumps(_document(names)))
    return CompiledInventory(
        folder,
        "sha256:" + "1" * 64,
        {name: _entry(name, column) for name, column in at.items()},
        {
            name: Substance(
                name, (name,), part, aircraft=False, gwp={s: GWP[s].get(name) for s in GWP_SETS}
            )
            for name, (part, unsplit) in FLOWS.items()
            if not unsplit
        },
        {"toy": {"id": "toy", "citation": "made up", "licence": "CC0-1.0"}},
        {gwp_set: _table(names, technosphere, GWP[gwp_set]) for gwp_set in GWP_SETS},
    )


def _table(names: list[str], technosphere: Floats, gwp: dict[str, float]) -> Floats:
    own = np.zeros((len(CATEGORIES), len(names)))
    for column, name in enumerate(names):
        for flow, kg in DATASETS[name][4].items():
            part, unsplit = FLOWS[flow]
            own[CATEGORIES.index(part), column] += kg * gwp[flow]
            if unsplit:
                own[CATEGORIES.index(f"unsplit_{unsplit}"), column] += kg
    return np.asarray(np.linalg.solve(technosphere.T, own.T).T, dtype=np.float64)


def _entry(name: str, column: int) -> Entry:
    return Entry(
        id=name,
        column=column,
        name_en=name.title(),
        name_zh=f"{name}（中文）",
        synonyms=(),
        unit=DATASETS[name][0],
        location=DATASETS[name][1],
        year=2025,
        boundary="cradle-to-gate",
        source="toy",
        uses=("toy",),
        technological=2,
        density_kg_per_l=None,
        grammage_kg_per_m2=None,
        mass_kg_per_unit=None,
    )


def _document(names: list[str]) -> dict[str, object]:
    return {
        "datasets": {
            name: {
                "name_en": name.title(),
                "name_zh": f"{name}（中文）",
                "unit": unit,
                "location": location,
                "activity": activity,
                "kind": "market" if activity == "market" else "unit_process",
                "exchanges": [
                    *({"kind": "technosphere", "input": i, "amount": a} for i, a in inputs.items()),
                    *({"kind": "biosphere", "input": f, "amount": a} for f, a in emissions.items()),
                ],
            }
            for name, (unit, location, activity, inputs, emissions) in (
                (name, DATASETS[name]) for name in names
            )
        },
        "flows": {
            name: {"name_en": name, "name_zh": name, "category": part, "unsplit": unsplit}
            for name, (part, unsplit) in FLOWS.items()
        },
        "gwp": GWP,
    }


def bom_of(*lines: str, header: str = HEADER) -> Bom:
    """A bill of materials from CSV lines."""
    text = "\n".join(["# name: Toy", header, *lines])
    return read_bom_bytes(text.encode(), "toy.csv")


FRAME = (
    "A,,Frame,2,piece,,,10 %,road 100,,",
    "s,A,Tube,3,kg,steel,,,,,",
    "e,A,Welding,4,kWh,power-cn,production,,,,",
    "B,A,Joint,5,piece,,,,,,",
    "j,B,Screw,0.02,kg,steel,,5 %,,,",
    "c,,Chip,1,piece,chip,,,,,",
    "l,,Leak,0.01,kg,ch4,direct_emission,,,,",
    "p,,Box,0.4,kg,board,packaging,,,,",
    "d,,Delivery,7,tkm,freight-road-hgv-average-gb,distribution,,,,",
)

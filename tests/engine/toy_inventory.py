"""An inventory small enough to calculate by hand, without Brightway."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from footprint.inventory.compiled import CompiledInventory, Entry, Substance
from footprint.inventory.model import CATEGORIES, GWP_SETS

#: id: unit, location, name, parts in kg CO2e per unit, properties
DATASETS: dict[str, tuple[str, str, str, dict[str, float], dict[str, float]]] = {
    "freight-air-longhaul-glo": ("tkm", "GLO", "Air", {"fossil": 0.6, "aircraft": 0.6}, {}),
    "freight-rail-gb": ("tkm", "GB", "Rail", {"fossil": 0.03}, {}),
    "freight-road-hgv-average-gb": ("tkm", "GB", "Truck", {"fossil": 0.1}, {}),
    "freight-sea-container-glo": ("tkm", "GLO", "Ship", {"fossil": 0.02}, {}),
    "old": ("kg", "DE", "Old", {"fossil": 3.0, "unsplit_AR5": 3.0}, {}),
    "paint": ("kg", "CN", "Paint", {"fossil": 4.0}, {"density_kg_per_l": 1.25}),
    "panel": ("m2", "DE", "Panel", {"fossil": 6.0}, {"grammage_kg_per_m2": 3.0}),
    "power-cn": ("kWh", "CN", "Power", {"fossil": 0.6}, {}),
    "power-de": ("kWh", "DE", "Power", {"fossil": 0.4}, {}),
    "screw": ("piece", "CN", "Screw", {"fossil": 0.02}, {"mass_kg_per_unit": 0.004}),
    "steel": ("kg", "CN", "Steel", {"fossil": 2.0}, {}),
    "steel-gb": ("kg", "GB", "Steel", {"fossil": 2.5}, {}),
    "wood": (
        "kg",
        "DE",
        "Wood",
        {
            "fossil": 0.2,
            "biogenic_uptake": -1.8,
            "biogenic_emission": 0.1,
            "biogenic_non_co2": 0.01,
            "land_use_change": 0.05,
        },
        {},
    ),
}
GASES: dict[str, tuple[str, dict[str, float | None]]] = {
    "ch4-fossil": ("fossil", {"AR6": 29.8, "AR5": 30.0, "AR4": 25.0}),
    "co2-biogenic": ("biogenic_emission", {"AR6": 1.0, "AR5": 1.0, "AR4": 1.0}),
    "co2-fossil": ("fossil", {"AR6": 1.0, "AR5": 1.0, "AR4": 1.0}),
    "co2-luc": ("land_use_change", {"AR6": 1.0, "AR5": 1.0, "AR4": 1.0}),
    "co2-uptake": ("biogenic_uptake", {"AR6": -1.0, "AR5": -1.0, "AR4": -1.0}),
    "ch4-biogenic": ("biogenic_non_co2", {"AR6": 27.0, "AR5": 28.0, "AR4": 25.0}),
    "new-gas": ("fossil", {"AR6": 0.5, "AR5": None, "AR4": None}),
}


def toy_inventory() -> CompiledInventory:
    """The inventory; every GWP set has the same dataset intensities."""
    table = np.zeros((len(CATEGORIES), len(DATASETS)))
    entries = {}
    for column, (name, (unit, location, title, parts, properties)) in enumerate(DATASETS.items()):
        for part, value in parts.items():
            table[CATEGORIES.index(part), column] = value
        entries[name] = Entry(
            id=name,
            column=column,
            name_en=title,
            name_zh=f"{title}（中文）",
            synonyms=(),
            unit=unit,
            location=location,
            year=2024,
            boundary="cradle-to-gate",
            source="toy",
            uses=("toy",),
            technological=2,
            density_kg_per_l=properties.get("density_kg_per_l"),
            grammage_kg_per_m2=properties.get("grammage_kg_per_m2"),
            mass_kg_per_unit=properties.get("mass_kg_per_unit"),
        )
    substances = {
        name: Substance(name, (name.upper(),), category, aircraft=False, gwp=gwp)
        for name, (category, gwp) in GASES.items()
    }
    source = {"id": "toy", "citation": "made up for tests", "licence": "CC0-1.0"}
    return CompiledInventory(
        Path(),
        "sha256:" + "0" * 64,
        entries,
        substances,
        {"toy": source},
        dict.fromkeys(GWP_SETS, table),
    )

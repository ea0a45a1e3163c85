"""Random catalogues: names and ids, mixed units, assemblies, transport, and mistakes."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa

from footprint.inventory.compiled import CompiledInventory

UNITS = {"kg": ("kg", "g", "克", "t", "斤"), "kWh": ("kWh", "度", "MJ"), "piece": ("pcs", "个")}
STAGES = ("material", "material", "", "packaging", "production", "waste", "distribution")
RARE: tuple[dict[str, Any], ...] = (
    {"stage": "direct_emission", "dataset": "co2-fossil", "unit": "kg"},
    {"recycled_content": "30 %", "recycled_dataset": "steel-recycled-cn"},
    {"note": "black", "dataset": ""},
    {"stage": "use"},
)
WRONG: tuple[dict[str, Any], ...] = (
    {"dataset": "no-such-dataset"},
    {"unit": "sqyd"},
    {"unit": "hour", "unit_mass": None},
    {"quantity": None},
    {"quantity": -1.0},
    {"loss": 1.5},
    {"unit_mass": 0.0, "dataset": ""},
    {"unit_mass": -1.0, "dataset": ""},
    {"stage": "somewhere"},
    {"location": "XX"},
    {"parent": "nowhere"},
    {"name": ""},
    {"transport": "zeppelin 300 km"},
    {"transport": "road"},
    {"name": "Steeel shet", "dataset": ""},
)


def rows_of(
    inventory: CompiledInventory, products: int, seed: int, *, dirty: float = 0.0
) -> list[dict[str, Any]]:
    """The rows of a catalogue as mappings."""
    random = Random(seed)  # noqa: S311  # of a test
    entries = sorted(inventory.datasets.values(), key=lambda entry: entry.id)
    rows: list[dict[str, Any]] = []
    for product in range(products):
        facts = {
            "product": f"P{product}",
            "country": random.choice(("", "CN", "DE")),
            "reference_period": random.choice(("", "2024", "2020")),
            "product_mass": random.choice((None, 3.0)),
        }
        own = [_line(random, entries, at) for at in range(random.randint(1, 14))]
        _assemble(random, own)
        if random.random() < dirty:
            random.choice(own).update(random.choice(WRONG))
        if random.random() < 0.1:
            random.choice(own).update(random.choice(RARE))
        rows += [facts | line for line in own]
    return rows


def _line(random: Random, entries: list[Any], at: int) -> dict[str, Any]:
    entry = random.choice(entries)
    named = random.random() < 0.1
    line: dict[str, Any] = {
        "line": f"L{at}",
        "parent": "",
        "name": random.choice((entry.name_en, entry.name_zh or entry.name_en)),
        "dataset": "" if named else entry.id,
        "quantity": random.choice((0.0, random.uniform(0.001, 5.0), random.uniform(0.1, 2.0))),
        "unit": random.choice(UNITS.get(entry.unit, (entry.unit,))),
        "stage": random.choice(STAGES),
        "location": random.choice(("", "", "CN", "US")),
        "loss": random.choice((None, 0.1)),
        "unit_mass": random.choice((None, None, random.uniform(0.01, 2.0))),
        "transport": "",
    }
    if entry.unit == "kg" and random.random() < 0.2:
        line["transport"] = random.choice(("road 300 km", "sea 9000 km; 卡车 120 km"))
    if entry.unit == "kg" and random.random() < 0.1:
        line |= {"unit": "piece", "unit_mass": random.uniform(0.01, 2.0)}
    return line


def _assemble(random: Random, lines: list[dict[str, Any]]) -> None:
    """Put some lines under new assemblies, up to three levels."""
    above = ""
    for depth in range(random.choice((0, 0, 1, 3))):
        name = f"A{depth}"
        for line in lines[depth + 1 :]:
            if line["parent"] == above and random.random() < 0.7:
                line["parent"] = name
        if any(line["parent"] == name for line in lines):
            assembly = {"line": name, "parent": above, "name": "Frame", "dataset": ""}
            lines.insert(0, assembly | {"quantity": random.uniform(0.5, 3.0), "unit": "piece"})
            above = name


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as an Arrow table; cells that a row does not have are empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    texts = {"quantity", "loss", "unit_mass", "product_mass"}
    return pa.table(
        {
            name: pa.array(
                [row.get(name) for row in rows],
                pa.float64() if name in texts else pa.string(),
            )
            for name in names
        }
    )

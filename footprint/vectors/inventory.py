"""The inventories of all vectors as one folder of figures, which our own reader takes."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import yaml

from footprint.vectors.arithmetic import measure_of, value_of
from footprint.vectors.read import MODES, Vector, cases, common


def write_inventory(folder: Path) -> None:
    """The inventories of all cases as the files that our own reader takes."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[dict[str, Any]]] = {"flows.csv": [], "gwp.csv": []}
    for name, gas in common()["gases"].items():
        category = gas["part"].replace(" ", "_")
        row = {"id": name, "name_en": gas["name"], "name_zh": gas["zh"], "formula": gas["formula"]}
        files["flows.csv"].append(
            row | {"category": category, "aircraft": str(gas.get("aircraft", False)).lower()}
        )
        for gwp_set in ("AR6", "AR5", "AR4"):
            cited = {"source": folder.name, "locator": "common.yaml"}
            files["gwp.csv"].append({"set": gwp_set, "flow": name, "value": gas[gwp_set]} | cited)
    heads, exchanges, markets, technologies = [], [], [], []
    for mode, kg in common()["freight kg CO2 per tonne-kilometre"].items():
        gas_name = "co2-fossil-aircraft" if mode == "air" else "co2-fossil"
        heads.append(_head(MODES[mode], mode, {"per": "1 tkm"}, folder.name))
        exchanges.append(_exchange(MODES[mode], "biosphere", gas_name, kg, "kg", folder.name))
    for case in cases():
        for name, dataset in case.datasets.items():
            heads.append(_head(case.local(name), name, dataset, folder.name))
            exchanges += _exchanges(case, name, dataset, folder.name)
        for name, grid in case.grids.items():
            markets.append(_market(case, name, grid, folder.name))
            technologies += _technologies(case, name, grid)
    files |= {"datasets.csv": heads, "exchanges.csv": exchanges}
    files |= {"electricity_markets.csv": markets, "electricity_technologies.csv": technologies}
    sealed = {name: _write(folder / name, rows) for name, rows in files.items()}
    (folder / "source.yaml").write_text(yaml.safe_dump(_source(folder.name, sealed)), "utf-8")


def _write(path: Path, rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    data = buffer.getvalue().encode()
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _source(name: str, sealed: dict[str, str]) -> dict[str, Any]:
    text = "Test vectors of the footprint project, made up"
    keys = ("producer", "citation", "title", "attribution", "taken_from")
    return dict.fromkeys(keys, text) | {
        "id": name,
        "edition": "1",
        "year": 2026,
        "url": "footprint/vectors",
        "licence": "CC0-1.0",
        "redistributable": "yes",
        "accessed": "2026-11-20",
        "verification": "transcription",
        "files": sealed,
    }


def _head(identity: str, name: str, dataset: dict[str, Any], source: str) -> dict[str, Any]:
    amount, unit = measure_of(dataset.get("per", "1 kg"))
    row: dict[str, Any] = {
        "id": identity,
        "name_en": f"{identity} ({name})",
        "name_zh": identity,
        "unit": unit,
        "ref_amount": amount,
        "location": dataset.get("location", "GLO"),
        "year": 2025,
        "kind": "unit_process",
        "activity": "transformation",
        "boundary": "cradle-to-gate",
        "source": source,
        "locator": "made up",
    }
    for key, column in (
        ("density", "density_kg_per_l"),
        ("grammage", "grammage_kg_per_m2"),
        ("mass", "mass_kg_per_unit"),
    ):
        if key in dataset:
            row[column] = measure_of(dataset[key])[0]
    return row


def _exchange(
    dataset: str, kind: str, name: str, amount: float, unit: str, source: str
) -> dict[str, Any]:
    row = {"dataset": dataset, "type": kind, "input": name, "amount": repr(amount), "unit": unit}
    return row | {"source": source, "locator": "made up"}


def _exchanges(
    case: Vector, name: str, dataset: dict[str, Any], source: str
) -> list[dict[str, Any]]:
    rows = []
    for key, kind, sign in (
        ("needs", "technosphere", 1.0),
        ("avoids", "technosphere", -1.0),
        ("emits", "biosphere", 1.0),
    ):
        for other, text in dataset.get(key, {}).items():
            for part in text if isinstance(text, list) else [text]:
                amount, unit = measure_of(part)
                target = other if kind == "biosphere" else case.local(other)
                rows.append(_exchange(case.local(name), kind, target, sign * amount, unit, source))
    return rows


def _market(case: Vector, name: str, grid: dict[str, Any], source: str) -> dict[str, Any]:
    techs = "coal gas oil nuclear hydro wind solar bioenergy other_renewables".split()
    shares = {tech: value_of(grid["shares"].get(tech, 0)) for tech in techs}
    return {
        "dataset": case.local(name),
        "name_en": case.local(name),
        "name_zh": case.local(name),
        "location": grid.get("location", "GLO"),
        "year": 2025,
        **shares,
        "technologies": case.local(name),
        "loss": value_of(grid.get("loss", 0)),
        "delivery": case.local(grid["delivery"]) if "delivery" in grid else "",
        "source": source,
        "locator": "made up",
    }


def _technologies(case: Vector, name: str, grid: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"set": case.local(name), "technology": tech, "dataset": case.local(plant)}
        for tech, plant in grid["plants"].items()
    ]

"""A vector as JSON for any engine: all arithmetic done, all names local, nothing to look up."""

from __future__ import annotations

from typing import Any

from footprint.inventory.model import GWP_SETS
from footprint.vectors.arithmetic import measure_of, value_of
from footprint.vectors.read import Vector, common

FORM = "footprint-vector/1"
#: An engine meets a number that agrees with its closed form to this share of it.
TOLERANCE = 1e-9


def question(case: Vector) -> dict[str, Any]:
    """What an engine is asked: everything of a vector but the answers (form: README.md)."""
    return {
        "form": FORM,
        "id": case.id,
        "title": case.title,
        "title_zh": case.title_zh,
        "why": case.why,
        "gwp_set": case.gwp,
        "electricity": case.electricity,
        "gases": {name: _gas(gas) for name, gas in common()["gases"].items()},
        "freight_kg_co2_per_tkm": common()["freight kg CO2 per tonne-kilometre"],
        "datasets": {name: _dataset(dataset) for name, dataset in case.datasets.items()},
        "grids": {name: _grid(grid) for name, grid in case.grids.items()},
        "product": dict(case.product),
        "lines": list(_lines(case.table)),
        "supplier_documents": case.documents,
        "site": case.site,
    }


def expected_values(case: Vector) -> dict[str, Any]:
    """What must come out: by name the closed form, and its value."""
    return {
        name: {"closed_form": str(formula), "value": value_of(formula)}
        for name, formula in case.expect.items()
    }


def _gas(gas: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": gas["name"],
        "formula": gas["formula"],
        "part": gas["part"],
        "aircraft": bool(gas.get("aircraft", False)),
        "kg_co2e_per_kg": {name: float(gas[name]) for name in GWP_SETS if name in gas},
    }


def _dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    amount, unit = measure_of(dataset.get("per", "1 kg"))
    properties: dict[str, Any] = {}
    for key in ("density", "grammage", "mass"):
        if key in dataset:
            properties[key] = measure_of(dataset[key])[0]
    return {
        "per": {"amount": amount, "unit": unit},
        "inputs": [
            *_amounts("dataset", dataset.get("needs", {}), 1.0),
            *_amounts("dataset", dataset.get("avoids", {}), -1.0),
        ],
        "emissions": list(_amounts("gas", dataset.get("emits", {}), 1.0)),
        **properties,
    }


def _amounts(kind: str, entries: dict[str, Any], sign: float) -> list[dict[str, Any]]:
    found = []
    for name, text in entries.items():
        for part in text if isinstance(text, list) else [text]:
            amount, unit = measure_of(part)
            found.append({kind: name, "amount": sign * amount, "unit": unit})
    return found


def _grid(grid: dict[str, Any]) -> dict[str, Any]:
    return {
        "shares": {name: value_of(share) for name, share in grid["shares"].items()},
        "plants": grid["plants"],
        "loss": value_of(grid.get("loss", 0)),
        "delivery": grid.get("delivery"),
    }


def _lines(table: str) -> list[dict[str, str]]:
    """The rows of the bill of materials by column, as text; empty cells are left out."""
    rows = [[cell.strip() for cell in row.split("|")] for row in table.splitlines() if row]
    return [
        {name: cell for name, cell in zip(rows[0], row, strict=False) if cell} for row in rows[1:]
    ]

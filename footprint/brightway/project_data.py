"""What a Brightway project of ours holds, as plain data: flows, activities, products, methods.

Names, units and uncertainty fields are those of Brightway (bw2data's activity and exchange
datasets, stats_arrays' distributions): a project is for people who work there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from footprint.analysis.supply import inside, names_dataset, names_gas
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, GWP_SETS, SPLIT
from footprint.uncertainty.spread import (
    BETA_PERT,
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNIFORM,
    spread_of,
)
from footprint.values.result import Contribution, Footprint

FLOWS = "footprint-flows"
BACKGROUND = "footprint-background"
PRODUCT = "footprint-product"
#: Brightway's words for our units (bw2io, "normalized units"); others keep ours.
UNITS = {
    "kg": "kilogram",
    "kWh": "kilowatt hour",
    "MJ": "megajoule",
    "m3": "cubic meter",
    "m2": "square meter",
    "l": "litre",
    "m": "meter",
    "tkm": "ton kilometer",
    "vkm": "vehicle kilometer",
    "piece": "unit",
    "hour": "hour",
}
#: stats_arrays: 0 undefined, 2 lognormal, 4 uniform, 5 triangular.
_FIXED, _LOGNORMAL, _NORMAL, _UNIFORM, _TRIANGULAR, _PERT = 0, 2, 3, 4, 5, 13
_FIGURES = (
    *("amount", "gsd2", "minimum", "maximum", "pedigree"),
    *("distribution", "centre", "sd"),
)


def project_data(inventory: CompiledInventory, footprint: Footprint | None) -> dict[str, Any]:
    """Flows, activities, methods, and the product if there is one, as `project_process` takes
    them. A key of an activity or a flow is [database, code]."""
    document = inventory.document()
    activities = [
        _activity(name, dataset, document["sources"])
        for name, dataset in sorted(document["datasets"].items())
    ]
    product = [] if footprint is None else list(_product(footprint, inventory))
    return {
        "flows": [_flow(name, flow) for name, flow in sorted(document["flows"].items())],
        "activities": activities,
        "product": product,
        "methods": list(_methods(document)),
        "about": {"inventory": inventory.hash},
    }


def _flow(name: str, flow: dict[str, Any]) -> dict[str, Any]:
    taken = flow["category"] == "biogenic_uptake"
    return {
        "code": name,
        "name": flow["name_en"],
        "name_zh": flow["name_zh"],
        "unit": "kilogram",
        "type": "natural resource" if taken else "emission",
        "categories": ["natural resource", "in air"] if taken else ["air"],
        "CAS number": flow.get("cas", ""),
        "formula": flow.get("formula", ""),
    }


def _activity(name: str, dataset: dict[str, Any], sources: dict[str, Any]) -> dict[str, Any]:
    source = sources[dataset["source"]]
    comment = (dataset["comment"], f"Source: {source['citation']} ({source['licence']})")
    made = {
        "type": "production",
        "input": [BACKGROUND, name],
        "amount": 1.0,
        "uncertainty type": _FIXED,
        "loc": 1.0,
    }
    return {
        "code": name,
        "name": dataset["name_en"],
        "name_zh": dataset["name_zh"],
        "reference product": dataset["name_en"],
        "unit": UNITS.get(dataset["unit"], dataset["unit"]),
        "location": dataset["location"],
        "year": dataset["year"],
        "type": "process",
        "comment": "\n".join(part for part in comment if part),
        "exchanges": [made, *map(_exchange, dataset["exchanges"])],
    }


def _exchange(exchange: dict[str, Any]) -> dict[str, Any]:
    database = FLOWS if exchange["kind"] == "biosphere" else BACKGROUND
    figures = [exchange[key] for key in _FIGURES]
    return {
        "type": exchange["kind"],
        "input": [database, exchange["input"]],
        "amount": exchange["amount"],
        "comment": f"{exchange['source']}, {exchange['locator']}. {exchange['comment']}".strip(),
        **uncertainty_fields(*figures),
    }


def uncertainty_fields(
    amount: float,
    gsd2: float | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    pedigree: Iterable[int] = (),
    distribution: str = "",
    centre: float | None = None,
    sd: float | None = None,
) -> dict[str, Any]:
    """Fields of stats_arrays for a figure: the distribution that our own draws use (`spread_of`).

    A lognormal has the logarithm of the amount as `loc` and `negative` for its sign.
    """
    kind, first, second, middle = spread_of(
        amount, gsd2, minimum, maximum, tuple(pedigree), distribution, centre, sd
    )
    if kind == LOGNORMAL and first > 0.0 and middle:
        logarithm = math.log(abs(middle))
        found = {"uncertainty type": _LOGNORMAL, "loc": logarithm, "scale": first}
        return found | {"negative": amount < 0.0}
    if kind == TRIANGULAR:
        found = {"uncertainty type": _TRIANGULAR, "loc": middle}
        return found | {"minimum": first, "maximum": second}
    if kind == UNIFORM:
        return {"uncertainty type": _UNIFORM, "loc": amount, "minimum": first, "maximum": second}
    if kind == NORMAL:
        return {"uncertainty type": _NORMAL, "loc": middle, "scale": first}
    if kind == BETA_PERT:
        found = {"uncertainty type": _PERT, "loc": middle}
        return found | {"minimum": first, "maximum": second}
    return {"uncertainty type": _FIXED, "loc": amount}


def _methods(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The total and each part under every GWP set: 100 years, kg CO2e per kg."""
    counted = {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}
    parts = {part: {part} for part in SPLIT}
    for gwp_set in GWP_SETS:
        gwp = document["gwp"][gwp_set]
        chosen = {"total without biogenic CO2": counted, **parts}
        for title, categories in chosen.items():
            factors = [
                [name, gwp[name]]
                for name, flow in sorted(document["flows"].items())
                if name in gwp and flow["category"] in categories
            ]
            if factors:
                name = ["footprint", f"IPCC {gwp_set} GWP100", title.replace("_", " ")]
                yield {"name": name, "unit": "kg CO2e", "factors": factors}


def _product(footprint: Footprint, inventory: CompiledInventory) -> Iterator[dict[str, Any]]:
    """The product as an activity of its own, and each supplier's document as one that emits what
    the document states."""
    product, unit = footprint.product, footprint.declared_unit
    exchanges: list[dict[str, Any]] = [
        {"type": "production", "input": [PRODUCT, "product"], "amount": unit.amount}
    ]
    for number, item in enumerate(inside(footprint), start=1):
        if names_dataset(item, inventory):
            exchanges.append(_line(item, "technosphere", BACKGROUND, item.dataset))
        elif names_gas(item, inventory):
            exchanges.append(_line(item, "biosphere", FLOWS, item.dataset))
        else:
            code = f"supplier-{number}"
            yield _document(code, item, footprint.gwp_set)
            exchanges.append(_line(item, "technosphere", PRODUCT, code))
    yield {
        "code": "product",
        "name": product.name,
        "name_zh": product.name_zh,
        "reference product": product.name,
        "unit": UNITS.get(unit.unit, unit.unit),
        "location": product.country or "GLO",
        "type": "process",
        "comment": f"{footprint.boundary}; lines read {footprint.provenance.bom}",
        "exchanges": exchanges,
    }


def _line(item: Contribution, kind: str, database: str, code: str) -> dict[str, Any]:
    """An exchange of the product: all of the line, per declared amount of the product."""
    comment = f"Row {item.row}: {item.name} ({item.stage})"
    amount = item.quantity
    return {"type": kind, "input": [database, code], "amount": amount, "comment": comment}


def _document(code: str, item: Contribution, gwp_set: str) -> dict[str, Any]:
    """A supplier's document: per unit, CO2e by part, as published under the product's GWP set."""
    values = zip(SPLIT, item.parts, strict=False)
    emissions = [
        {
            "type": "biosphere",
            "input": [FLOWS, f"co2e:{gwp_set}" + ("" if part == "fossil" else f":{part}")],
            "amount": value / item.quantity if item.quantity else 0.0,
        }
        for part, value in values
        if value
    ]
    return {
        "code": code,
        "name": item.dataset_name,
        "reference product": item.dataset_name,
        "unit": UNITS.get(item.unit, item.unit),
        "location": "GLO",
        "type": "process",
        "comment": "A supplier's footprint, as its document states it",
        "exchanges": [{"type": "production", "input": [PRODUCT, code], "amount": 1.0}, *emissions],
    }

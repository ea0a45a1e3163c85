"""An engine in sixty lines, to show how one is put to the test vectors. Needs NumPy only.

    footprint vectors run --engine "python examples/vector_engine.py"

It reads one vector as JSON, solves the inventory, adds up the lines, and prints kg CO2e as JSON.
What it has not learned (grids, transport, assemblies, other units ...) it says is unsupported.
"""

import json
import sys

import numpy as np

KNOWN_COLUMNS = {"id", "name", "quantity", "unit", "dataset", "stage", "loss"}
TOTAL = ("fossil", "biogenic non co2", "land use change", "land management")


class Unsupported(Exception):
    """Something that this engine has not learned."""


def need(condition: bool, what: str) -> None:
    """Raise `Unsupported` unless the condition holds."""
    if not condition:
        raise Unsupported(what)


def emissions(dataset: dict, gases: dict, gwp_set: str, part: str) -> float:
    """kg CO2e of one part that a dataset emits itself, for what it makes."""
    total = 0.0
    for entry in dataset["emissions"]:
        need(entry["gas"] in gases and entry["unit"] == "kg", "emissions in other units")
        gas = gases[entry["gas"]]
        if gas["part"] == part:
            total += entry["amount"] * gas["kg_co2e_per_kg"][gwp_set]
    return total


def answer(vector: dict) -> dict:
    """The footprint of a vector's product: the total, and its parts."""
    need(not vector["grids"] and not vector["site"], "grids and site data")
    need(set(vector["product"]) <= {"declared_unit"}, "product facts")
    datasets = vector["datasets"]
    names = list(datasets)
    technosphere = np.zeros((len(names), len(names)))
    for column, name in enumerate(names):
        technosphere[column, column] += datasets[name]["per"]["amount"]
        for entry in datasets[name]["inputs"]:
            need(entry["unit"] == datasets[entry["dataset"]]["per"]["unit"], "other units")
            technosphere[names.index(entry["dataset"]), column] -= entry["amount"]
    demand = np.zeros(len(names))
    for line in vector["lines"]:
        need(set(line) <= KNOWN_COLUMNS, f"columns {sorted(set(line) - KNOWN_COLUMNS)}")
        need(line.get("dataset") in datasets, "lines without a dataset of the vector")
        need(line["unit"] == datasets[line["dataset"]]["per"]["unit"], "other units")
        need(line.get("stage", "material") in {"material", "production"}, "stages beyond the gate")
        text = line.get("loss", "0")
        loss = float(text.rstrip("% ")) / (100 if "%" in text else 1)
        demand[names.index(line["dataset"])] += float(line["quantity"]) / (1 - loss)
    supply = np.linalg.solve(technosphere, demand)
    parts = {
        part: sum(
            supply[at] * emissions(datasets[name], vector["gases"], vector["gwp_set"], part)
            for at, name in enumerate(names)
        )
        for part in (*TOTAL, "biogenic uptake", "biogenic emission")
    }
    total = sum(parts[part] for part in TOTAL)
    carbon = parts["biogenic uptake"] + parts["biogenic emission"]
    return {**parts, "total": total, "total with biogenic CO2": total + carbon}


if __name__ == "__main__":
    try:
        print(json.dumps(answer(json.load(sys.stdin))))
    except Unsupported as reason:
        print(json.dumps({"unsupported": str(reason)}))

"""Test vectors as values: read the YAML files, put all inventories into one, make files of BOMs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from vector_arithmetic import measure_of, value_of

from footprint.bom.model import Bom
from footprint.bom.read import read_bom_bytes

HERE = Path(__file__).parent
#: What a transport mode of a BOM stands for in this product; other programs have their own names.
MODES = {
    "road": "freight-road-hgv-average-gb",
    "rail": "freight-rail-gb",
    "sea": "freight-sea-container-glo",
    "air": "freight-air-longhaul-glo",
}
CASE_KEYS = {"title", "zh", "why", "inventory", "grids", "product", "gwp", "bom", "expect"}
CASE_KEYS |= {"says", "electricity", "site", "documents"}
DATASET_KEYS = {"per", "needs", "avoids", "emits", "density", "grammage", "mass", "location"}


@dataclass(frozen=True)
class Case:
    """One vector: a tiny inventory, a BOM, and what must come out, with its arithmetic."""

    id: str
    title: str
    datasets: dict[str, dict[str, Any]]
    grids: dict[str, dict[str, Any]]
    product: dict[str, str]
    gwp: str
    table: str
    expect: dict[str, str | float]
    says: dict[str, str]
    electricity: Literal["location", "market"] = "location"
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    site: dict[str, Any] | None = None

    def local(self, name: str) -> str:
        """The id of one of the case's own datasets in the inventory of all cases."""
        own = name in self.datasets or name in self.grids
        # Letters only: a leg's mode ends where the first digit, its distance, begins.
        digits = str.maketrans("0123456789", "abcdefghij")
        return f"{self.id.translate(digits)}-{name}" if own else MODES.get(name, name)

    def bom(self) -> Bom:
        """The bill of materials, through our own reader, as a TSV file."""
        rows = [[cell.strip() for cell in row.split("|")] for row in self.table.splitlines() if row]
        links = [at for at, name in enumerate(rows[0]) if name in {"dataset", "recycled_dataset"}]
        for row in rows[1:]:
            for at in links:
                row[at] = self.local(row[at])
            row[:] = [self._in_text(cell) for cell in row]
        facts = {"name": self.title, **self.product}
        lines = [f"# {key}: {value}" for key, value in facts.items()]
        lines += ["\t".join(row) for row in rows]
        site = None if self.site is None else json.dumps(self._site(self.site)).encode()
        return read_bom_bytes(
            "\n".join(lines).encode(),
            f"{self.id}.tsv",
            documents={name: pact_document(facts) for name, facts in self.documents.items()},
            site=site,
        )

    def _site(self, site: dict[str, Any]) -> dict[str, Any]:
        """Site data with the datasets of this case; JSON is YAML."""
        flows = [{**flow, "dataset": self.local(flow["dataset"])} for flow in site["flows"]]
        return {**site, "flows": flows}

    def _in_text(self, cell: str) -> str:
        """Datasets that are named inside a longer cell, such as shares of a contract."""
        for name in (*self.datasets, *self.grids):
            cell = re.sub(rf"@{re.escape(name)}(?![\w-])", self.local(name), cell)
        return cell


def pact_document(facts: dict[str, Any]) -> bytes:
    """A supplier's PACT v3 ProductFootprint, from the short form of the vectors."""
    names = {
        "fossil": "fossilGhgEmissions",
        "biogenic non co2": "biogenicNonCO2Emissions",
        "land use change": "landUseChangeGhgEmissions",
        "land management": "landManagementBiogenicCO2Emissions",
        "aircraft": "aircraftGhgEmissions",
    }
    excluding = sum(Decimal(str(facts.get(name, 0))) for name in list(names)[:4])
    uptake = Decimal(str(facts.get("biogenic uptake", 0)))
    pcf: dict[str, Any] = {
        "declaredUnitOfMeasurement": facts["unit"],
        "declaredUnitAmount": str(facts.get("amount", 1)),
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2025-12-31T00:00:00Z",
        "pcfExcludingBiogenicUptake": str(excluding),
        "pcfIncludingBiogenicUptake": str(excluding + uptake),
        "biogenicCO2Uptake": str(uptake),
        "ipccCharacterizationFactors": facts.get("gwp", ["AR6"]),
    }
    pcf |= {key: str(facts[name]) for name, key in names.items() if name in facts}
    if "mass" in facts:
        pcf["productMassPerDeclaredUnit"] = str(facts["mass"])
    if "primary data share" in facts:
        pcf["primaryDataShare"] = str(facts["primary data share"])
    document = {"id": "vector", "specVersion": "3.0.3", "companyName": "Supplier", "pcf": pcf}
    return json.dumps(document | {"productNameCompany": "Part", "status": "Active"}).encode()


@cache
def common() -> dict[str, Any]:
    """Gases with their potentials, and freight, shared by all cases."""
    document: dict[str, Any] = yaml.safe_load((HERE / "common.yaml").read_text("utf-8"))
    return document


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every file. Unknown keys are refused: a typo must not weaken a vector."""
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        if path.name == "common.yaml":
            continue
        document = yaml.safe_load(path.read_text("utf-8"))
        for number, case in enumerate(document["cases"], start=1):
            unknown = set(case) - CASE_KEYS
            unknown |= {
                key for d in case.get("inventory", {}).values() for key in set(d) - DATASET_KEYS
            }
            assert not unknown, (path.name, case["title"], unknown)
            found.append(
                Case(
                    id=f"{path.stem.replace('_', '-')}-{number}",
                    title=case["title"],
                    datasets=case.get("inventory", {}),
                    grids=case.get("grids", {}),
                    product=case.get("product", {}),
                    gwp=case.get("gwp", "AR6"),
                    table=case["bom"],
                    expect=case["expect"],
                    says=case.get("says", {}),
                    electricity=case.get("electricity", "location"),
                    documents=case.get("documents", {}),
                    site=case.get("site"),
                )
            )
    return tuple(found)


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
        "url": "tests/vectors",
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


def _exchanges(case: Case, name: str, dataset: dict[str, Any], source: str) -> list[dict[str, Any]]:
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


def _market(case: Case, name: str, grid: dict[str, Any], source: str) -> dict[str, Any]:
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


def _technologies(case: Case, name: str, grid: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"set": case.local(name), "technology": tech, "dataset": case.local(plant)}
        for tech, plant in grid["plants"].items()
    ]

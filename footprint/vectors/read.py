"""Test vectors as values: the YAML files, and the bill of materials of a case."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from footprint.bom.read import read_bom_bytes
from footprint.shipped_yaml import shipped_yaml
from footprint.values.bom import Bom

HERE = files("footprint.vectors") / "cases"
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
class Vector:
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
    title_zh: str = ""
    why: str = ""

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
            documents={name: short_pact_document(facts) for name, facts in self.documents.items()},
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


def short_pact_document(facts: dict[str, Any]) -> bytes:
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
    document: dict[str, Any] = shipped_yaml("footprint.vectors", "cases", "common.yaml")
    return document


@cache
def cases() -> tuple[Vector, ...]:
    """Every case of every file. Unknown keys are refused: a typo must not weaken a vector."""
    found = []
    for path in sorted(HERE.iterdir(), key=lambda path: path.name):
        if path.name == "common.yaml" or not path.name.endswith(".yaml"):
            continue
        document = shipped_yaml("footprint.vectors", "cases", path.name)
        for number, case in enumerate(document["cases"], start=1):
            unknown = set(case) - CASE_KEYS
            unknown |= {
                key for d in case.get("inventory", {}).values() for key in set(d) - DATASET_KEYS
            }
            if unknown:
                raise ValueError(f"{path.name}, {case['title']!r}: unknown keys {sorted(unknown)}")
            found.append(
                Vector(
                    id=f"{path.name.removesuffix('.yaml').replace('_', '-')}-{number}",
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
                    title_zh=case.get("zh", ""),
                    why=case.get("why", ""),
                )
            )
    return tuple(found)

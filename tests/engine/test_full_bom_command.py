"""The command line with everything that may stand beside a table."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import forked
import yaml
from test_plausibility import SITE
from test_supplier_footprints import pact

TABLE = """# name: Set
# mass: 1 kg
# country: CN
# reference_period: 2025
name,quantity,unit,dataset,stage,supplier_pcf,contract
Coil,1,kg,,,coil.json,
Power,2,kWh,electricity-grid-cn,production,,electricity-wind-cn 60 %; electricity-grid-cn 40 %
"""


def run(cache: Path, *arguments: str) -> Any:
    variables = {**os.environ, "FOOTPRINT_CACHE": str(cache)}
    done = forked.footprint([*arguments, "--format", "json"], variables)
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_documents_site_data_and_contracts_are_found_beside_the_table(
    cache: Path, tmp_path: Path
) -> None:
    table = tmp_path / "set.csv"
    table.write_text(TABLE)
    (tmp_path / "coil.json").write_text(json.dumps(pact()))
    site = SITE | {"flows": [{"name": "Gas", "quantity": 9, "unit": "m3",
                              "dataset": "natural-gas-burned-gb"}]}  # fmt: skip
    (tmp_path / "set.site.yaml").write_text(yaml.safe_dump(site))
    location = run(cache, "calculate", str(table))
    market = run(cache, "calculate", str(table), "--electricity", "market")
    assert [c["matched_by"] for c in location["contributions"]] == ["supplier", "id", "id"]
    assert location["electricity"] | {"basis": "market"} == market["electricity"]
    key = "excluding_biogenic_uptake_kg_co2e"
    assert market["totals"][key] == market["electricity"]["market_based_kg_co2e"]
    assert market["totals"][key] < location["totals"][key]
    assert location["allocation"]["share"] == 0.5
    codes = [warning["code"] for warning in run(cache, "check", str(table))["warnings"]]
    assert {"LNT-009", "LNT-011"} <= set(codes)


def test_a_missing_document_is_refused_with_its_cell(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "set.csv").write_text(TABLE)
    (problem,) = run(cache, "calculate", str(tmp_path / "set.csv"))["problems"]
    assert (problem["code"], problem["row"], problem["column"]) == ("BOM-029", 6, "supplier_pcf")

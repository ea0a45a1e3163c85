"""Tables of results as a whole, and what changed between two of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from catalogue_tables import rows_of, table_of
from typer.testing import CliRunner

from footprint.catalogue.differ import difference, told_difference
from footprint.catalogue.keys import Keys
from footprint.catalogue.part import PartResults, run_part
from footprint.catalogue.summary import STAGES, TOTAL, catalogue_summary
from footprint.cli.main import application
from footprint.inventory.compiled import CompiledInventory


@pytest.fixture(scope="module")
def rows(inventory: CompiledInventory) -> list[dict[str, Any]]:
    return rows_of(inventory, 80, 21, dirty=0.1)


@pytest.fixture(scope="module")
def part(inventory: CompiledInventory, rows: list[dict[str, Any]]) -> PartResults:
    return run_part(table_of(rows), 2, Keys(inventory, "AR6"))


def test_a_summary_adds_up(part: PartResults) -> None:
    found = catalogue_summary(part.results, part.refused)
    totals = part.results.column(TOTAL).to_pylist()
    assert found.products == len(totals) == sum(one.products for one in found.totals)
    assert found.products == sum(found.completeness.values())
    inside = [name for name in STAGES if name != "outbound_logistics"]
    whole = sum(found.stages_kg_co2e[name] for name in inside)
    assert whole == pytest.approx(sum(totals), rel=1e-9)
    spread = found.spreads[0]
    assert (spread.least, spread.most) == (min(totals), max(totals))
    assert sum(found.refused.values()) >= len(set(part.refused.column("product").to_pylist()))
    said = [row["warnings"].split() for row in part.results.to_pylist()]
    for code, count in found.warnings.items():
        assert count == sum(code in codes for codes in said)
    assert found.warnings
    best = max(found.hot_spots, key=lambda one: one.kg_co2e)
    assert found.hot_spots[0] == best


def test_nothing_has_a_summary(part: PartResults) -> None:
    found = catalogue_summary(part.results.slice(0, 0))
    assert (found.products, found.totals, found.hot_spots) == (0, (), ())


def test_a_change_of_one_line_is_told(
    inventory: CompiledInventory, rows: list[dict[str, Any]], part: PartResults
) -> None:
    done = part.results.column("product").to_pylist()
    changed, gone = done[0], done[1]
    later = [
        row | {"quantity": 2 * row["quantity"] + 1} if row["product"] == changed else row
        for row in rows
        if row["product"] != gone
    ]
    new = run_part(table_of(later), 2, Keys(inventory, "AR6")).results
    table = difference(part.results, new, part.results)
    by_product = {row["product"]: row for row in table.to_pylist()}
    assert by_product[gone]["status"] == "removed"
    assert by_product[gone]["change_kg_co2e"] is None
    one = by_product[changed]
    assert one["change_kg_co2e"] == one["new_kg_co2e"] - one["old_kg_co2e"] != 0.0
    assert one["from_data_kg_co2e"] == 0.0
    assert one["from_lines_kg_co2e"] == one["change_kg_co2e"]
    told = told_difference(table)
    assert told["unchanged"] == len(done) - 2
    assert told["products"] == {"both": len(done) - 1, "added": 0, "removed": 1}
    named = [row["product"] for row in told["rose_most"] + told["fell_most"]]
    assert named == [changed]


def test_other_data_alone_are_told_apart_from_lines(
    inventory: CompiledInventory, rows: list[dict[str, Any]], part: PartResults
) -> None:
    under_ar5 = run_part(table_of(rows), 2, Keys(inventory, "AR5")).results
    told = told_difference(difference(part.results, under_ar5, under_ar5))
    change = told["new_kg_co2e"] - told["old_kg_co2e"]
    assert told["from_data_kg_co2e"] == pytest.approx(change, rel=1e-9)
    assert told["from_lines_kg_co2e"] == 0.0


def test_commands_write_tables_and_pictures(part: PartResults, tmp_path: Path) -> None:
    results = tmp_path / "r.parquet"
    pq.write_table(part.results, results)
    pq.write_table(part.refused, tmp_path / "r.refused.parquet")
    folder = tmp_path / "summary"
    runner = CliRunner()
    done = runner.invoke(application(), ["catalogue", "summary", str(results), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    document = json.loads((folder / "summary.json").read_text("utf-8"))
    assert document["products"] == part.results.num_rows
    for name in ("totals", "stages", "hot_spots", "warnings"):
        picture = ET.fromstring((folder / f"{name}.svg").read_text("utf-8"))  # noqa: S314  # ours
        assert picture.tag.endswith("svg")
    with (folder / "stages_kg_co2e.csv").open(encoding="utf-8") as file:
        stages = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}
    assert stages == document["stages_kg_co2e"]
    asked = ["catalogue", "diff", str(results), str(results), "--format", "json"]
    told = json.loads(runner.invoke(application(), asked).stdout)
    assert told["unchanged"] == part.results.num_rows


@pytest.mark.parametrize("command", ["summary", "diff"])
def test_what_is_no_table_of_results_is_refused(tmp_path: Path, command: str) -> None:
    path = tmp_path / "x.parquet"
    path.write_text("no table")
    arguments = [str(path)] * (2 if command == "diff" else 1)
    done = CliRunner().invoke(application(), ["catalogue", command, *arguments])
    assert done.exit_code != 0

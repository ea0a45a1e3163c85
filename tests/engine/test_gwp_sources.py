"""Every result names the tables of the global warming potentials it was made with."""

from __future__ import annotations

import csv
import re

import pytest
from toy_boms import bom, footprint, row
from toy_inventory import toy_inventory

from footprint.bom.read import read_bom_bytes
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.gwp_sources import GWP_ADDRESSES, GWP_SOURCES
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import GWP_SETS
from footprint.inventory.shipped import shipped
from footprint.report.rows import source_rows
from footprint.values.result import GWP_SOURCE

METHANE = row("Leak", dataset="ch4-fossil", stage="direct_emission")


def printed_values() -> list[dict[str, str]]:
    """The rows of `gwp.csv` that a table of a report prints."""
    text = (shipped() / "ipcc" / "gwp.csv").read_text("utf-8")
    return [r for r in csv.DictReader(text.splitlines()) if "definition" not in r["locator"]]


@pytest.mark.parametrize("gwp_set", GWP_SETS)
def test_the_source_of_a_set_names_every_table_its_values_are_from(gwp_set: str) -> None:
    source = GWP_SOURCES[gwp_set]
    stated = {r["locator"] for r in printed_values() if r["set"] == gwp_set}
    tables = {found for text in stated for found in re.findall(r"Table ([\w.]+\w)", text)}
    assert tables
    assert tables <= set(source.tables)
    for table in source.tables:
        assert re.search(rf"Table {re.escape(table)}, pp?\. \w", source.citation), table
    assert source.edition == gwp_set.partition("-")[0]
    assert source.id.startswith(GWP_SOURCE)
    assert all(source.edition in text for text in stated)


@pytest.mark.parametrize("gwp_set", ["AR6", "AR5", "AR4"])
def test_a_line_of_methane_alone_names_its_table(gwp_set: str) -> None:
    result = calculate(bom(METHANE), toy_inventory(), gwp_set)
    named = footprint_document(result)["sources"]
    assert [one["id"] for one in named] == [f"ipcc-gwp100-{gwp_set.lower()}"]
    assert "Table" in named[0]["citation"]
    assert result.data_sources == ()


def test_the_tables_stand_behind_the_sources_of_the_data() -> None:
    result = footprint(METHANE, row(dataset="steel"))
    assert [source.id for source in result.sources] == ["toy", "ipcc-gwp100-ar6"]
    assert [source.id for source in result.data_sources] == ["toy"]


def test_a_report_prints_their_address(inventory: CompiledInventory) -> None:
    table = (
        b"# name: Valve\nname,quantity,unit,dataset,stage\nLeak,1,kg,ch4-fossil,direct_emission\n"
    )
    rows = source_rows(calculate(read_bom_bytes(table, "a.csv"), inventory), inventory)
    assert [(one.id, one.url) for one in rows] == [
        ("ipcc-gwp100-ar6", GWP_ADDRESSES["ipcc-gwp100-ar6"])
    ]

"""What is written in one form and read again is the same, in every form that exists."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from footprint.analysis.contributions import by_line
from footprint.analysis.document import lines_document, sankey_document, upstream_document
from footprint.analysis.export import csv_text
from footprint.analysis.sankey import sankey
from footprint.analysis.tables import AnalysisTable, lines_table
from footprint.analysis.upstream import by_upstream
from footprint.bom.read import read_bom, read_bom_bytes
from footprint.canonical import canonical_json
from footprint.documents.footprint import footprint_document
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.pact.model import ProductFootprint

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("biscuits.csv", "t-shirt.xlsx", "power-bank.csv")
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HEADER = ("id", "name", "quantity", "unit", "dataset", "loss", "transport", "note")

words = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=12)
rows = st.tuples(
    words,
    words,
    # Five decimals: three may also be thousands, which a file must settle (BOM-008).
    st.integers(1, 10**10).map(lambda number: (10 * number + 1) / 100_000),
    st.sampled_from(["kg", "g", "t", "piece", "kWh", "l"]),
    st.sampled_from(["", "steel-rebar-cn"]),
    st.sampled_from(["", "5 %", "12.5 %"]),
    st.sampled_from(["", "road 300 km; sea 12000 km"]),
    words,
)


def as_csv(table: list[tuple[Any, ...]], separator: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows([HEADER, *table])
    return ("# name: Round trip\n" + buffer.getvalue()).encode()


def as_xlsx(table: list[tuple[Any, ...]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *table):
        sheet.append(list(row))
    book.create_sheet("product").append(["name", "Round trip"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@given(st.lists(rows, min_size=1, max_size=8, unique_by=lambda row: row[0]))
def test_one_table_in_every_format_is_one_bill_of_materials(table: list[tuple[Any, ...]]) -> None:
    """CSV in three separators and XLSX: the same lines, the same hash."""
    plain = read_bom_bytes(as_xlsx(table), "a.xlsx")
    for separator in ",;\t":
        other = read_bom_bytes(as_csv(table, separator), "a.csv")
        assert other.hash == plain.hash
        assert other.lines == tuple(_moved(line, 1) for line in plain.lines)


def _moved(line: Any, by: int) -> Any:
    return replace(line, row=line.row + by)  # the CSV file has its facts above the header


@pytest.mark.parametrize("name", NAMES)
def test_every_json_document_survives_being_written_and_read(
    name: str, inventory: CompiledInventory
) -> None:
    bom = read_bom(EXAMPLES / name)
    footprint = calculate(bom, inventory)
    documents = (
        footprint_document(footprint),
        lines_document(footprint, by_line(footprint, bom, 0.01), 0.01),
        upstream_document(footprint, by_upstream(footprint, inventory, 0.01)),
        sankey_document(footprint, sankey(footprint, bom, inventory, 0.01)),
    )
    for document in documents:
        again = json.loads(json.dumps(document, ensure_ascii=False, allow_nan=False))
        assert canonical_json(again) == canonical_json(document)
        assert footprint.total in {
            again.get("total_kg_co2e"),
            again.get("totals", {}).get("excluding_biogenic_uptake_kg_co2e"),
        }


@pytest.mark.parametrize("name", NAMES)
def test_a_csv_of_the_lines_gives_back_every_number(
    name: str, inventory: CompiledInventory
) -> None:
    footprint = calculate(read_bom(EXAMPLES / name), inventory)
    table: AnalysisTable = lines_table(footprint, "en")
    header, *body = csv.reader(io.StringIO(csv_text(table), newline=""))
    at = header.index("kg CO2e")
    assert [float(row[at]) for row in body] == [c.kg_co2e for c in footprint.contributions]


@pytest.mark.parametrize("name", NAMES)
def test_a_pact_document_is_what_its_model_reads_and_writes(
    name: str, inventory: CompiledInventory
) -> None:
    document = pact_document(calculate(read_bom(EXAMPLES / name), inventory), NOON)
    text = json.dumps(document)
    model = ProductFootprint.model_validate_json(text)
    assert model.model_dump(mode="json", by_alias=True, exclude_none=True) == document
    assert ProductFootprint.model_validate(json.loads(text)) == model


@pytest.mark.parametrize("name", NAMES)
def test_our_own_pact_document_as_a_supplier_gives_back_the_footprint(
    name: str, inventory: CompiledInventory
) -> None:
    """The buyer of one product takes over exactly what its maker calculated."""
    made = calculate(read_bom(EXAMPLES / name), inventory)
    document = json.dumps(pact_document(made, NOON)).encode()
    unit = made.declared_unit
    text = "# name: Buyer\n# reference_period: 2025\nname,quantity,unit,supplier_pcf\n"
    text += f"Bought,{unit.amount!r},{unit.unit},maker.json\n"
    bom = read_bom_bytes(text.encode(), "buyer.csv", documents={"maker.json": document})
    bought = calculate(bom, inventory)
    assert math.isclose(bought.total, made.total, rel_tol=1e-15)
    for part in ("fossil", "biogenic_non_co2", "land_use_change", "land_management", "aircraft"):
        one, other = getattr(bought.split, part), getattr(made.split, part)
        assert math.isclose(one, other, rel_tol=1e-15, abs_tol=1e-18), part

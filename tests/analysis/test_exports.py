"""Exports that a spreadsheet may open: complete, unrounded, safe, the same bytes each time."""

from __future__ import annotations

import csv
import io

import pytest
from analysis_samples import FRAME, bom_of
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from footprint.analysis.contributions import by_line
from footprint.analysis.export import csv_text, safe_text, xlsx_bytes
from footprint.analysis.tables import AnalysisTable, result_tables
from footprint.analysis.upstream import by_upstream
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "=HYPERLINK(1)")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def tables_of(inventory: CompiledInventory, *lines: str) -> tuple[AnalysisTable, ...]:
    bom = bom_of(*lines)
    footprint = calculate(bom, inventory)
    return result_tables(
        footprint, by_upstream(footprint, inventory), by_line(footprint, bom), "en"
    )


@pytest.mark.parametrize("text", EVIL)
def test_no_text_starts_a_formula(text: str) -> None:
    assert safe_text(text) == f"'{text}"
    (row,) = csv.reader(
        io.StringIO(csv_text(AnalysisTable("t", ("h",), ((text,),))).split("\r\n", 1)[1])
    )
    assert row[0].startswith("'")


@given(st.text())
def test_any_text_is_safe_in_both_formats(text: str) -> None:
    table = AnalysisTable("t", ("h",), ((text, 1.0),))
    cell = next(iter(load_workbook(io.BytesIO(xlsx_bytes([table]))).active.values))  # type: ignore[union-attr]
    assert cell == ("h",) or not str(cell[0] or "").startswith(STARTS)
    body = csv_text(table).split("\r\n", 1)[1]
    (row,) = csv.reader(io.StringIO(body, newline=""))
    assert not row[0].startswith(STARTS)


def test_negative_numbers_stay_numbers() -> None:
    table = AnalysisTable("t", ("a",), ((-1.5,), (None,), (3,)))
    assert csv_text(table) == 'a\r\n-1.5\r\n""\r\n3\r\n'
    sheet = load_workbook(io.BytesIO(xlsx_bytes([table]))).active
    assert sheet is not None
    assert [row[0] for row in sheet.values] == ["a", -1.5, None, 3]


def test_a_formula_in_a_bom_does_not_run_in_the_export(chained: CompiledInventory) -> None:
    header = "id,name,quantity,unit,dataset"
    bom = bom_of("x,\"+cmd|' /C calc'!A0\",1,kg,steel", header=header)
    footprint = calculate(bom, chained)
    tables = result_tables(
        footprint, by_upstream(footprint, chained), by_line(footprint, bom), "en"
    )
    book = load_workbook(io.BytesIO(xlsx_bytes(tables)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'+cmd") for cell in cells)
    assert "\n+cmd" not in csv_text(tables[1])
    assert ",+cmd" not in csv_text(tables[1])


def test_the_workbook_has_every_sheet_and_all_digits(chained: CompiledInventory) -> None:
    tables = tables_of(chained, *FRAME)
    book = load_workbook(io.BytesIO(xlsx_bytes(tables)))
    assert book.sheetnames == ["summary", "lines", "tree", "upstream", "sources", "warnings"]
    for table in tables:
        rows = [tuple(row) for row in book[table.name].values]
        assert rows[0] == table.header
        assert len(rows) == len(table.rows) + 1
        for got, wanted in zip(rows[1:], table.rows, strict=True):
            for one, other in zip(got, wanted, strict=True):
                # A workbook keeps 16 significant digits of the 17 that a float may need.
                near = isinstance(other, float) and one == pytest.approx(other, rel=1e-15)
                assert near or one == (other if other != "" else None)


def test_the_same_result_gives_the_same_bytes(chained: CompiledInventory) -> None:
    one, other = (xlsx_bytes(tables_of(chained, *FRAME)) for _ in range(2))
    assert one == other


def test_control_characters_do_not_break_a_workbook() -> None:
    data = xlsx_bytes([AnalysisTable("a:b/c", ("h",), (("bell\x07",),))])
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["a b c"]
    assert book["a b c"]["A2"].value == "bell\ufffd"


def test_headers_are_chinese_for_chinese_readers(chained: CompiledInventory) -> None:
    bom = bom_of(*FRAME)
    footprint = calculate(bom, chained)
    found, rows = by_upstream(footprint, chained), by_line(footprint, bom, 0.2)
    tables = result_tables(footprint, found, rows, "zh")
    assert [table.name for table in tables][:3] == ["摘要", "明细行", "层级汇总"]
    headers = {cell for table in tables for cell in table.header}
    assert not [header for header in headers if header.isascii()]
    assert any("低于截断值" in str(cell) for row in tables[2].rows for cell in row)

"""What is no table is named, with the export to make instead; what is hostile is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from sheet_files import archive, ods, raw_xlsx, xlsx

from footprint.faults import InputRefused, Problem
from footprint.sheets.limits import MAX_BYTES
from footprint.sheets.open import open_book

ROW = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>{}</sheetData></worksheet>"


def refusal(data: bytes) -> Problem:
    with pytest.raises(InputRefused) as refused:
        open_book(data, "parts")
    [problem] = refused.value.problems
    return problem


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"ISO-10303-21;\nHEADER;\n", "STEP"),
        (b'<?xml version="1.0"?>\n<export version="E">\n<design/></export>', "netlist"),
        (b'(export (version "E")\n (design))', "netlist"),
        (b"(kicad_sch (version 20250114))", "KiCad schematic"),
        (b'ECHO: "BOM", "M4x10", qty = 2\n', "OpenSCAD"),
        (b"WARNING: no viewport\nECHO: 1\n", "OpenSCAD"),
        (b"solid part\n  facet normal 0 0 1\n", "STL"),
        (b"\0" * 80 + (2).to_bytes(4, "little") + b"\0" * 100, "STL"),
        (b" " * 72 + b"S      1\r\n" + b" " * 72 + b"G      1\r\n", "IGES"),
        (b"  0\nSECTION\n  2\nHEADER\n", "DXF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        ('<?xml version="1.0" encoding="UTF-16"?><bom/>'.encode("utf-16"), "XML"),
        (b'[{"part": "bolt", "qty": 4}]', "JSON"),
        (archive({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "Word"),
        (archive({"Document.xml": "<a/>", "part.brp": "x"}), "FreeCAD"),
        (archive({"3D/3dmodel.model": "<a/>"}), "3MF"),
        (archive({"parts.csv": "a,b"}), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "CAD model"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_what_to_export(data: bytes, name: str) -> None:
    problem = refusal(data)
    assert problem.code == "BOM-032"
    assert name in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a" * (MAX_BYTES + 1), "BOM-024"),
        (archive({"xl/workbook.xml": b"\0" * 30_000_000}), "BOM-024"),
        (
            raw_xlsx(ROW.format("<row r='2000000000'><c r='A2000000000'><v>1</v></c></row>")),
            "BOM-024",
        ),
        (raw_xlsx(ROW.format("<row r='1048576'><c r='SF1048576'><v>1</v></c></row>")), "BOM-024"),
        (raw_xlsx(ROW.format("<row r='2'><c r='XFD2'><v>1</v></c></row>")), "BOM-024"),
        (raw_xlsx("<!DOCTYPE a [<!ENTITY b 'c'>]>" + ROW.format("")), "BOM-001"),
        (raw_xlsx(ROW.format("<row")), "BOM-001"),
        (archive({"xl/workbook.bin": "x"}), "BOM-001"),
        (archive({"xl/workbook.xml": "<a/>"})[:-30], "BOM-001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "BOM-001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99, "BOM-001"),
        (b"\x09\x08\x10\0\0\x06\x05\0", "BOM-001"),
    ],
)
def test_what_is_broken_or_too_large_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize(
    "repeats",
    ['table:number-columns-repeated="2000000000"', 'table:number-columns-repeated="501"',
     'table:number-columns-repeated="-1"'],
)  # fmt: skip
def test_an_ods_that_repeats_without_end_is_refused(repeats: str) -> None:
    cell = f'<table:table-cell {repeats} office:value-type="float" office:value="1"/>'
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    assert refusal(ods(table)).code == "BOM-024"


def test_values_repeated_over_all_rows_are_refused() -> None:
    many = 'table:number-columns-repeated="400"'
    cell = f'<table:table-cell {many} office:value-type="float" office:value="1"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert refusal(ods(f'<table:table table:name="a">{rows}</table:table>')).code == "BOM-024"


def test_a_member_that_unpacks_to_more_than_it_says_is_refused() -> None:
    """Readers differ in whether they trust the size that the archive states."""
    sheet = ROW.format("<row r='2'><c r='A2'><v>2</v></c></row>")
    data = bytearray(raw_xlsx(sheet))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        size = opened.getinfo("xl/worksheets/sheet1.xml").file_size
    stated = size.to_bytes(4, "little")
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 24 : at + 28] == stated:
            data[at + 24 : at + 28] = (size - 20).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 1)
    assert refusal(bytes(data)).code == "BOM-001"


def test_styled_cells_without_values_do_not_count_towards_the_size() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "part"
    sheet["ZZ9"].number_format = "0%"
    assert open_book(xlsx(book), "parts.xlsx").sheets[0].rows == [("part",)]


def test_a_web_page_saved_as_xls_is_read() -> None:
    page = (
        "<html><head><meta charset='utf-8'></head><body><table><tr><td>"
        "<table><tr><th colspan=2>Parts</th><th>Qty</th></tr>"
        "<tr><td rowspan=2>Bolt</td><td>M4<br>zinc</td><td>1,5</td></tr>"
        "<tr><td>M5</td><td>2</td></tr></table></td></tr></table><script>x</script></body></html>"
    )
    book = open_book(page.encode(), "export.xls")
    assert (book.kind, book.quirks) == ("xls", ("html_table",))
    assert book.sheets[0].rows == [
        ("Parts", None, "Qty"),
        ("Bolt", "M4 zinc", "1,5"),
        (None, "M5", "2"),
    ]
    assert book.sheets[0].merged == ((1, 1, 1, 2), (2, 1, 3, 1))

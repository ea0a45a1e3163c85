"""Workbooks that are no archive: XML Spreadsheet 2003, and web archives (MHTML)."""

from __future__ import annotations

import base64
from datetime import date, datetime

import pytest

from footprint.faults import InputRefused
from footprint.reading.read import read_table
from footprint.sheets.model import CellTraits
from footprint.sheets.open import open_book

_HEAD = (
    '<?xml version="1.0"{declared}?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
)


def workbook(body: str, declared: str = "") -> str:
    return _HEAD.format(declared=declared) + body + "</Workbook>"


def sheet(rows: str, name: str = "Parts", options: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet>'


def cell(value: object, kind: str = "String", more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<Row{more}>{''.join(cells)}</Row>"


def test_places_types_and_merged_cells_of_an_xml_spreadsheet() -> None:
    rows = (
        row(cell("Parts", more=' ss:MergeAcross="1"'), cell("Qty"))
        + row(cell("Bolt"), cell("2.5", "Number", ' ss:Index="3"'), more=' ss:Index="3"')
        + row(cell("1", "Boolean"), cell("2024-03-01T00:00:00.000", "DateTime"))
        + row(
            cell("2024-03-01T08:30:00.000", "DateTime"),
            cell("1899-12-31T08:30:00", "DateTime"),
            cell("4711", "Number"),
        )
    )
    book = open_book(workbook(sheet(rows)).encode(), "export.xls")
    assert (book.kind, book.sheets[0].name) == ("xls", "Parts")
    assert book.sheets[0].rows == [
        ("Parts", None, "Qty"),
        (),
        ("Bolt", None, 2.5),
        (True, date(2024, 3, 1)),
        (datetime.fromisoformat("2024-03-01T08:30"), "8:30:00", 4711),
    ]
    assert book.sheets[0].merged == ((1, 1, 1, 2),)


def test_what_styles_and_formulas_say_is_kept() -> None:
    styles = (
        '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="z"><NumberFormat ss:Format="00000"/></Style>'
        '<Style ss:ID="u"><NumberFormat ss:Format="0.0&quot; kg&quot;"/></Style>'
        '<Style ss:ID="n"><NumberFormat ss:Format="General Number"/></Style>'
        '<Style ss:ID="s"><Alignment ss:Indent="2"/><Font ss:StrikeThrough="1"/></Style></Styles>'
    )
    cells = (
        cell("0.05", "Number", ' ss:StyleID="p"'),
        cell("123", "Number", ' ss:StyleID="z"'),
        cell("1.5", "Number", ' ss:StyleID="u"'),
        cell("3", "Number", ' ss:StyleID="n" ss:Formula="=RC[-1]*2"'),
        cell("old", more=' ss:StyleID="s"'),
        cell("#REF!", "Error"),
    )
    found = open_book(workbook(styles + sheet(row(*cells))).encode(), "export.xml").sheets[0]
    assert found.rows == [(0.05, "00123", 1.5, 3, "old")]
    assert found.marks == {
        (1, 1): CellTraits("0.00%"),
        (1, 3): CellTraits('0.0" kg"'),
        (1, 4): CellTraits(formula="RC[-1]*2"),
        (1, 5): CellTraits(strike=True, indent=2),
        (1, 6): CellTraits(error="#REF!"),
    }


def test_comments_are_no_text_and_letters_in_bold_are() -> None:
    bold = (
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">Bolt '
        '<B>M4</B> <Font html:Size="8" xmlns:html="http://www.w3.org/TR/REC-html40">zinc</Font>'
        '</ss:Data><Comment ss:Author="x"><ss:Data><B>x:</B> ask him</ss:Data></Comment></Cell>'
    )
    found = open_book(workbook(sheet(row(bold, cell("2", "Number")))).encode(), "export.xls")
    assert found.sheets[0].rows == [("Bolt M4 zinc", 2)]


def test_hidden_rows_columns_and_sheets_are_known() -> None:
    rows = '<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>' + row(
        cell("a"), cell("b"), more=' ss:Hidden="1"'
    )
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    book = workbook(sheet(rows) + sheet(row(cell("c")), "Old", options))
    first, second = open_book(book.encode(), "export.xls").sheets
    assert (set(first.hidden_rows), set(first.hidden_columns)) == ({1}, {2, 3})
    assert not first.hidden
    assert second.hidden


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_xml_spreadsheet_in_any_encoding_is_a_list_of_parts(encoding: str) -> None:
    declared = f' encoding="{"ISO-8859-1" if encoding == "cp1252" else encoding}"'
    rows = row(cell("Bezeichnung"), cell("Menge"), cell("Gewicht (kg)")) + row(
        cell("Gehäuse für Lüfter"), cell("2", "Number"), cell("0.35", "Number")
    )
    reading = read_table(workbook(sheet(rows), declared).encode(encoding), "Stückliste.xls")
    assert [(line.name, line.quantity, line.mass_kg) for line in reading.lines] == [
        ("Gehäuse für Lüfter", 2.0, 0.7)
    ]


@pytest.mark.parametrize(
    "broken",
    [
        workbook(sheet(row(cell("a"))))[:-20],
        workbook(sheet(row(cell("a", more=' ss:Index="0"')))),
        workbook(sheet(row(cell("a", more=' ss:Index="x"')))),
        workbook(sheet(row(cell("2024-13-01T00:00:00", "DateTime")))),
    ],
)
def test_a_broken_xml_spreadsheet_is_refused(broken: str) -> None:
    with pytest.raises(InputRefused) as refused:
        open_book(broken.encode(), "export.xls")
    assert refused.value.problems[0].code == "BOM-001"


def test_cells_far_apart_are_too_many() -> None:
    far = workbook(sheet(row(cell("a", more=' ss:Index="400"'), more=' ss:Index="900000"')))
    with pytest.raises(InputRefused) as refused:
        open_book(far.encode(), "export.xls")
    assert refused.value.problems[0].code == "BOM-024"


def test_a_number_that_is_none_is_read_as_text() -> None:
    rows = row(cell("1,5", "Number"), cell("", "Number"), cell("2", "Number"))
    assert open_book(workbook(sheet(rows)).encode(), "x.xls").sheets[0].rows == [("1,5", None, 2)]


def archive(page: bytes, charset: str = "utf-8") -> bytes:
    """A web archive as SAP writes it: one page, its picture beside it."""
    text = base64.encodebytes(page).decode()
    return (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="====b===="\r\n\r\n--====b====\r\n'
        "Content-Location: file:///C:/x.htm\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Type: text/html; charset="{charset}"\r\n\r\n{text}\r\n--====b====\r\n'
        "Content-Location: file:///C:/a.png\r\nContent-Type: image/png\r\n\r\nx\r\n"
        "--====b====--\r\n"
    ).encode()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "no-such-charset"])
def test_the_table_of_a_web_archive_is_read(charset: str) -> None:
    page = (
        "<html><body><table><tr><th>Komponente</th><th>Menge</th><th>ME</th></tr>"
        "<tr><td>Gehäuse für Lüfter</td><td>2</td><td>ST</td></tr></table></body></html>"
    )
    data = page.encode("utf-8" if charset == "no-such-charset" else charset)
    reading = read_table(archive(data, charset), "export.xls")
    assert [(line.name, line.quantity, line.unit) for line in reading.lines] == [
        ("Gehäuse für Lüfter", 2.0, "piece")
    ]
    assert any(one.kind == "html_table" for one in reading.assumed)


def test_a_web_archive_without_a_table_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        open_book(archive(b"<html><body><p>nothing</p></body></html>"), "export.mht")
    assert refused.value.problems[0].code == "BOM-003"

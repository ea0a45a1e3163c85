"""XLSX, XLS and ODS: values, number formats, formulas, what is hidden, merged or struck out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from sheet_files import ods, raw_xlsx, xls, xlsx

from footprint.sheets.formats import telling, zero_padded
from footprint.sheets.model import CellTraits
from footprint.sheets.open import open_book

#: A cell has no time zone.
NOON = datetime.fromisoformat("2025-03-01T12:30:00")


def test_an_xlsx_keeps_its_rows_columns_types_and_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C4"], sheet["D4"], sheet["E4"] = "00123", 3, 0.25
    sheet["C5"], sheet["D5"], sheet["E5"] = "1E3", True, date(2025, 3, 1)
    sheet["C6"], sheet["D6"] = "3/4", NOON
    sheet["A8"] = "   indented"
    found = open_book(xlsx(book), "parts.xlsx")
    assert found.kind == "xlsx"
    assert found.sheets[0].rows == [
        *((), (), ()),
        (None, None, "00123", 3, 0.25),
        (None, None, "1E3", True, date(2025, 3, 1)),
        (None, None, "3/4", NOON),
        *((), ("   indented",)),
    ]
    assert isinstance(found.sheets[0].rows[3][3], int)


def test_number_formats_that_say_something_are_kept_and_no_others() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    codes = ['0.00" g"', "0%", '#,##0.00\\ "kg"', "0.0\\ \\m\\m", "@", "[$kg] 0.0", "0.00", "#,##0"]
    for column, code in enumerate(codes, start=1):
        sheet.cell(2, column, 0.5).number_format = code
    marks = open_book(xlsx(book), "parts.xlsx").sheets[0].marks
    assert marks == {(2, at): CellTraits(code) for at, code in enumerate(codes[:6], start=1)}


@pytest.mark.parametrize(
    "code",
    ["General", "0", "0.00", "#,##0.00", "0.00E+00", "# ?/?", "yyyy\\-mm\\-dd", "h:mm", "[Red]0.0",
     "#,##0_);(#,##0)", "d mmm yy", 'yyyy"年"m"月"d"日"', "00000"],
)  # fmt: skip
def test_a_plain_format_says_nothing(code: str) -> None:
    assert telling(code) == ""


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (123, "00000", "00123"), (123456, "000\\-000", "123-456"), (7, '"P-"000', "P-007"),
        (1234567, "00000", "1234567"), (0.5, "00000", None), (12, "0", None), (12, "0.00", None),
        (12, "#,##000", None), (-1, "000", None), (True, "000", None),
    ],
)  # fmt: skip
def test_a_number_padded_with_zeros_is_the_text_that_is_shown(
    value: float, code: str, text: str | None
) -> None:
    assert zero_padded(value, code) == text


def test_a_padded_part_number_is_text_in_every_kind_of_workbook() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = 123
    sheet["B2"].number_format = "00000"
    old = xlwt.Workbook()
    old.add_sheet("a").write(1, 1, 123, xlwt.easyxf(num_format_str="00000"))
    style = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="5" '
        'number:decimal-places="0"/></number:number-style><style:style style:name="c" '
        'style:family="table-cell" style:data-style-name="N1"/>'
    )
    table = (
        '<table:table table:name="a"><table:table-row/><table:table-row><table:table-cell/>'
        '<table:table-cell table:style-name="c" office:value-type="float" office:value="123"/>'
        "</table:table-row></table:table>"
    )
    for data in (xlsx(book), xls(old), ods(table, style)):
        assert open_book(data, "parts").sheets[0].rows == [(), (None, "00123")]


def test_formulas_have_their_stored_value_or_none() -> None:
    sheet = (
        "<worksheet><sheetData><row r='2'><c r='A2'><f>B2*2</f><v>8</v></c>"
        "<c r='B2'><f>C2</f></c><c r='C2' t='e'><f>1/0</f><v>#DIV/0!</v></c>"
        "<c r='D2' t='str'><f>IF(A2,&quot;&quot;)</f><v></v></c>"
        "<c r='E2'><f t='shared' si='0' ref='E2:E3'>A2+1</f><v>9</v></c></row>"
        "<row r='3'><c r='E3'><f t='shared' si='0'/><v>10</v></c></row></sheetData></worksheet>"
    )
    found = open_book(raw_xlsx(sheet), "parts.xlsx").sheets[0]
    assert found.rows[1:] == [(8, None, None, None, 9), (None, None, None, None, 10)]
    assert found.marks == {
        (2, 1): CellTraits(formula="B2*2"),
        (2, 2): CellTraits(formula="C2"),
        (2, 3): CellTraits(formula="1/0", error="#DIV/0!"),
        (2, 5): CellTraits(formula="A2+1"),
        (3, 5): CellTraits(formula="A2+1"),
    }


def test_cells_and_rows_without_addresses_follow_one_another() -> None:
    sheet = (
        "<worksheet><sheetData><row><c t='inlineStr'><is><t>part</t></is></c><c><v>1</v></c></row>"
        "<row r='4'><c><v>2</v></c><c t='e'><v>#N/A</v></c></row></sheetData></worksheet>"
    )
    found = open_book(raw_xlsx(sheet), "parts.xlsx").sheets[0]
    assert found.rows == [("part", 1), (), (), (2,)]
    assert found.marks == {(4, 2): CellTraits(error="#N/A")}


def test_the_reading_aid_of_japanese_text_is_no_text() -> None:
    cells = "<c r='A1' t='s'><v>0</v></c>"
    sheet = f"<worksheet><sheetData><row r='1'>{cells}</row></sheetData></worksheet>"
    strings = (
        "<sst count='1' uniqueCount='1'><si><r><t>部品</t></r><r><rPr><b/></rPr><t>表</t></r>"
        "<rPh sb='0' eb='2'><t>ブヒン</t></rPh><phoneticPr fontId='1'/></si></sst>"
    )
    assert open_book(raw_xlsx(sheet, strings), "a.xlsx").sheets[0].rows == [("部品表",)]


def test_what_is_hidden_merged_struck_out_or_indented_is_said() -> None:
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover["A1"] = "cover"
    cover.sheet_state = "hidden"
    sheet = book.create_sheet("parts")
    for row in range(1, 5):
        sheet.append([f"part {row}", row, row * 2])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A1:B1")
    sheet["A2"].font = Font(strike=True)
    sheet["A4"].alignment = Alignment(indent=2)
    sheet["B4"] = CellRichText(TextBlock(InlineFont(strike=True), "10"), "12")
    found = open_book(xlsx(book), "parts.xlsx").sheets
    assert [sheet.hidden for sheet in found] == [True, False]
    assert found[1].hidden_rows == {3}
    assert found[1].hidden_columns == {3}
    assert found[1].merged == ((1, 1, 1, 2),)
    assert found[1].marks == {
        (2, 1): CellTraits(strike=True), (4, 1): CellTraits(indent=2),
        (4, 2): CellTraits(strike=True),
    }  # fmt: skip


def test_an_xls_has_values_formats_errors_and_what_is_hidden() -> None:
    book = xlwt.Workbook()
    hidden = book.add_sheet("封面")
    hidden.visibility = 1
    hidden.write(0, 0, "cover")
    sheet = book.add_sheet("物料清单")
    sheet.write(2, 1, "00123")
    sheet.write(2, 2, 62.5, xlwt.easyxf(num_format_str='0.0" g"'))
    sheet.write(3, 2, 0.05, xlwt.easyxf(num_format_str="0%"))
    sheet.write(3, 3, 7, xlwt.easyxf("font: struck_out on"))
    sheet.row(3).set_cell_error(4, 0x2A)  # #N/A
    sheet.write(4, 1, date(2025, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(4, 2, xlwt.Formula("C3*2"))
    sheet.write_merge(5, 6, 1, 2, "merged")
    sheet.row(3).hidden = True
    sheet.col(3).hidden = True
    found = open_book(xls(book), "parts.xls")
    assert (found.kind, found.quirks) == ("xls", ())
    assert [sheet.hidden for sheet in found.sheets] == [True, False]
    parts = found.sheets[1]
    assert parts.rows == [
        *((), (), (None, "00123", 62.5), (None, None, 0.05, 7)),
        *((None, date(2025, 3, 1)), (None, "merged")),
    ]
    assert parts.marks == {
        (3, 3): CellTraits('0.0" g"'), (4, 3): CellTraits("0%"), (4, 4): CellTraits(strike=True),
        (4, 5): CellTraits(error="#N/A"), (5, 3): CellTraits(formula="?"),
    }  # fmt: skip
    assert (parts.hidden_rows, parts.hidden_columns) == (frozenset({4}), frozenset({4}))
    assert parts.merged == ((6, 2, 7, 3),)


ODS_STYLES = (
    '<number:percentage-style style:name="P"><number:number number:decimal-places="1"/>'
    "<number:text>%</number:text></number:percentage-style>"
    '<number:number-style style:name="G"><number:number number:decimal-places="2" '
    'number:min-integer-digits="1"/><number:text> g</number:text></number:number-style>'
    '<style:style style:name="p" style:family="table-cell" style:data-style-name="P"/>'
    '<style:style style:name="g" style:family="table-cell" style:data-style-name="G"/>'
    '<style:style style:name="heir" style:family="table-cell" style:parent-style-name="g"/>'
    '<style:style style:name="off" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
NUMBER = 'office:value-type="float" office:value'
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_TABLES = (
    '<table:table table:name="cover" table:style-name="off"><table:table-row>'
    + TEXT.format("cover")
    + '</table:table-row></table:table><table:table table:name="parts"><table:table-column/>'
    '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="g"/>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
    "<table:table-row>"
    + TEXT.format("bolt")
    + '<table:table-cell table:number-columns-repeated="2"/>'
    f'<table:table-cell {NUMBER}="5" table:number-columns-repeated="2"/></table:table-row>'
    '<table:table-row-group><table:table-row table:visibility="filter">'
    '<table:table-cell table:style-name="p" office:value-type="percentage" office:value="0.05"/>'
    f'<table:table-cell table:style-name="heir" table:formula="of:=[.A4]*2" {NUMBER}="8"/>'
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
    "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row></table:table-row-group>"
    '<table:table-row><table:table-cell table:number-columns-spanned="2" '
    'table:number-rows-spanned="1" office:value-type="string"><text:p>merged</text:p>'
    "</table:table-cell><table:covered-table-cell/></table:table-row>"
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row></table:table>'
)


def test_an_ods_has_values_formats_formulas_and_what_is_hidden() -> None:
    found = open_book(ods(ODS_TABLES, ODS_STYLES), "parts.ods")
    assert found.kind == "ods"
    assert [(sheet.name, sheet.hidden) for sheet in found.sheets] == [
        ("cover", True), ("parts", False),
    ]  # fmt: skip
    parts = found.sheets[1]
    assert parts.rows == [(), (), ("bolt", None, None, 5, 5), (0.05, 8), ("merged",)]
    assert parts.marks == {
        (3, 4): CellTraits('0.00" g"'), (3, 5): CellTraits('0.00" g"'), (4, 1): CellTraits("0.0%"),
        (4, 2): CellTraits('0.00" g"', formula="[.A4]*2"),
        (4, 3): CellTraits(formula="1/0", error="#DIV/0!"),
    }  # fmt: skip
    assert (parts.hidden_rows, parts.hidden_columns) == (frozenset({4}), frozenset({2, 3}))
    assert parts.merged == ((5, 1, 5, 2),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>5<text:line-break/>6</text:p>", "5\n6"),
        ("<text:p>M4<text:tab/>12<text:s text:c='2'/>x</text:p>", "M4\t12  x"),
        ("<text:p>M4</text:p><text:p>zinc</text:p>", "M4\nzinc"),
        (
            "<office:annotation><text:p>note</text:p></office:annotation><text:p>bolt</text:p>",
            "bolt",
        ),
        (
            "<text:p><text:ruby><text:ruby-base>部品</text:ruby-base><text:ruby-text>ぶひん"
            "</text:ruby-text></text:ruby>表</text:p>",
            "部品表",
        ),
        ("<text:p>a<text:span>b</text:span> c</text:p>", "ab c"),
    ],
)
def test_the_text_of_an_ods_cell_is_what_is_shown(content: str, text: str) -> None:
    cell = f'<table:table-cell office:value-type="string">{content}</table:table-cell>'
    table = f'<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>'
    assert open_book(ods(table), "a.ods").sheets[0].rows == [(text,)]


def test_a_formula_that_gives_a_number_sign_is_no_error() -> None:
    start = '<table:table-cell table:formula="of:=[.B1]" office:value-type="string">'
    cell = start + "<text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('#8-32 screw')}{cell.format('Err:502')}</table:table-row>"
    sheet = open_book(ods(f'<table:table table:name="a">{row}</table:table>'), "a.ods").sheets[0]
    assert sheet.rows == [("#8-32 screw",)]
    assert [mark.error for mark in sheet.marks.values()] == ["", "Err:502"]

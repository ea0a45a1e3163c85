"""What is wrong with a file is said with a code, the row and the column, all at once."""

from __future__ import annotations

import io
import zipfile

import pytest
from bom_files import csv_file, xlsx_file

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused, Problem

Place = tuple[str, int | None, str | None]


def refusals(data: bytes, name: str = "a.csv") -> tuple[Problem, ...]:
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(data, name)
    return refused.value.problems


def places(data: bytes, name: str = "a.csv") -> list[Place]:
    found = refusals(data, name)
    return [(problem.code, problem.where.row, problem.where.column) for problem in found]


CELLS: list[tuple[str, Place]] = [
    ("a,,Steel,1,furlong,,,,,,", ("BOM-012", 3, "unit")),
    ("a,,Steel,1,Mg,,,,,,", ("BOM-012", 3, "unit")),
    ("a,,Steel,1,,,,,,,", ("BOM-005", 3, "unit")),
    ("a,,,1,kg,,,,,,", ("BOM-005", 3, "name")),
    ("a,,Steel,,kg,,,,,,", ("BOM-005", 3, "quantity")),
    ("a,,Steel,-1,kg,,,,,,", ("BOM-007", 3, "quantity")),
    ("a,,Steel,one,kg,,,,,,", ("BOM-006", 3, "quantity")),
    ("a,,Steel,nan,kg,,,,,,", ("BOM-006", 3, "quantity")),
    ("a,,Steel,1e999,kg,,,,,,", ("BOM-006", 3, "quantity")),
    ('a,,Steel,"1,234",kg,,,,,,', ("BOM-008", 3, "quantity")),
    ("a,,Steel,=1+1,kg,,,,,,", ("BOM-009", 3, "quantity")),
    ("a,,=HYPERLINK(1),1,kg,,,,,,", ("BOM-009", 3, "name")),
    ("a,,Steel,1,kg,,,dreaming,,,", ("BOM-010", 3, "stage")),
    ("a,,Steel,1,kg,,,,5,,", ("BOM-011", 3, "loss")),
    ("a,,Steel,1,kg,,,,100 %,,", ("BOM-011", 3, "loss")),
    ("a,,Steel,1,kg,,,,-0.1,,", ("BOM-011", 3, "loss")),
    ("a,,Steel,1,kg,,,,,far away,", ("BOM-013", 3, "transport")),
    ("a,,Steel,1,kg,,,,,road 10 bananas,", ("BOM-013", 3, "transport")),
    ("a,b,Steel,1,kg,,,,,,", ("BOM-014", 3, "parent")),
    ("a,a,Steel,1,kg,,,,,,", ("BOM-015", 3, "parent")),
    ("a,,Steel,1,kg,,Narnia,,,,", ("BOM-018", 3, "location")),
    ("a,,Steel,1,kg,,__import__('os'),,,,", ("BOM-018", 3, "location")),
    ("a,,Steel,1,piece,,,,,,12 furlongs", ("BOM-012", 3, "unit_mass")),
    ("a,,Steel,1,piece,,,,,,0 g", ("BOM-007", 3, "unit_mass")),
]


@pytest.mark.parametrize(("line", "expected"), CELLS, ids=[line for line, _ in CELLS])
def test_a_bad_cell_is_named(line: str, expected: Place) -> None:
    assert places(csv_file(line)) == [expected]


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    data = csv_file("a,,Steel,-1,furlong,,,,,,", "b,,Paint,x,kg,,,,7,,")
    assert places(data) == [
        ("BOM-007", 3, "quantity"),
        ("BOM-012", 3, "unit"),
        ("BOM-006", 4, "quantity"),
        ("BOM-011", 4, "loss"),
    ]


def test_a_cycle_between_assemblies_is_named_once_with_its_members() -> None:
    data = csv_file("A,B,Housing,1,piece,,,,,,", "B,A,Cover,1,piece,,,,,,", "C,A,Screw,1,kg,,,,,,")
    (problem,) = refusals(data)
    assert problem.code == "BOM-015"
    assert "A -> B -> A" in problem.message


def test_the_uses_of_an_assembly_must_agree_on_name_unit_and_mass() -> None:
    data = csv_file(
        "A,,Case,1,piece,,,,,,",
        "A,,Box,1,piece,,,,,,",
        "A,,Case,1,kg,,,,,,",
        "A,,Case,1,piece,,,,,,2 kg",
        "c,A,Screw,1,kg,,,,,,",
    )
    assert places(data) == [
        ("BOM-017", 4, "name"),
        ("BOM-017", 5, "unit"),
        ("BOM-017", 6, "unit_mass"),
    ]


def test_a_cycle_through_a_shared_assembly_is_found() -> None:
    data = csv_file(
        "A,,Case,1,piece,,,,,,", "A,C,Case,1,piece,,,,,,", "B,A,Rib,1,piece,,,,,,",
        "C,B,Pin,1,piece,,,,,,", "d,C,Steel,1,kg,,,,,,",
    )  # fmt: skip
    (problem,) = refusals(data)
    assert problem.code == "BOM-015"
    assert "A -> C -> B -> A" in problem.message


def test_levels_must_not_jump() -> None:
    data = csv_file("1,Case,1,piece", "3,Screw,1,kg", header="level,name,quantity,unit")
    assert places(data) == [("BOM-016", 4, "level")]


@pytest.mark.parametrize("data", [b"", b"\n\n ", b"\xef\xbb\xbf", b"# name: x\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert [code for code, _, _ in places(data)] == ["BOM-003"]


def test_a_header_without_lines_is_refused() -> None:
    assert [code for code, _, _ in places(csv_file())] == ["BOM-003"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00\xd8\x00",
        b"name,quantity,unit\nSteel\x00,1,kg\n",
    ],
)
def test_a_broken_encoding_is_refused_and_never_guessed(data: bytes) -> None:
    assert [code for code, _, _ in places(data)] == ["BOM-002"]


def test_an_encoding_that_was_guessed_is_said() -> None:
    data = "Größe,quantity,unit\nStahl für Gehäuse,1,kg\n".encode("latin-1")
    bom = read_bom_bytes(data, "a.csv")
    assert bom.lines[0].name == "Stahl für Gehäuse"
    assert any("cp1252" in warning.message for warning in bom.warnings)


def test_missing_columns_are_named() -> None:
    (problem,) = refusals(b"# name: x\nname,weight,dataset\nSteel,1,steel-rebar-cn\n")
    assert problem.code == "BOM-004"
    assert "quantity, unit" in problem.message


def test_a_mass_without_a_unit_is_a_question() -> None:
    (problem,) = refusals(b"# name: x\nname,weight\nSteel,1\n")
    assert (problem.code, problem.where.row) == ("BOM-012", 3)
    assert "no unit" in problem.message


def test_two_columns_of_one_meaning_are_refused() -> None:
    header = "name,quantity,qty,unit,dataset"
    assert places(csv_file("a,1,2,kg,x", header=header)) == [("BOM-022", 2, "qty")]


def test_an_export_with_two_columns_of_quantities_is_asked_which() -> None:
    (problem,) = refusals(csv_file("a,1,2,kg", header="name,quantity,qty,unit"))
    assert (problem.code, problem.where.row) == ("BOM-042", 2)
    assert "quantity, qty" in problem.message


@pytest.mark.parametrize(
    "facts",
    [
        "",
        "# name: a\n# colour: blue\n",
        "# name: a\n# mass: heavy\n",
        "# name: a\n# country: Mars\n",
    ],
)
def test_product_facts_are_checked(facts: str) -> None:
    assert [code for code, _, _ in places(csv_file("a,,S,1,kg,,,,,,", facts=facts))] == ["BOM-019"]


def test_a_formula_in_a_workbook_is_refused_with_its_cell() -> None:
    rows = [["name", "quantity", "unit"], ["Steel", "=1+1", "kg"]]
    assert places(xlsx_file(rows), "a.xlsx") == [("BOM-009", 2, "quantity")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 not a zip", "BOM-001"),
        (b"\xd0\xcf\x11\xe0 old excel", "BOM-002"),
        (b"just a sentence\n", "BOM-040"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, code: str) -> None:
    assert [found for found, _, _ in places(data, "a.xlsx")] == [code]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert [code for code, _, _ in places(buffer.getvalue(), "a.xlsx")] == ["BOM-024"]


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footprint.sheets.open.MAX_BYTES", 10)
    assert [code for code, _, _ in places(csv_file("a,,S,1,kg,,,,,,"))] == ["BOM-024"]


def sheet_with(xml: str) -> bytes:
    """A workbook whose sheet has one more row, as `xml` writes it."""
    done = io.BytesIO()
    whole = io.BytesIO(xlsx_file([["name", "quantity", "unit"]]))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
            new.writestr(item.filename, data)
    return done.getvalue()


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZ2"><v>1</v></c></row>',
    ],
    ids=["a row far below", "a column far to the right"],
)
def test_a_cell_far_away_does_not_make_a_reader_of_hours(xml: str) -> None:
    assert places(sheet_with(xml), "a.xlsx")[0][0] == "BOM-024"


def test_a_broken_index_in_a_workbook_is_refused() -> None:
    data = sheet_with('<row r="2"><c r="A2" t="s"><v>99999</v></c></row>')
    assert places(data, "a.xlsx")[0][0] == "BOM-001"


def test_a_file_of_bad_rows_stops_after_a_thousand_problems() -> None:
    found = refusals(csv_file(*("a,,Steel,one,kg,,,,,," for _ in range(3000))))
    assert len(found) == 1001
    assert (found[-1].code, found[-1].where.row) == ("BOM-024", 1003)


def test_a_header_without_end_is_refused() -> None:
    header = ",".join(["name", "quantity", "unit", *(f"c{number}" for number in range(600))])
    assert places(f"{header}\na,1,kg\n".encode())[0][0] == "BOM-024"


@pytest.mark.parametrize("value", ["!!bool foo", "!!timestamp foo", "!!python/name:os.system ''"])
def test_tags_in_product_facts_are_refused(value: str) -> None:
    table_bytes = b"name,quantity,unit\na,1,kg\n"
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(table_bytes, "a.csv", f"name: x\nmass: {value}\n".encode())
    assert {problem.code for problem in refused.value.problems} == {"BOM-019"}

"""What a good bill of materials becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bom_files import csv_file, xlsx_file

from footprint.bom.read import read_bom, read_bom_bytes
from footprint.faults import InputRefused
from footprint.values.line import TransportLeg
from footprint.values.product import DeclaredUnit

CHINESE = """# 产品名称: 风扇
# 声明单位: 1 件
# 净重: 1.2 千克
# 生产地: CN-GD
# 核算期间: 2025
层级,料号,名称,数量,单位,数据集,产地,阶段,损耗率,运输
1,A,外壳组件,1,套,,,原材料,1%,
2,A1,聚丙烯,0.8,公斤,pp-resin-cn,CN,材料,３％,公路：300公里；海运 1200
1,B,用电,0.5,度,electricity-grid-cn,CN,生产,,
"""


def test_chinese_headers_units_stages_and_facts_are_understood() -> None:
    bom = read_bom_bytes(CHINESE.encode(), "风扇.csv")
    assert bom.product.name == "风扇"
    assert bom.product.mass_kg == 1.2
    assert bom.product.country == "CN-GD"
    assert (bom.product.period_start, bom.product.period_end) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    assembly, resin, power = bom.lines
    assert assembly.loss == 0.01
    assert resin.parent == "A"
    assert (resin.quantity, resin.unit, resin.loss) == (0.8, "kg", 0.03)
    assert resin.transport == (TransportLeg("公路", 300.0), TransportLeg("海运", 1200.0))
    assert (power.unit, power.stage) == ("kWh", "production")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_every_usual_encoding_gives_the_same_bom(encoding: str) -> None:
    data = CHINESE.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    bom = read_bom_bytes(data, "a.csv")
    assert bom.hash == read_bom_bytes(CHINESE.encode(), "a.csv").hash


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_comma_semicolon_and_tab_separate(separator: str) -> None:
    text = "name;quantity;unit\nSteel;2;kg\n".replace(";", separator)
    bom = read_bom_bytes(("# name: A, B; C\n" + text).encode(), "a.csv")
    assert bom.product.name == "A, B; C"
    assert (bom.lines[0].quantity, bom.lines[0].unit) == (2.0, "kg")


def test_csv_and_xlsx_of_the_same_table_have_one_hash() -> None:
    rows: list[list[Any]] = [
        ["id", "name", "quantity", "unit"],
        [4711, "Steel", 2.5, "kg"],
        ["b", "Paint", 1, "l"],
    ]
    text = "id,name,quantity,unit\n4711,Steel,2.5,kg\nb,Paint,1,l\n"
    one = read_bom_bytes(b"# name: Test product\n" + text.encode(), "a.csv")
    other = read_bom_bytes(xlsx_file(rows), "a.xlsx")
    assert one.hash == other.hash
    assert other.lines[0].id == "4711"


def test_the_product_file_beside_the_table_gives_the_facts(tmp_path: Path) -> None:
    (tmp_path / "part.csv").write_text("name,quantity,unit\nSteel,2,kg\n")
    (tmp_path / "part.product.yaml").write_text(
        "name: Part 4711\ndeclared_unit: 1 kg\nproduct_ids: [urn:gtin:1, urn:gtin:2]\n"
    )
    bom = read_bom(tmp_path / "part.csv")
    assert bom.product.name == "Part 4711"
    assert bom.product.declared_unit == DeclaredUnit(1.0, "kilogram")
    assert bom.product.product_ids == ("urn:gtin:1", "urn:gtin:2")


def test_a_mass_is_converted_with_one_rounding() -> None:
    bom = read_bom_bytes(b"# name: a\n# mass: 237 g\nname,quantity,unit\nx,1,kg\n", "a.csv")
    assert bom.product.mass_kg == 0.237


def test_an_unknown_column_is_reported_and_not_ignored() -> None:
    header = "name,quantity,unit,dataset,foo"
    bom = read_bom_bytes(csv_file("Steel,2,kg,steel-rebar-cn,43", header=header), "a.csv")
    (warning,) = bom.warnings
    assert (warning.code, warning.where.row, warning.where.column) == ("BOM-020", 2, "foo")


def test_a_quantity_of_zero_is_reported() -> None:
    header = "name,quantity,unit,dataset"
    bom = read_bom_bytes(csv_file("Steel,0,kg,steel-rebar-cn", header=header), "a.csv")
    assert [warning.code for warning in bom.warnings] == ["BOM-021"]


def test_a_quantity_of_zero_in_an_export_is_no_line_and_asked() -> None:
    bom = read_bom_bytes(
        csv_file("Manual,0,kg", "Steel,1,kg", header="name,quantity,unit"), "a.csv"
    )
    assert [line.name for line in bom.lines] == ["Steel"]
    said = [(warning.code, warning.where.row) for warning in bom.warnings]
    assert ("BOM-043", 3) in said  # the quantity is zero: does the line belong to the product?
    assert ("BOM-045", 3) in said


def test_blank_rows_and_quoted_line_breaks_keep_the_row_numbers_of_the_file() -> None:
    data = b'name,quantity,unit\n\n"two\nlines",1,kg\n,,\nBad,x,kg\n'
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(b"# name: a\n" + data, "a.csv")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.row) == ("BOM-006", 7)


def test_a_hundred_thousand_good_rows_simply_work() -> None:
    rows = (f"r{n},,Steel,0.001,kg,steel-rebar-cn,CN,material,,," for n in range(100_000))
    bom = read_bom_bytes(csv_file(*rows), "big.csv")
    assert len(bom.lines) == 100_000


@pytest.mark.parametrize(
    ("cell", "mode", "distance"),
    [
        ("road 300 km", "road", 300.0),
        ("公路300", "公路", 300.0),
        ("lorry-16t-2024-cn 85 km", "lorry-16t-2024-cn", 85.0),
        ("Lorry_A-40.5t-EU6: 1200", "Lorry_A-40.5t-EU6", 1200.0),
        ("inland water 12 km", "inland water", 12.0),
    ],
)
def test_a_leg_names_a_mode_or_a_dataset_whose_id_may_have_digits(
    cell: str, mode: str, distance: float
) -> None:
    table = f"name,quantity,unit,dataset,transport\nResin,1,kg,pet,{cell}\n"
    bom = read_bom_bytes(f"# name: A\n# declared_unit: 1 piece\n{table}".encode(), "a.csv")
    assert bom.lines[0].transport == (TransportLeg(mode, distance),)


@pytest.mark.parametrize("cell", ["road -300 km", "公路 -300", "lorry-16t-2024-cn -85 km"])
def test_a_distance_below_zero_is_refused_and_a_dash_is_none(cell: str) -> None:
    """`road -300 km` was 300 km: the sign was taken for the dash of `road - 300 km`."""
    head = "# name: A\n# declared_unit: 1 piece\nname,quantity,unit,dataset,transport\n"
    with pytest.raises(InputRefused, match=r"BOM-013.*is below zero"):
        read_bom_bytes(f"{head}Resin,1,kg,pet,{cell}\n".encode(), "a.csv")
    bom = read_bom_bytes(f"{head}Resin,1,kg,pet,road - 300 km; sea-9 km\n".encode(), "a.csv")
    assert [leg.distance_km for leg in bom.lines[0].transport] == [300.0, 9.0]


@pytest.mark.parametrize(
    ("cell", "share"), [("5 %", 0.05), ("±5%", 0.05), ("0.05", 0.05), ("0", 0.0), ("", None)]
)
def test_a_line_says_how_far_off_its_quantity_may_be(cell: str, share: float | None) -> None:
    table = f"名称,数量,单位,数据集,不确定度\nResin,1,kg,pet,{cell}\n"
    bom = read_bom_bytes(f"# name: A\n# declared_unit: 1 piece\n{table}".encode(), "a.csv")
    assert bom.lines[0].uncertainty == share


@pytest.mark.parametrize("word", ["卷", "双", "個", "張", "條", "雙", "顆"])
def test_counting_words_in_both_scripts_are_pieces(word: str) -> None:
    table = f"名称,数量,单位,数据集\nShoe,2,{word},shoe\n"
    bom = read_bom_bytes(f"# name: A\n# declared_unit: 1 piece\n{table}".encode(), "a.csv")
    assert (bom.lines[0].quantity, bom.lines[0].unit) == (2.0, "piece")


def test_a_list_without_lines_is_told_so_and_not_asked_for_its_name() -> None:
    """It said `the product has no name`: a row that would not have helped."""
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(b"name,quantity,unit,dataset\n", "head.csv")
    (problem,) = refused.value.problems
    assert (problem.code, problem.message) == ("BOM-003", "the table has a header and no lines")

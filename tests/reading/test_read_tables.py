"""Where the table is, what its rows are, and for how many products it is."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from reading_kit import asked, book, lines, means, read, skipped

from footprint.faults import InputRefused
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table


def test_a_title_block_facts_and_a_footer_are_no_lines() -> None:
    rows: list[list[object]] = [
        ["物料清单（BOM）"],
        ["父项物料编码：", "", "8.01", "", "父项物料名称：", "风扇"],
        [],
        ["序号", "子项物料编码", "子项物料名称", "单位", "用量"],
        [1, "1.01", "ABS树脂", "Kg", 0.185],
        [2, "2.01", "自攻螺丝", "Pcs", 8],
        [],
        ["制单人：", "", "张三", "", "审核："],
    ]
    reading = read_table(book(rows), "a.xlsx")
    assert (reading.header_row, reading.facts["name"], reading.facts["product_id"]) == (
        4,
        "风扇",
        "8.01",
    )
    assert list(lines(reading)) == ["ABS树脂", "自攻螺丝"]
    assert skipped(reading) == {8: "footer"}


def test_a_row_of_units_and_a_second_row_of_headings_belong_to_the_headings() -> None:
    reading = read("Bezeichnung;Länge;Anzahl;Gewicht\n;mm;Stk;g\nBeutel;300;1;7,6\n")
    assert lines(reading)["Beutel"].mass_kg == pytest.approx(0.0076)
    assert skipped(reading) == {2: "units_row"}


def test_totals_sections_repeated_headings_notes_and_rules_are_no_lines() -> None:
    text = (
        "Pos,Name,Qty,Unit\n,ELECTRONICS,,\n1,Board,1,pcs\n-,-----,--,--\nPos,Name,Qty,Unit\n"
        "2,Screw,4,pcs\n,Total,5,\n* weights are measured,,,\n"
    )
    reading = read(text)
    assert list(lines(reading)) == ["Board", "Screw"]
    assert skipped(reading) == {
        2: "section", 4: "rule", 5: "repeated_header", 7: "total", 8: "note",
    }  # fmt: skip
    assert lines(reading)["Board"].section == "ELECTRONICS"


def test_a_part_whose_name_begins_with_a_number_sign_or_a_total_is_a_line() -> None:
    text = "id,name,quantity,unit\n1,#8-32 steel screw,4,pcs\n2,Total station bracket,1,pcs\n"
    assert list(lines(read(text))) == ["#8-32 steel screw", "Total station bracket"]
    first = "name,quantity,unit\n#8-32 steel screw,4,pcs\nNut,4,pcs\n"
    assert lines(read(first))["#8-32 steel screw"].quantity == 4


def test_headings_at_the_bottom_are_found() -> None:
    reading = read("2,Screw,4\n1,Plate,1\nITEM NO.,DESCRIPTION,QTY.\n")
    assert reading.header_row == 3
    assert {line.name: line.quantity for line in reading.lines} == {"Screw": 4, "Plate": 1}


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Base quantity,100\n\nName,Qty,Unit\nScrew,400,pcs\n", 100),
        ("基准数量：,100\n\n名称,用量,单位\n螺丝,400,个\n", 100),
        ("Yield,24 bars\n\nIngredient,Amount,Unit\nOats,450,g\n", 24),
        ("Losgröße:,50\n\nBezeichnung,Menge,Einheit\nSchraube,200,Stk\n", 50),
    ],
)
def test_a_base_quantity_above_the_table_divides(text: str, base: float) -> None:
    assert read(text).base == (base, "piece")


def test_an_order_size_is_no_base_but_asked_where_it_could_be_one() -> None:
    head = "Production Quantity:,250\n\nName,Qty,Unit\n"
    apart = read(head + "Resistor,3,pcs\nDiode,1,pcs\n")
    assert apart.base is None
    assert not any(about == "base_quantity" for about, _ in asked(apart))
    multiple = read(head + "Resistor,750,pcs\nDiode,250,pcs\n")
    assert ("base_quantity", None) in asked(multiple)
    assert read(head + "Resistor,750,pcs\n", base=250.0).base == (250.0, "piece")


def test_parts_that_are_not_fitted_are_skipped_and_groups_are_asked() -> None:
    text = (
        'Reference,Value,Qty,DNP\nC1,100n,1,\n"R1-R4",10k,4,DNP\nR9,0R,1,DNP\nR10,4k7 (DNP),1,\n'
        "R11,NC7SZ04,1,\n"
    )
    reading = read(text)
    assert list(lines(reading)) == ["100n", "NC7SZ04"]
    assert skipped(reading) == {3: "dnp", 4: "dnp", 5: "dnp"}
    assert ("dnp", 3) in asked(reading)
    assert ("dnp", 4) not in asked(reading)


def test_not_fitted_in_a_column_of_fitted_parts() -> None:
    text = "Comment,Designator,Fitted,Quantity\n47k,R3,Fitted,1\n0R,R9,Not Fitted,1\n"
    assert skipped(read(text)) == {3: "dnp"}


def test_designators_are_counted_where_there_is_no_quantity_and_compared_where_there_is() -> None:
    reading = read('Comment,Designator,Footprint\n100nF,"C1,C2,C3",C0402\n10k,R1-R4,R0402\n')
    assert [line.quantity for line in reading.lines] == [3, 4]
    assert any(remark.kind == "quantity_designators_counted" for remark in reading.assumed)
    wrong = read('Comment,Designator,Qty\n100nF,"C1,C2,C3",2\n')
    assert wrong.lines[0].quantity is None
    assert ("quantity", 2) in asked(wrong)


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        ("12 pcs", 12), ("2x", 2), ("½", 0.5), ("1 1/2", 1.5), ("1/24", 1 / 24), ("ca. 3", 3),
        ("３", 3), ("0.5 dozen", 6),
    ],
)  # fmt: skip
def test_quantities_as_people_write_them(cell: str, quantity: float) -> None:
    assert read(f"Name,Qty\nPart,{cell}\n").lines[0].quantity == pytest.approx(quantity)


@pytest.mark.parametrize("cell", ['"5.5,6"', "10-12", "as required", "abc", "1.2.3", "12 wigs"])
def test_what_is_no_number_is_asked(cell: str) -> None:
    reading = read(f"Name,Qty\nPart,{cell}\nOther,2\n")
    assert reading.lines[0].quantity is None or reading.lines[0].unit is None
    assert any(ask.blocking and ask.rows == (2,) for ask in reading.asks)


def test_one_hand_decides_and_without_one_a_number_is_asked() -> None:
    german = "Bezeichnung;Länge (mm);Anzahl;Gewicht (g)\nRohr;1.180;1;7,6\n"
    assert read(german).decimal == ","
    unclear = read("Name;Qty;Unit\nOil;1.250;kg\n")
    assert unclear.lines[0].quantity is None
    assert ("quantity", 2) in asked(unclear)
    assert read("Name;Qty;Unit\nOil;1.250;kg\n", decimal=",").lines[0].quantity == 1250


def test_a_whole_number_without_a_unit_is_a_piece_and_a_broken_one_a_question() -> None:
    whole = read("Name,Qty\nScrew,4\nNut,2\n")
    assert {line.unit for line in whole.lines} == {"piece"}
    assert [remark.kind for remark in whole.assumed if remark.about == "unit"] == ["unit_piece"]
    broken = read("Name,Qty\nOil,0.25\nNut,2\n")
    assert lines(broken)["Oil"].unit is None
    assert ("unit", 2) in asked(broken)
    assert lines(read("Name,Qty\nOil,0.25\n", unit="kg"))["Oil"].unit == "kg"


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("EA", "piece"), ("PCE", "piece"), ("H87", "piece"), ("C62", "piece"), ("Stk", "piece"),
        ("szt.", "piece"), ("개", "piece"), ("个", "piece"), ("cái", "piece"), ("KGM", "kg"),
        ("MTK", "m2"), ("㎡", "m2"), ("套", "set"), ("对", "pair"), ("卷", "roll"), ("ft", "ft"),
        ("yd", "yd"), ("L", "l"), ("度", "kWh"),
    ],
)  # fmt: skip
def test_units_in_many_languages_and_as_codes(word: str, unit: str) -> None:
    assert read(f"Name,Qty,Unit\nPart,4,{word}\n").lines[0].unit == unit


def test_numerators_are_divided_by_denominators() -> None:
    reading = read("子项物料名称,单位,用量分子,用量分母\nPP,Kg,62,1000\n外箱,Pcs,1,12\n")
    assert [line.quantity for line in reading.lines] == pytest.approx([0.062, 1 / 12])


def test_trees_by_item_numbers_levels_and_parents() -> None:
    numbers = read("ITEM NO.,DESCRIPTION,QTY.\n1,Arm,2\n1.1,Joint,2\n1.1.1,Half,2\n2,Foot,4\n")
    assert [line.parent_row for line in numbers.lines] == [None, 2, 3, None]
    levels = read("Lv,Component,Qty\n.1,Arm,2\n..2,Joint,2\n.1,Foot,4\n")
    assert [line.parent_row for line in levels.lines] == [None, 2, None]
    parents = read("id,parent,name,qty\nA,,Arm,2\nB,A,Joint,2\n")
    assert [line.parent_row for line in parents.lines] == [None, 2]
    jump = read("Level,Component,Qty\n1,Arm,2\n3,Half,2\n")
    assert ("level", 3) in asked(jump)


def test_the_weights_of_assemblies_are_not_counted_beside_those_of_their_parts() -> None:
    text = (
        "ITEM NO.,DESCRIPTION,MATERIAL,WEIGHT (g),QTY.\n1,Arm assembly,,310,2\n"
        "1.1,Tube,EN AW-6060,180,1\n1.2,Joint,PA66,65,2\n"
    )
    reading = read(text)
    assert reading.total_mass_kg == pytest.approx(2 * (0.18 + 2 * 0.065))


def test_several_variants_are_asked_and_one_can_be_chosen() -> None:
    text = "Description,Unit,Unit weight (g),EK-10,EK-15\nBody,pcs,310,1,0\nLid,pcs,74,1,1\n"
    reading = read(text)
    assert reading.variants == ("EK-10", "EK-15")
    assert [line.quantity for line in reading.lines] == [None, None]
    assert ("variant", None) in asked(reading)
    chosen = read(text, variant="EK-15")
    assert [(line.name, line.quantity) for line in chosen.lines] == [("Body", 0), ("Lid", 1)]


def test_several_products_in_one_file_are_asked_and_one_can_be_chosen() -> None:
    text = (
        "Product,Quantity,BoM Lines/Component,BoM Lines/Quantity,BoM Lines/Unit of Measure\n"
        "[T-1] Table,10,Panel,3.6,m²\n,,Leg,40,Units\n[S-1] Stool,1,Seat,1,Units\n"
    )
    reading = read(text)
    assert ("product", None) in asked(reading)
    chosen = read(text, product="[T-1] Table")
    assert [line.name for line in chosen.lines] == ["Panel", "Leg"]
    assert chosen.base == (10.0, "piece")


def _two_sheets(hide: str) -> bytes:
    made = Workbook()
    first = made.active
    assert first is not None
    first.title = "old"
    first.append(["Name", "Qty", "Unit"])
    first.append(["Old part", 99, "pcs"])
    second = made.create_sheet("new")
    second.append(["Name", "Qty", "Unit"])
    second.append(["New part", 1, "pcs"])
    second.append(["Newer part", 2, "pcs"])
    made[hide].sheet_state = "hidden"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_hidden_sheet_is_not_the_table() -> None:
    reading = read_table(_two_sheets("old"), "a.xlsx")
    assert reading.sheet == "new"
    assert [remark.kind for remark in reading.assumed if remark.about == "hidden"] == [
        "sheets_left_out"
    ]


def test_two_visible_lists_are_asked_which_and_one_can_be_named() -> None:
    data = _two_sheets("old")
    opened = load_workbook(io.BytesIO(data))
    opened["old"].sheet_state = "visible"
    opened["old"].append(["Old part two", 3, "pcs"])
    buffer = io.BytesIO()
    opened.save(buffer)
    assert ("sheet", None) in asked(read_table(buffer.getvalue(), "a.xlsx"))
    named = read_table(buffer.getvalue(), "a.xlsx", ReadingOptions(sheet="old"))
    assert [line.name for line in named.lines] == ["Old part", "Old part two"]
    with pytest.raises(InputRefused, match="BOM-041"):
        read_table(buffer.getvalue(), "a.xlsx", ReadingOptions(sheet="none"))


def test_hidden_rows_are_not_the_table_and_it_is_said() -> None:
    opened = load_workbook(io.BytesIO(book([["Name", "Qty"], ["A", 1], ["B", 2]])))
    opened["Sheet"].row_dimensions[3].hidden = True
    buffer = io.BytesIO()
    opened.save(buffer)
    reading = read_table(buffer.getvalue(), "a.xlsx")
    assert [line.name for line in reading.lines] == ["A"]
    assert any(remark.rows == (3,) for remark in reading.assumed if remark.about == "hidden")


def test_a_negative_quantity_comes_back_and_a_zero_is_asked() -> None:
    reading = read("Name,Qty,Unit\nGranulate,42.5,KG\nRegrind,2.5-,KG\nManual,0,pcs\n")
    assert skipped(reading) == {3: "negative", 4: "zero"}
    assert {("by_product", 3), ("zero_quantity", 4)} <= asked(reading)


def test_row_numbers_are_no_ids_and_part_numbers_stay_text() -> None:
    reading = read("No.,Part number,Part name,Qty\n1,00123,A,1\n2,1E3,B,1\n3,3/4,C,1\n4,1.10,D,1\n")
    assert means(reading)["No."] == "line_no"
    assert [line.texts["id"] for line in reading.lines] == ["00123", "1E3", "3/4", "1.10"]


def test_prices_links_and_suppliers_are_listed_as_not_used() -> None:
    reading = read("Name,Qty,Unit price (USD),Supplier,Datasheet\nPart,2,0.35,ACME,x.pdf\n")
    assert lines(reading)["Part"].quantity == 2
    (unused,) = [remark for remark in reading.assumed if remark.about == "columns"]
    assert "Unit price (USD)" in dict(unused.values)["columns"]


def test_a_mapping_says_what_a_heading_means() -> None:
    text = "Ding,Zahl,Schwere\nRohr,3,250\n"
    columns = {"Ding": ("name", None), "Zahl": ("quantity", None), "Schwere": ("unit_mass", "g")}
    reading = read(text, columns=columns, header_row=1)
    assert lines(reading)["Rohr"].mass_kg == pytest.approx(0.75)


def test_a_file_without_a_table_is_refused_with_a_way_out() -> None:
    with pytest.raises(InputRefused) as refused:
        read("Dear buyer,\nplease find attached\n")
    (problem,) = refused.value.problems
    assert problem.code == "BOM-040"
    assert "--map" in problem.hint


@pytest.mark.parametrize("row", ["Assembly power,0.5,kWh,", "Steam,2,MJ,", "Press,0.1,h,"])
def test_a_printed_total_is_held_against_the_sum_beside_lines_that_weigh_nothing(row: str) -> None:
    rows = f"Frame,2,pcs,0.5\nCover,1,pcs,0.3\n{row}\n"
    head = "Description,Qty,Unit,Weight (kg)\n"
    wrong = read(f"{head}{rows}Total,,,2.0\n")
    assert ("mass", 5) in asked(wrong)
    assert wrong.total_mass_kg == pytest.approx(1.3)
    assert ("unit_mass", 4) not in asked(wrong)
    assert ("mass", 5) not in asked(read(f"{head}{rows}Total,,,1.3\n"))


def test_a_battery_counted_in_kilowatt_hours_weighs_what_is_stated() -> None:
    reading = read("Description,Qty,Unit,Weight (kg)\nCell pack,0.037,kWh,4.4\nCase,1,pcs,0.1\n")
    assert reading.total_mass_kg == pytest.approx(0.037 * 4.4 + 0.1)


@pytest.mark.parametrize(
    "name",
    ["Faltkarton", "Versandschachtel", "folding box 80x60", "彩盒", "礼盒", "紙箱", "Cartons"],
)
def test_a_box_by_any_name_is_packaging(name: str) -> None:
    head = "Description,Qty,Unit,Weight (kg)\nHousing,1,pcs,0.5\n"
    kinds = {one.kind for one in read(f"{head}{name},1,pcs,0.1\n").asks}
    assert "missing_packaging" not in kinds
    assert "missing_packaging" in {one.kind for one in read(head + "Boxer engine,1,pcs,1\n").asks}


@pytest.mark.parametrize("fact", ["年份：,2025", "年份,2025", "Year: 2025", "Approved by,Wang"])
def test_what_stands_above_a_table_and_is_not_used_is_told(fact: str) -> None:
    table = "Description,Qty,Unit,Weight (kg)\nHousing,1,pcs,0.5\n"
    (said,) = [one for one in read(f"{fact}\n国家,CN\n{table}").assumed if one.about == "facts"]
    assert fact.replace(",", " ").replace("：", "").split(":")[0] in dict(said.values)["facts"]
    assert not [one for one in read(f"国家,CN\n{table}").assumed if one.about == "facts"]

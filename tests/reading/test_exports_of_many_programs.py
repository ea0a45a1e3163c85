"""Traps of exports: sheets of a schematic, sub-totals, batches of shares, weighed and claimed."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from reading_kit import asked, book, read, skipped

from footprint.reading.read import read_table


def test_a_part_list_of_a_board_has_one_part_in_a_row_and_sheets_are_no_quantity() -> None:
    text = "Part,Value,Package,Sheet\nC1,100n,0402,1\nR1,4k7,0402,2\nR2,4k7,0402,2\nU1,MCU,QFN,2\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0] * 4
    assert [line.name for line in reading.lines] == ["100n", "4k7", "4k7", "MCU"]
    assert {one.header: one.means for one in reading.columns}["Part"] == "designators"


@pytest.mark.parametrize(
    "word", ["Sub-totals:", "Poids total", "Cost per piece", "总重量", "Übertrag"]
)
def test_rows_that_add_up(word: str) -> None:
    reading = read(f"Category;Name;Qty;Weight (g)\nA;Cap;3;5\n;{word};3;15\n")
    assert skipped(reading) == {3: "total"}


def test_a_list_for_so_many_products() -> None:
    text = "BOM for :,{}\n\nItem Description,Qty,UOM\nGranules,85.5,Kgs\nRivet,2000,Nos\n"
    for many in ('"1,000 Nos"', "1000 Nos", "1000"):
        reading = read(text.format(many))
        assert reading.base == (1000.0, "piece")
    named = read(text.format("Tiffin box"))
    assert (named.base, named.facts["name"]) == (None, "Tiffin box")


def test_shares_are_of_the_whole_however_large_the_batch() -> None:
    reading = read(
        "Batch size,500 kg\n\nIngredient,CAS,% w/w\nWater,7732-18-5,88\nSalt,7647-14-5,12\n"
    )
    assert [(line.quantity, line.unit) for line in reading.lines] == [(88.0, "%"), (12.0, "%")]
    assert reading.base is None
    assert ("declared_unit", None) in asked(reading)
    assert {one.header: one.means for one in reading.columns}["CAS"] == "id"
    tablet = read('Batch size,"500,000 tablets"\n\nMaterial,mg/tablet\nStarch,60\nSalt,5\n')
    assert tablet.base is None
    assert tablet.lines[0].mass_kg == pytest.approx(6e-5)
    weighed = read("Batch size,500 kg\n\nIngredient,Quantity,Unit\nWater,440,kg\nSalt,60,kg\n")
    assert weighed.base == (500.0, "kg")


@pytest.mark.parametrize(
    "headings", ["Claimed weight (g);Actual weight (g)", "Blank wt (g);Net wt (g)"]
)
def test_a_mass_that_was_weighed_or_is_net_goes_before_another(headings: str) -> None:
    reading = read(f"Name;Qty;{headings}\nFrame;1;1150;1182\nTyre;2;280;290\n")
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(1.182), pytest.approx(0.58)]
    assert ("unit_mass", 2) not in asked(reading)
    other = read("Name;Qty;Actual weight (g);Claimed weight (g)\nFrame;1;1182;1150\n")
    assert other.lines[0].mass_kg == pytest.approx(1.182)
    open_still = read("Name;Qty;Weight A (g);Weight B (g)\nFrame;1;1150;1182\n")
    assert open_still.lines[0].mass_kg is None


def test_a_volume_of_all_pieces_together_is_not_that_of_one() -> None:
    head = "Name;Material;Length (mm);Width (mm);Thickness (mm);Qty;{}\n"
    text = head + "Leg;Oak;720;65;65;4;0.012168\nTop;Oak;1600;600;25;1;0.024\n"
    for heading in ("Khối lượng (m³)", "Volume (m3)", "Total volume (m3)"):
        reading = read(text.format(heading))
        assert reading.lines[0].mass_formula.startswith("0.72 m x 0.065 m")
    each = read(text.replace("0.012168", "0.003042").format("Volume (m3)"))
    assert each.lines[0].mass_formula.startswith("volume")


def test_a_kind_of_material_is_no_material() -> None:
    reading = read("Name,Qty,Material type,Material\nRail,2,Solid wood,Oak\n")
    assert reading.lines[0].texts["material"] == "Oak"


def test_german_dates_of_an_end_are_asked() -> None:
    text = "Beschreibung;Menge pro;Startdatum;Enddatum\nAlt;8;01.01.2019;31.12.2021\nNeu;8;;\n"
    assert ("row", 2) in asked(read(text))


def test_of_a_yield_the_rest_is_lost_of_what_goes_in() -> None:
    # The engine divides by 1 - loss: of 1000 g at 80 % there are 1250 g to buy.
    reading = read("原料名,配合量(g),歩留率(%)\nりんご,1000,80\n砂糖,600,100\n")
    assert reading.lines[0].loss == pytest.approx(0.2)
    half = read("Component,Quantity,UOM,Yield\nApple,1,kg,0.5\n")
    assert half.lines[0].loss == pytest.approx(0.5)


def test_chinese_stairs_are_a_tree_and_their_total_is_no_step() -> None:
    text = "一级,二级,三级,数量,单重(kg)\n支架,,,2,\n,立柱,,1,3.2\n,底座,,1,\n,,垫,4,0.02\n"
    reading = read(f"{text}合计,,,,6.56\n")
    assert [line.parent_row for line in reading.lines] == [None, 2, 2, 4]
    assert skipped(reading) == {6: "total"}


@pytest.mark.parametrize(
    "words",
    ["Quantités pour", "Mengen für", "Quantità per", "Cantidades para", "Stuklijst voor"],
)
def test_quantities_for_a_lot_in_words(words: str) -> None:
    reading = read(f"{words} :;50 pcs;\n;;\nDésignation;Qté;Unité\nMousse;4,25;kg\nSangle;90;m\n")
    assert reading.base == (50.0, "piece")


def test_a_mass_of_all_bars_is_not_that_of_one() -> None:
    head = "Mark,Name,Total no.,Length (mm),kg/m,Weight (kg)\n"
    reading = read(head + "1,H16,32,2500,1.579,126.32\n2,H10,80,1200,0.617,59.23\n")
    assert [line.mass_kg for line in reading.lines] == [
        pytest.approx(126.32, rel=1e-3), pytest.approx(59.23, rel=1e-3),
    ]  # fmt: skip
    each = read(head + "1,H16,32,2500,1.579,3.9475\n2,H10,80,1200,0.617,0.7404\n")
    assert each.lines[0].mass_kg == pytest.approx(126.32)


def test_prices_for_so_many_are_no_units() -> None:
    reading = read("RefDes,Description,Qty/board,Unit @100,Ext @100\nU1,MCU,1,1.8,180\n")
    assert (reading.lines[0].quantity, reading.lines[0].unit) == (1.0, "piece")


def test_kinds_of_rows_tell_the_product_and_notes_from_materials() -> None:
    text = "Type,Part,Description,Quantity,UOM\n{},BX-1,Box,1,ea\nRaw Good,OK-1,Oak,1.2,m2\n"
    text += "Note,,Sand it,,\n"
    reading = read(text.format("Finished Good"))
    assert skipped(reading) == {2: "product", 4: "note"}
    assert len(read(text.format("Raw Good")).lines) == 2
    two = text.format("Finished Good") + "Finished Good,BX-2,Small box,1,ea\n"
    assert len(read(two).lines) == 3


def test_keys_above_printed_columns_are_no_part_of_them() -> None:
    text = (
        "R30         Example Company      Page 1\n"
        "Parent Item:   ST-100      Stool\n"
        "Batch Quantity:            .00  EA\n\n"
        "Level  Item Number   Description     Quantity Per  UM\n"
        "-----  ------------  --------------  ------------  --\n"
        "1      ST-110        Seat                  1.0000  EA\n"
        ".2     FM-035        Foam block            0.3500  KG\n"
        "1      LG-004        Leg beech             4.0000  EA\n"
    )
    reading = read(text, "list.txt")
    assert [(line.name, line.quantity) for line in reading.lines] == [
        ("Seat", 1.0), ("Foam block", 0.35), ("Leg beech", 4.0),
    ]  # fmt: skip
    assert reading.facts["product_id"] == "ST-100"


def test_a_list_on_several_sheets_has_no_total() -> None:
    rows: list[list[object]] = [["Part", "Qty", "Weight (kg)"], ["Cover", 1, 0.3], ["Base", 1, 1.1]]
    one = load_workbook(io.BytesIO(book(rows)))
    assert read_table(book(rows), "a.xlsx").total_mass_kg == pytest.approx(1.4)
    second = one.create_sheet("Motor")
    for row in rows:
        second.append(row)
    buffer = io.BytesIO()
    one.save(buffer)
    reading = read_table(buffer.getvalue(), "a.xlsx")
    assert reading.total_mass_kg is None
    assert ("sheet", None) in asked(reading)


@pytest.mark.parametrize(
    "words",
    ["Mengen für 100 Stück", "Quantities for 100 pcs", "以下用量为100套", "Alle Mengen je 100"],
)
def test_a_sentence_says_for_how_many_the_quantities_are(words: str) -> None:
    reading = read(f"{words};;\nZutat;Menge;Einheit\nMehl;6,2;kg\nSalz;120;g\n")
    assert reading.base is not None
    assert reading.base[0] == 100.0
    order = read("订单数量为100套;;\nZutat;Menge;Einheit\nMehl;6,2;kg\n")
    assert order.base is None


def test_ditto_marks_repeat_the_words_above_and_no_number() -> None:
    text = "Part;Material;Qty;Unit;Weight (g)\nLeft;AlSi10;1;pc;200\nRight;〃;1;〃;200\n"
    reading = read(text)
    assert [line.unit for line in reading.lines] == ["piece", "piece"]
    assert [line.texts["material"] for line in reading.lines] == ["AlSi10", "AlSi10"]
    assert read(text.replace("〃", '""""')).lines[1].unit == "piece"
    number = read(text.replace("〃;1", "〃;〃"))
    assert number.lines[1].quantity is None

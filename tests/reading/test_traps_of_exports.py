"""What lists of ERP, CAD and building programs hold beside plain lines, and how each is read."""

from __future__ import annotations

from datetime import date

import pytest
from reading_kit import asked, book, lines, means, read, skipped

from footprint.reading.amounts import amount_of
from footprint.reading.read import read_table
from footprint.reading.validity import dates_of


def quantities(text: str) -> list[tuple[float | None, str | None]]:
    return [(line.quantity, line.unit) for line in read(text).lines]


def test_a_column_of_units_is_known_by_its_cells_but_sizes_are_none() -> None:
    reading = read("Name,Qty,Xyz\nFilm,1200,kg\nBox,3,pcs\n")
    assert means(reading)["Xyz"] == "unit"
    assert [line.unit for line in reading.lines] == ["kg", "piece"]
    assert means(read("Name,Qty,Xyz\nShirt,1,M\nVest,2,L\n"))["Xyz"] != "unit"


def test_a_line_that_ended_before_the_list_was_written_is_left_out_and_asked() -> None:
    head = "Component,Description,Qty,UoM,Valid from,Valid to\n"
    old = "A1,Old lid,1,pcs,01.01.2015,31.12.2019\n"
    reading = read(head + "A2,Lid,1,pcs,01.01.2020,31.12.9999\n" + old)
    assert skipped(reading) == {3: "expired"}
    assert ("row", 3) in asked(reading)
    dated = read("Date:,2024-03-01\n" + head + "A2,Lid,1,pcs,,\n" + old)
    assert skipped(dated) == {4: "expired"}


def test_a_line_that_ends_some_day_is_kept_and_has_to_be_answered() -> None:
    text = "Component,Description,Qty,UoM,Valid to\nA1,Lid,1,pcs,31.12.2019\nA2,Pot,1,pcs,\n"
    reading = read(text)
    assert [line.name for line in reading.lines] == ["Lid", "Pot"]
    assert [(ask.about, ask.rows) for ask in reading.asks if ask.blocking] == [("row", (2,))]
    same = read(text.replace("pcs,\n", "pcs,31.12.2019\n"))
    assert not [ask for ask in same.asks if ask.blocking]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2019-12-31", "2019-12-31"),
        ("31-DEC-2019", "2019-12-31"),
        ("20191231", "2019-12-31"),
        (43830.0, "2019-12-31"),
        (date(2019, 12, 31), "2019-12-31"),
        ("2019年12月31日", "2019-12-31"),
        ("12/31/2019", "2019-12-31"),
    ],
)
def test_days_are_read_as_programs_write_them(cell: object, day: str) -> None:
    assert [one.isoformat() for one in dates_of(cell)] == [day]


def test_a_day_of_which_the_month_is_unclear_may_be_either_and_other_cells_are_none() -> None:
    assert {one.isoformat() for one in dates_of("03/04/2019")} == {"2019-04-03", "2019-03-04"}
    assert dates_of("when used up") == dates_of(4.0) == dates_of(None) == []


def test_marked_by_products_are_left_out() -> None:
    text = "Component,Description,Qty,UoM,By-product\nA,Resin,2,kg,No\nB,Sprue,1,kg,Yes\n"
    assert skipped(read(text)) == {3: "by_product"}
    typed = "Name,Qty,Unit,Item type\nResin,2,kg,Item\nSprue,1,kg,Co-product\n"
    assert skipped(read(typed)) == {3: "by_product"}


def test_a_substitute_that_names_its_part_is_asked() -> None:
    text = (
        "Level,Item Number,Description,Qty,Substitute For\n"
        "1,110-0005,Capacitor,2,\n1,110-0009,Capacitor B,2,110-0005\n"
    )
    reading = read(text)
    assert means(reading)["Item Number"] == "id"
    assert ("row", 3) in asked(reading)


def test_the_product_on_level_0_is_no_line_and_names_the_product() -> None:
    text = "Level,Part No,Description,Qty,Unit,Mass (kg)\n"
    text += "0,P-1,Gearbox,1,pcs,3.1\n1,P-2,Housing,1,pcs,3\n1,P-3,Bolt,10,pcs,0.01\n"
    reading = read(text)
    assert skipped(reading) == {2: "product"}
    assert (reading.facts["name"], reading.facts["product_id"]) == ("Gearbox", "P-1")
    assert reading.total_mass_kg == pytest.approx(3.1)
    assert not skipped(read(text.replace("Gearbox,1", "Gearbox,10")))


def test_an_empty_quantity_is_one_in_a_structure_of_teamcenter_and_open_elsewhere() -> None:
    text = "Level,BOM Line,Item Id,Quantity\n1,7/A;1-Housing,7,\n1,8/A;1-Bolt,8,4\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0, 4.0]
    assert [one.rows for one in reading.assumed if one.about == "quantity"] == [(2,)]
    other = read(text.replace("BOM Line", "Description"))
    assert other.lines[0].quantity is None


def test_parts_that_are_listed_one_by_one_and_then_grouped_count_once() -> None:
    head = "Item,Qty,Reference(s),Value,Footprint\n"
    one = ",,C1,100n,0402\n,,C2,100n,0402\n,,R1,4k7,0402\n"
    both = f'{head}{one}\nGrouped\n{head}1,2,"C1, C2",100n,0402\n2,1,R1,4k7,0402\n'
    reading = read(both)
    assert [(line.name, line.quantity) for line in reading.lines] == [("100n", 2.0), ("4k7", 1.0)]
    assert [row for row, why in skipped(reading).items() if why == "listed_twice"] == [2, 3, 4]
    part = read(both.replace("2,1,R1,4k7", "2,1,R9,4k7"))
    assert ("row", 2) in asked(part)
    assert len(part.lines) == 5


def test_a_second_table_in_another_order_is_put_in_order() -> None:
    text = (
        "No,Part,Material,Qty,Weight (g)\n1,Body,ABS,1,220\n\nPackaging,,,,\n"
        "No,Part,Weight (g),Qty,Material\n1,Box,95,2,Paper\n"
    )
    box = lines(read(text))["Box"]
    assert (box.quantity, box.texts["material"]) == (2.0, "Paper")
    assert box.mass_kg == pytest.approx(0.19)


def test_a_second_table_in_another_unit_gives_no_mass_in_that_of_the_first() -> None:
    text = (
        "No,Part,Material,Qty,Weight (g)\n1,Body,ABS,1,220\n"
        "No,Part,Material,Qty,Weight (kg)\n1,Frame,Steel,1,4\n"
    )
    reading = read(text)
    assert lines(reading)["Frame"].mass_kg is None
    assert ("unit_mass", 4) in asked(reading)


def test_the_volume_of_building_elements_is_the_quantity_and_not_their_count() -> None:
    text = (
        "Family and Type,Material: Name,Material: Volume,Count\n"
        "Basic Wall: 300,Concrete,10.86 m³,4\nBasic Wall: 100,Gypsum board,0.45 m³,3\n"
    )
    assert quantities(text) == [(10.86, "m3"), (0.45, "m3")]
    bare = read(text.replace(" m³", ""))
    assert "quantity" in {ask.about for ask in bare.asks if ask.blocking}
    named = "IfcClass,Name,NetVolume (m3),NetArea (m2)\nIfcSlab,Slab,12.5,62\nIfcBeam,Beam,2,9\n"
    assert quantities(named) == [(12.5, "m3"), (2.0, "m3")]


@pytest.mark.parametrize("heading", ["kg/m3", "Amount (kg/m3)", "Dosage [kg/m³]"])
def test_a_dosage_per_cubic_metre_is_a_quantity(heading: str) -> None:
    text = f"Constituent,{heading},Density (kg/m3)\nCement,340,3050\nWater,175,1000\n"
    reading = read(text)
    assert [(one.quantity, one.unit, one.mass_kg) for one in reading.lines] == [
        (340.0, "kg", 340.0),
        (175.0, "kg", 175.0),
    ]
    assert ("declared_unit", None) in asked(reading)


def test_a_density_beside_a_quantity_stays_a_density() -> None:
    reading = read("Name,Volume (cm3),Qty,kg/m3\nBlock,100,2,1000\nPlate,10,1,2000\n")
    assert means(reading)["kg/m3"] == "density"
    assert reading.total_mass_kg == pytest.approx(0.22)


def test_parts_by_mass_are_shares_of_their_sum() -> None:
    reading = read("Ingredient,phr\nRubber,100\nCarbon black,50\nSulfur,10\nTotal,160\n")
    assert [(one.quantity, one.unit) for one in reading.lines] == [
        (62.5, "%"), (31.25, "%"), (6.25, "%"),
    ]  # fmt: skip
    one_open = read("Ingredient,phr\nRubber,100\nOil,q.s.\n")
    assert [line.quantity for line in one_open.lines] == [None, None]


def test_a_yield_is_a_loss_of_what_goes_in() -> None:
    text = "Component,Quantity,Unit,Component Yield\nSheet,2.4,kg,80%\nRivet,16,pcs,100%\n"
    reading = read(text)
    assert [line.loss for line in reading.lines] == [pytest.approx(0.2), 0.0]
    assert ("loss_meaning", None) in asked(reading)
    assert read(text.replace("80%", "0.8")).lines[0].loss == pytest.approx(0.2)
    assert ("loss", 2) in asked(read(text.replace("80%", "-5%")))


def test_quantities_per_pallet_are_divided_by_the_products_on_one_or_asked() -> None:
    table = "Component,Qty per pallet,Weight (g)\nCap,960,2\nCarton,80,285\n"
    reading = read(f"Product,Shampoo\nUnits per pallet,960\n\n{table}")
    assert reading.base == (960.0, "piece")
    assert reading.total_mass_kg == pytest.approx(0.002 + 80 * 0.285 / 960)
    unsaid = read(f"Product,Shampoo\n\n{table}")
    assert ("base_quantity", None) in asked(unsaid)
    assert unsaid.total_mass_kg is None or unsaid.base is None
    itself = read(f"Product,Pallet of shampoo\n\n{table}")
    assert ("base_quantity", None) not in asked(itself)


def test_a_unit_that_says_what_is_in_it_is_counted() -> None:
    text = "Name,Qty,UOM\nScrew,0.24,Box of 100\nNut,2,Beutel à 50 Stk\n"
    assert quantities(text) == [(24.0, "piece"), (100.0, "piece")]


def test_money_called_amount_is_no_quantity() -> None:
    text = "Item Code,Item Name,Qty,UOM,Rate,Amount\nA,Board,2,pcs,14.5,29\nB,Glue,1,kg,4,4\n"
    assert quantities(text) == [(2.0, "piece"), (1.0, "kg")]


def test_the_weight_of_one_beside_that_of_all() -> None:
    text = "Mark,Profile,Qty,Weight/1(kg),Total(kg)\nP1,HEA200,4,250,1000\nP2,PL20,8,14,112\n"
    reading = read(text)
    assert list(means(reading).values())[3:] == ["unit_mass", "line_mass"]
    assert reading.total_mass_kg == pytest.approx(1112)


def test_documents_in_a_section_of_their_own_are_no_parts() -> None:
    text = "Поз.,Наименование,Кол.,Примечание\n,Документация,,\n,Сборочный чертеж,,\n,Детали,,\n"
    reading = read(text + "1,Корпус,1,\n2,Смазка,0.05,кг\n")
    assert [(one.name, one.quantity, one.unit) for one in reading.lines] == [
        ("Корпус", 1.0, "piece"),
        ("Смазка", 0.05, "kg"),
    ]


@pytest.mark.parametrize(
    ("cell", "inches"),
    [('3 1/2"', 3.5), ('30-1/2"', 30.5), ("2' 6 1/2\"", 30.5), ("5'-6\"", 66.0), ("1'3\"", 15.0)],
)
def test_feet_and_inches(cell: str, inches: float) -> None:
    found = amount_of(cell, ".")
    assert (found.value, found.unit, found.problem) == (inches, "in", "")


@pytest.mark.parametrize("cell", ["1'250", "1'250.50", "1\u2019200"])
def test_an_apostrophe_between_thousands_is_no_foot(cell: str) -> None:
    found = amount_of(cell, ".")
    assert found.unit is None
    assert found.value is not None
    assert found.value >= 1200


def test_letters_above_inches_are_dimensions_and_a_lone_one_is_none() -> None:
    text = 'Part,Qty,T,W,L,Material\nSide,2,"3/4""","11 1/4""","30-1/2""",Pine\n'
    found = means(read(text))
    assert [found[one] for one in "TWL"] == ["thickness", "width", "length"]
    assert means(read("Part,Qty,W\nLamp,2,12\n"))["W"] != "width"


def test_the_name_of_a_symbol_is_no_footprint_beside_one() -> None:
    reading = read("Reference,Value,Qty,LibPart,Footprint\nC1,100n,1,Device:C,C_0603\n")
    assert reading.lines[0].texts["footprint"] == "C_0603"
    alone = read("Reference,Value,Qty,LibPart\nC1,100n,1,Device:C\n")
    assert alone.lines[0].texts["footprint"] == "Device:C"


def test_a_printed_head_line_in_one_cell_is_a_fact() -> None:
    text = (
        "Basismenge (ST)        1,000\nEinsatzmenge (ST)     10,000\n"
        "|Pos.|Objektkurztext|Menge|ME|\n|0010|Welle|10,000|ST|\n|0020|Kabel|1.250,000|M|\n"
    )
    reading = read(text, "list.txt")
    assert reading.base == (10.0, "piece")


def test_a_list_for_kilograms_of_product_asks_for_how_much_the_result_is() -> None:
    reading = read("Batch size,100 kg\n\nRaw material,kg\nWater,60\nResin,40\n")
    assert reading.base == (100.0, "kg")
    assert ("declared_unit", None) in asked(reading)


def test_cells_of_dates_in_a_workbook_are_days() -> None:
    rows: list[list[object]] = [
        ["Item number", "Product name", "Quantity", "Unit", "From date", "To date"],
        ["M0001", "Cap", 1, "ea", date(2020, 1, 1), None],
        ["M0002", "Old cap", 1, "ea", date(2015, 1, 1), date(2019, 12, 31)],
    ]
    reading = read_table(book(rows), "list.xlsx")
    assert skipped(reading) == {3: "expired"}


@pytest.mark.parametrize(
    ("heading", "fixed", "plain"),
    [
        ("Fixe Menge", "X", ""),
        ("用量类型", "固定", "变动"),
        ("Basis", "Lot", "Item"),
        ("Per", "Lot", "Unit"),
    ],
)
def test_a_fixed_quantity_is_for_the_order_and_has_to_be_answered(
    heading: str, fixed: str, plain: str
) -> None:
    text = f"Component,Description,Quantity,UoM,{heading}\nA1,Resin,52.5,kg,{plain}\n"
    reading = read(f"{text}A2,Purge,3,kg,{fixed}\n")
    assert [line.quantity for line in reading.lines] == [52.5, None]
    assert [(ask.kind, ask.rows) for ask in reading.asks if ask.blocking] == [
        ("quantity_fixed", (3,))
    ]


def test_a_mass_per_many_metres_is_not_one_of_a_metre() -> None:
    feet = read("Wire,Length (ft),Qty,Weight (lb/1000ft)\nW1,4.5,2,20\n")
    assert feet.total_mass_kg == pytest.approx(9 * 0.020 * 0.45359237)
    metres = read("Wire,Length (m),Qty,Weight (kg/1000 m)\nW1,2,3,8\n")
    assert metres.total_mass_kg == pytest.approx(6 * 0.008)


def test_by_products_and_operations_beside_components_are_none() -> None:
    head = "Product,Quantity,BoM Lines/Component/Display Name,BoM Lines/Quantity,"
    head += "BoM Lines/Product Unit of Measure/Display Name,By-products/Product,"
    head += "By-products/Quantity\n"
    text = "[CR-1] Crate,5,Plank,12,m,Sawdust,1.5\n,,Glue,0.5,kg,,\n"
    reading = read(head + text)
    assert reading.base == (5.0, "piece")
    assert [(one.name, one.quantity, one.unit) for one in reading.lines] == [
        ("Plank", 12.0, "m"),
        ("Glue", 0.5, "kg"),
    ]


def test_a_heading_in_kilograms_above_a_row_in_grams_has_to_be_answered() -> None:
    reading = read("Material,Qty (kg),Unit\nResin,120,g\nPigment,3,kg\n")
    assert [line.quantity for line in reading.lines] == [None, 3.0]
    assert [(ask.kind, ask.rows) for ask in reading.asks if ask.blocking] == [
        ("unit_heading", (2,))
    ]


def test_pounds_and_ounces_in_one_cell() -> None:
    reading = read("Name,Qty,Weight\nBase,1,2 lb 3 oz\nKnob,2,1.5 oz\n")
    ounce = 0.45359237 / 16
    assert [line.mass_kg for line in reading.lines] == [
        pytest.approx(35 * ounce),
        pytest.approx(3 * ounce),
    ]


def test_a_table_right_of_the_first_one_has_to_be_answered() -> None:
    text = "Part,Qty,Weight (g),,Part,Qty,Weight (g)\nShell,1,300,,Box,1,80\n"
    reading = read(text)
    assert [(line.name, line.quantity, line.mass_kg) for line in reading.lines] == [
        ("Shell", 1.0, 0.3)
    ]
    assert ("row", None) in asked(reading)
    assert reading.total_mass_kg is None


def test_an_item_that_is_the_same_in_every_row_is_the_product() -> None:
    text = "Item,Material,Description,Quantity,U/M\nLEG-1,T-1,Tube,1.2,m\nLEG-1,T-2,Cap,2,ea\n"
    reading = read(text)
    assert [line.name for line in reading.lines] == ["Tube", "Cap"]
    assert reading.products == ("LEG-1",)


def test_a_recapitulation_says_the_parts_above_again() -> None:
    head = "Quantity,Part Number,Description,Mass (kg)\n"
    parts = "2,B-1,Bracket,0.6\n1,P-1,Plate,0.9\n"
    text = f"{head}{parts}\nRecapitulation of: HOLDER,,,\n{head}{parts}"
    reading = read(text)
    assert [line.row for line in reading.lines] == [2, 3]
    assert reading.total_mass_kg == pytest.approx(2.1)
    more = read(text + "1,X-1,Cover,0.1\n")
    assert ("row", 7) in asked(more)
    assert more.total_mass_kg is None


def test_a_column_of_fittings_is_known_by_its_cells() -> None:
    text = "Comment,Designator,Quantity,Variation\n10k,R1,1,Fitted\n100n,C9,1,Not Fitted\n"
    assert skipped(read(text)) == {3: "dnp"}
    assert not skipped(read(text.replace("Not Fitted", "Size B")))


def test_a_document_without_a_quantity_is_no_part() -> None:
    text = "Item Name,Category,Quantity,UOM\nHousing,Mechanical,1,each\nGuide,Document,,\n"
    assert skipped(read(text)) == {3: "reference"}
    assert not skipped(read(text.replace("Document,,", "Document,1,each")))


def test_a_compound_of_loss_is_one() -> None:
    reading = read("Zutat;Menge;Einheit;Putzverlust %\nKartoffeln;18;kg;20\n")
    assert reading.lines[0].loss == pytest.approx(0.2)


def test_a_recipe_per_hundred_kilograms_counts_kilograms() -> None:
    reading = read("Matière première;Pour 100 kg\nEau;38,5\nLiant;40\nPigment;21,5\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [
        (38.5, "kg"), (40.0, "kg"), (21.5, "kg"),
    ]  # fmt: skip
    assert reading.base == (100.0, "kg")
    own = read("Surowiec;Na 10 kg;J.m.\nMąka;5,2;kg\nSól;15;g\n")
    assert [(line.quantity, line.unit) for line in own.lines] == [(5.2, "kg"), (15.0, "g")]


def test_columns_of_crosses_may_be_variants() -> None:
    text = "Name,Qty,Unit,Basis,Comfort\nFrame,1,pcs,x,x\nLeather,1,pcs,,x\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0, 1.0]
    assert ("variant", 3) in asked(reading)
    assert ("variant", 2) not in asked(reading)
    assert ("variant", 3) not in asked(read(text.replace("pcs,,x", "pcs,x,x")))


def test_quantities_per_panel_are_more_than_the_designators_of_one_board() -> None:
    text = 'Ref,Part,Qty per panel\n"R1,R2",10k,12\nU1,MCU,6\n'
    reading = read(f"Product,Node,\nBoards per panel,6,\n{text}")
    assert [line.quantity for line in reading.lines] == [12.0, 6.0]
    assert reading.base == (6.0, "piece")


def test_grams_a_litre_make_no_whole() -> None:
    reading = read("Chemical,g/L\nSodium carbonate,20\nWetting agent,1.5\n")
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(0.02), pytest.approx(0.0015)]
    assert reading.total_mass_kg is None


def test_a_grade_of_steel_is_a_material() -> None:
    reading = read("Mark,Qty,Length (mm),Grade\nB1,4,300,A992\nA1,8,200,A36\n")
    assert [line.texts["material"] for line in reading.lines] == ["A992", "A36"]


def test_a_short_word_for_consumption_per_dozen() -> None:
    reading = read("Matière;Conso. / douzaine;Unité\nJersey;2,4;kg\n")
    assert (reading.base, reading.lines[0].quantity) == ((12.0, "piece"), 2.4)


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["宁波某某电器有限公司", "加湿器 H20 物料清单"], "加湿器 H20"),
        (["宁波某某电器有限公司加湿器H20物料清单"], "加湿器H20"),
        (["深圳市某某电器有限公司 — 空气净化器 KJ200 BOM 表"], "空气净化器 KJ200"),
        (["Example Electric Co., Ltd.", "Humidifier H20 - Bill of Materials"], "Humidifier H20"),
        (["Example Lamps GmbH - Desk lamp L3 - Stückliste"], "Desk lamp L3"),
        (["东莞市某某五金制品厂"], ""),
        (["电厂用阀门 V2 物料清单"], "电厂用阀门 V2"),
    ],
)
def test_a_company_at_the_head_of_a_list_is_no_name_of_the_product(
    titles: list[str], name: str
) -> None:
    rows = [[one] for one in titles]
    rows += [["序号", "品名", "数量", "单位"], ["1", "前壳", "1", "个"], ["2", "后壳", "1", "个"]]
    found = read_table(book(rows), "list.xlsx")
    assert found.facts.get("name", "") == name

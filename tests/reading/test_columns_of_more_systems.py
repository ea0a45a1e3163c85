"""Columns whose headings are those of one more ERP or PLM system, shop or workshop."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.faults import InputRefused


@pytest.mark.parametrize(
    ("headings", "litre", "metre"),
    [
        ("Product/Name,Quantity,Unit of Measure/Name,BoM Lines/Component/Name,BoM Lines/Quantity,"
         "BoM Lines/Unit of Measure/Name", "L", "m"),
        ("product_tmpl_id/name,product_qty,product_uom_id/id,bom_line_ids/product_id/name,"
         "bom_line_ids/product_qty,bom_line_ids/product_uom_id/id",
         "uom.product_uom_litre", "uom.product_uom_meter"),
    ],
)  # fmt: skip
def test_names_and_external_ids_of_units_are_units(headings: str, litre: str, metre: str) -> None:
    reading = read(f"{headings}\nDesk,1,Units,Varnish,3,{litre}\n,,,Cable,2,{metre}\n")
    assert (lines(reading)["Varnish"].unit, lines(reading)["Cable"].unit) == ("l", "m")


def test_lines_of_boms_of_odoo_belong_to_their_bom() -> None:
    reading = read(
        "id,bom_id/id,product_id/id,product_qty,product_uom_id/id\n"
        "l1,bom_desk,part_top,1,uom.product_uom_unit\nl2,bom_desk,part_leg,4,uom.product_uom_unit\n"
    )
    assert reading.products == ("bom_desk",)
    assert [line.name for line in reading.lines] == ["part_top", "part_leg"]


def test_the_list_that_a_part_is_in_is_not_what_it_is_made_of() -> None:
    reading = read(
        "Bill of Materials,Component,Component Description,Quantity,Units\n"
        "BOM-CHAIR,L-1,Leg oak,4,ea\nBOM-CHAIR,S-1,Seat,1,ea\n"
    )
    assert reading.products == ("BOM-CHAIR",)
    assert all("material" not in line.texts for line in reading.lines)


def test_marks_of_assemblies_name_no_product() -> None:
    reading = read(
        "Level,Component,Description,Quantity,Un,Assembly\n"
        "1,4711,Motor,1,PC,X\n2,4712,Rotor,1,PC,\n1,4720,Cover,2,PC,\n"
    )
    assert reading.products == ()
    assert lines(reading)["Rotor"].parent_row == 2


def test_quantities_fixed_for_an_order_and_ended_lines_of_infor() -> None:
    reading = read(
        "Part,Component,Description,Qty per,U/M,Fixed/Unit,Effective,Obsolete\n"
        "A-1,B-1,Housing,1,EA,U,2020-01-01,\nA-1,B-2,Setup sheet,2,EA,F,2020-01-01,\n"
        "A-1,B-3,Gasket,1,EA,U,2018-01-01,2021-12-31\n"
    )
    assert reading.products == ("A-1",)
    assert ("quantity", 3) in asked(reading)
    assert ("row", 4) in asked(reading)


def test_the_top_of_a_structure_without_a_quantity_is_the_product() -> None:
    table = (
        "BOM Line,Item Type,Quantity,Unit Of Measure\n{}\nHousing,Part,1,each\nShaft,Part,2,each\n"
    )
    reading = read(table.format("Gearbox,Assembly,,each"))
    assert skipped(reading) == {2: "product"}
    assert reading.facts["name"] == "Gearbox"
    assert "Gearbox" in lines(read(table.format("Gearbox,Assembly,1,each")))


def test_panels_that_are_switched_off_are_not_cut() -> None:
    reading = read(
        "Length,Width,Qty,Material,Label,Enabled\n720,560,2,Plywood,side,true\n"
        "562,560,1,Plywood,floor,true\n700,500,1,Plywood,old door,false\n"
    )
    assert [line.name for line in reading.lines] == ["side", "floor"]


def test_material_name_beside_the_name_is_the_material() -> None:
    reading = read(
        "No.,Designation,Quantity,Material type,Material name,Length,Width,Thickness\n"
        "A,Side,2,Sheet goods,Birch plywood,720,560,18\n"
        "B,Shelf,3,Sheet goods,Birch plywood,562,550,18\n"
    )
    assert lines(reading)["Side"].texts["material"] == "Birch plywood"
    assert lines(reading)["Side"].mass_basis == "handbook"


def test_signatures_beside_the_sum_of_the_quantities_are_no_part() -> None:
    reading = read(
        'Comment,Description,Designator,Quantity\n100nF,Capacitor,"C1, C2, C3",3\n'
        "10k,Resistor,R1,1\n,,,\nApproved,,Notes,4\n"
    )
    assert [line.name for line in reading.lines] == ["100nF", "10k"]
    kept = read("Part No.,Part,Qty\n1,Approved terminal block,1\n2,Page holder,1\n")
    assert len(kept.lines) == 2


def test_work_beside_materials_and_work_of_others_is_no_material() -> None:
    reading = read(
        "Seq,Type,Code,Description,Qty,UOM\n10,Material,R1,Bar,1.2,kg\n"
        "20,Labour,L1,Milling,0.5,hr\n30,Subcontract,S1,Plating,1,ea\n"
    )
    assert [line.name for line in reading.lines] == ["Bar", "Plating"]


def test_the_weight_of_all_below_a_list_is_no_part() -> None:
    reading = read(
        "Part,Qty,Unit mass,Total mass\nMotor,4,32 g,128 g\nFrame,1,120 g,120 g\n"
        "All-up weight,,,248 g\n"
    )
    assert reading.total_mass_kg == pytest.approx(0.248)


def test_names_of_transformed_articles_are_those_of_the_products() -> None:
    reading = read(
        "articulo_transformado,desc_transformado,componente,desc_componente,cantidad\n"
        "77001,Tanque rojo,88001,Tanque,1\n77002,Tapa negra,88002,Tapa,1\n"
        "77002,Tapa negra,88003,Calca,2\n"
    )
    question = next(one for one in reading.asks if one.about == "product")
    assert dict(question.values)["products"] == "77001 (Tanque rojo), 77002 (Tapa negra)"
    assert "negra" not in lines(reading)["Calca"].match


def test_designators_joined_by_plus_are_counted() -> None:
    reading = read("Ref,Description,Qty\nR1+R2+R3,Resistor,3\nC1,Capacitor,1\nU1+U2,Driver,3\n")
    assert means(reading)["Ref"] == "designators"
    assert ("quantity", 4) in asked(reading)


def test_a_price_is_not_proposed_as_the_quantity() -> None:
    with pytest.raises(InputRefused) as refused:
        read("Component,Estimated cost EUR,Notes\nSensor,12,flexible\nWire,1,red\nTotal,13,\n")
    assert "--map 'Component=name'" in str(refused.value)
    assert "=quantity" not in str(refused.value)


def test_a_list_without_headings_is_told_to_name_columns_by_places() -> None:
    with pytest.raises(InputRefused, match="name its columns by their places"):
        read("Lid,1,17\nPin,2,0.3\nCap,1,0.1\n")


def test_parts_of_several_assemblies_are_counted_in_german() -> None:
    reading = read(
        "Baugruppe;Teil;Anzahl pro Baugruppe;Anzahl Baugruppen;Masse in g\n"
        "Bein;Rohr;1;4;850\nBein;Kappe;2;4;12\nPlatte;Platte;1;1;5400\n"
    )
    assert [line.quantity for line in reading.lines] == [4, 8, 1]
    assert reading.products == ()
    assert reading.total_mass_kg == pytest.approx(8.896)


def test_kinds_of_parts_name_them_where_nothing_else_does() -> None:
    reading = read(
        "Amount,Part Type,Properties\n1,Uno board,variant r3\n"
        "3,Red LED,THT\n2,Resistor 220,THT; 5%\n"
    )
    assert [line.name for line in reading.lines] == ["Uno board", "Red LED", "Resistor 220"]


def test_counts_above_groups_of_a_printed_list_are_no_parts() -> None:
    reading = read(
        "Quantity:   References    Value\n---------   ----------    -----\n"
        "1           C1            100nF\n\n3 Resistors\nQuantity:   References    Value\n"
        "---------   ----------    -----\n2           R1-R2         10k\n"
        "1           R3            330\n",
        "list.txt",
    )
    assert [line.name for line in reading.lines] == ["100nF", "10k", "330"]


def test_money_in_brackets_is_no_quantity() -> None:
    reading = read("Part No,Description,Qty,Ext. (USD)\nA-1,Resistor,10,1.00\nA-2,Op amp,2,0.80\n")
    assert means(reading)["Ext. (USD)"] == "price"


def test_what_is_not_required_is_asked() -> None:
    reading = read(
        "Part,Qty,Unit,Required?\nLid,1,pcs,Yes\nStand,1,pcs,Optional\nSticker,1,pcs,No\n"
    )
    assert {row for about, row in asked(reading) if about == "row"} == {3, 4}
    numbers = read("Part,Qty,Unit,Required\nLid,1,pcs,2\nStand,1,pcs,4\n")
    assert not any(about == "row" for about, _ in asked(numbers))


def test_grams_and_ounces_of_the_same_are_one_amount() -> None:
    reading = read("Oil,Percent,Grams,Ounces\nOlive,60%,600,21.16\nCoconut,40%,400,14.11\n")
    assert [line.mass_kg for line in reading.lines] == [0.6, 0.4]
    other = read("Oil,Grams,Ounces\nOlive,600,3\nCoconut,400,14.11\n")
    assert all(line.mass_kg is None for line in other.lines)


def test_a_kind_of_part_that_begins_like_a_footer_is_a_line() -> None:
    reading = read(
        "type,name,quantity\nbought_part,Bearing,24\nprinted_part,Bracket,2\nprinted_part,Adapter,\n"
    )
    assert [line.name for line in reading.lines] == ["Bearing", "Bracket", "Adapter"]
    assert ("quantity", 4) in asked(reading)
    below = read("Part,Qty\nLid,1\nPin,2\nPrinted 12.03.2025,\nApproved by John,\n")
    assert [line.name for line in below.lines] == ["Lid", "Pin"]


def test_links_of_products_describe_no_part() -> None:
    reading = read("name,quantity,product_link\nBelt,2,https://example.com/belt\n")
    assert means(reading)["product_link"] == "link"


def test_what_is_the_same_in_each_recipe_names_no_ingredient() -> None:
    reading = read(
        "RecipeID,BakedGoodID,IngredientID,Helper,Quantity\n"
        "R1,B1,I1,Flour,300\nR1,B1,I2,Sugar,100\nR2,B2,I1,Flour,250\nR2,B2,I3,Water,200\n"
    )
    assert [line.name for line in reading.lines] == ["Flour", "Sugar", "Flour", "Water"]
    assert reading.products == ("R1", "R2")


def test_columns_a_blank_apart_below_headings_that_stand_apart() -> None:
    reading = read(
        "Partlist\n\nExported from lamp.brd\n\n"
        "Part     Value     Package    Library  Position (mm)    Orientation\n\n"
        "C1       100nF     M0805      _jc      (12 0.5)         R0\n"
        "JP1      PROG      1X06_LOCK  SparkFun (48.14 37.5)     R180\n"
        "R1       10k       M0805      _jc      (61.5 38.9)      MR90\n"
        "U1       LM358     DIL8       SparkFun (61.28 18.25)    R270\n",
        "lamp.txt",
    )
    assert [line.name for line in reading.lines] == ["100nF", "PROG", "10k", "LM358"]
    assert reading.facts["name"] == "lamp"


def test_a_number_called_no_beside_numbered_items_is_asked() -> None:
    reading = read(
        "Item,Description,No.,Length,Width,Thickness,Timber\n"
        "1,Stile,2,2032mm,95mm,44mm,Oak\n2,Rail,3,620mm,95mm,44mm,Oak\n3,Panel,2,800mm,530mm,12mm,Ply\n"
    )
    assert ("quantity", 2) in asked(reading)
    assert means(reading)["Timber"] == "material"
    assert reading.total_mass_kg is None


def test_a_longueur_stands_beside_a_largeur() -> None:
    reading = read(
        "Repère;Désignation;Nb;L (mm);l (mm);ép. (mm);Essence\n"
        "A;Montant;2;1900;300;22;Chêne\nB;Tablette;4;756;280;22;Chêne\n"
    )
    assert means(reading)["l (mm)"] == "width"
    assert lines(reading)["Montant"].mass_basis == "handbook"


def test_sides_below_their_common_heading_have_its_unit() -> None:
    reading = read(
        "STT,Tên chi tiết,Quy cách (cm),,,SL,Vật liệu\n,,Dài,Rộng,Dày,,\n"
        "1,Mặt bàn,120,60,1.8,1,MDF\n2,Chân bàn,70,6,6,4,Gỗ cao su\n"
    )
    sides = [column.unit for column in reading.columns if column.means in {"length", "width"}]
    assert sides == ["cm", "cm"]
    assert lines(reading)["Mặt bàn"].mass_basis == "handbook"


def test_a_list_that_goes_on_beside_itself_is_asked() -> None:
    reading = read(
        "Part,Qty,Material,Part,Qty,Material\nLid,1,PP,Screw,4,Steel\nBase,1,ABS,Tag,1,PP\n"
    )
    assert ("row", None) in asked(reading)
    assert reading.total_mass_kg is None


def test_designators_called_bauteil_stand_beside_their_value() -> None:
    reading = read(
        "Bauteil;Wert;Bauform;Menge;Bestückt\nR1,R2;10k;0603;2;ja\nC1;100nF;0402;1;ja\n"
        "D1;LED rot;0805;1;nein\n"
    )
    assert means(reading)["Bauteil"] == "designators"
    assert [line.name for line in reading.lines] == ["10k", "100nF"]
    money = read("Pos;Bauteil;Menge;Wert\n1;Deckel;2;12,50\n2;Boden;1;8,00\n")
    assert [line.name for line in money.lines] == ["Deckel", "Boden"]
    assert "12,50" not in lines(money)["Deckel"].match


def test_what_a_store_lacks_is_no_quantity_of_the_product() -> None:
    reading = read(
        "Part Number,Description,Qty Required,Qty On Hand,Qty Short,Unit\n"
        "A-1,Bracket,4,10,0,EA\nA-2,Foot,8,2,6,EA\n"
    )
    assert [line.quantity for line in reading.lines] == [4, 8]


def test_layers_in_words_name_what_is_laid() -> None:
    reading = read("Layer,Material,Mass (kg)\nFront glass,Glass,15.5\nBacksheet,PET,0.8\n")
    assert [line.name for line in reading.lines] == ["Front glass", "Backsheet"]
    assert reading.lines[0].texts["material"] == "Glass"


def test_quantities_in_a_parent_and_in_the_top_are_no_variants() -> None:
    reading = read(
        "Lvl,PN,Desc,Qty/Parent,Qty/Top\n0,100,Robot,1,1\n1,110,Arm,2,2\n2,111,Motor,3,6\n1,120,Base,1,1\n"
    )
    motor = lines(reading)["Motor"]
    assert (motor.quantity, motor.parent_row, reading.variants) == (3, 3, ())


def test_the_count_of_a_yarn_is_no_quantity() -> None:
    reading = read(
        "Yarn,Count,Composition,Weight per piece (g)\nMain,2/26Nm,wool,255\nTrim,2/30 Nm,wool,45\n"
    )
    assert means(reading)["Count"] == "spec"
    assert reading.total_mass_kg == pytest.approx(0.3)


def test_counts_of_scrap_are_no_percentage() -> None:
    reading = read("Item,Qty,Scrap Qty\nPlate,20,1\nPipe,10,0\n")
    assert [line.loss for line in reading.lines] == [None, None]


def test_a_number_of_rows_is_proposed_for_nothing() -> None:
    with pytest.raises(InputRefused, match="--map 'Description=name'") as refused:
        read("No,Description,Remarks\n1,Set of bolts,zinc\n2,Frame,alu\n")
    assert "No=" not in str(refused.value)

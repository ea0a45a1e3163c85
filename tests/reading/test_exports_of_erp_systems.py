"""Lists as ERP systems and offices of works export them: products, levels, sections, units."""

from __future__ import annotations

import pytest
from evidence import some
from reading_kit import asked, lines, means, read, skipped


@pytest.mark.parametrize("depths", [(".1", "..2", "..2", ".1"), ("1", ".2", "..3", "1")])
def test_depths_behind_their_dots_are_levels_under_any_heading(depths: tuple[str, ...]) -> None:
    names = ("Housing", "Cover", "Seal", "Shaft")
    rows = "\n".join(f"{depth},{name},1,pcs" for depth, name in zip(depths, names, strict=True))
    reading = read(f"Expl,Object,Qty,Unit\n{rows}\n")
    assert means(reading)["Expl"] == "level"
    assert lines(reading)["Cover"].parent_row == 2
    assert lines(reading)["Shaft"].parent_row is None


def test_decimal_numbers_below_an_unknown_heading_are_no_levels() -> None:
    reading = read("Part,Qty,Grip\nBolt,1,.1\nNut,2,.2\nPin,3,.1\n")
    assert means(reading)["Grip"] != "level"


def test_a_part_of_a_printed_list_of_eagle_without_a_value_is_a_line() -> None:
    text = (
        "Partlist\n\nExported from sensor.sch\n\nAssembly variant: \n\n"
        "Part     Value     Device       Package   Sheet\n\n"
        "C1       100nF     C-EUC0603    C0603     1\n"
        "C2       10uF      C-EUC0805    C0805     1\n"
        "R1       10k       R-EU_R0603   R0603     1\n"
        "R2                 R-EU_R0603   R0603     1\n"
        "U1       LM358     LM358D       SO08      1\n"
    )
    reading = read(text, "parts.txt")
    assert [line.texts["designators"] for line in reading.lines] == ["C1", "C2", "R1", "R2", "U1"]
    assert not reading.skipped
    assert reading.facts.get("name") != "variant:"


_NAV = (
    "Production BOM No.,Line No.,Type,No.,Description,Quantity per,Unit of Measure Code,"
    "Routing Link Code\n"
)


def test_production_boms_of_business_central() -> None:
    reading = read(
        _NAV + "1000,10000,Item,1100,Front wheel,1,PCS,100\n"
        "1000,20000,Item,1200,Back wheel,1,PCS,100\n1000,30000,Item,1700,Brake,2,PCS,\n"
    )
    assert reading.products == ("1000",)
    found = {line.name: line.texts["id"] for line in reading.lines}
    assert found == {"Front wheel": "1100", "Back wheel": "1200", "Brake": "1700"}


def test_several_production_boms_of_business_central_are_asked() -> None:
    reading = read(
        _NAV + "1000,10000,Item,1100,Front wheel,1,PCS,\n1000,20000,Item,1200,Back wheel,1,PCS,\n"
        "2000,10000,Item,1100,Front wheel,2,PCS,\n2000,20000,Item,1500,Frame,1,PCS,\n"
    )
    assert reading.products == ("1000", "2000")
    assert ("product", None) in asked(reading)


def test_names_of_fields_without_blanks_are_their_words() -> None:
    reading = read(
        "PartNum,RevisionNum,MtlSeq,MtlPartNum,PartDescription,QtyPer,UOMCode,RelatedOperation\n"
        "FG-100,A,10,RM-200,Steel plate 3 mm,2.5,KG,10\nFG-100,A,20,RM-201,Bolt M8,8,EA,10\n"
    )
    assert reading.products == ("FG-100",)
    plate = lines(reading)["Steel plate 3 mm"]
    assert (plate.texts["id"], plate.quantity, plate.unit) == ("RM-200", 2.5, "kg")


@pytest.mark.parametrize(
    "headings",
    [
        "Référence composé;Désignation composé;Référence composant;Désignation composant;Qté;Unité",
        "Product code;Product name;Material code;Material name;Qty;Unit",
    ],
)
def test_products_beside_parts_have_their_names(headings: str) -> None:
    rows = (
        "FG01;Gold ring;RM50;Gold 18 ct;5.2;g\nFG01;Gold ring;RM51;Case;1;pcs\n"
        "FG02;Necklace;RM50;Gold 18 ct;12.7;g\nFG02;Necklace;RM51;Case;1;pcs\n"
    )
    reading = read(f"{headings}\n{rows}")
    assert reading.products == ("FG01", "FG02")
    question = next(one for one in reading.asks if one.about == "product")
    assert dict(question.values)["products"] == "FG01 (Gold ring), FG02 (Necklace)"
    one = read(f"{headings}\n{rows}", product="FG02")
    assert one.facts["name"] == "Necklace"
    ring = some([line for line in one.lines if line.name == "Gold 18 ct"])[0]
    assert (ring.texts["id"], "Necklace" in ring.match) == ("RM50", False)


def test_the_name_of_a_parent_that_is_the_product_is_the_products_name() -> None:
    reading = read(
        "Parent part,Parent description,Component,Component description,Qty per,UOM\n"
        "B100,Bicycle,B200,Wheel,2,EA\nB200,Wheel,C300,Spoke,36,EA\n"
    )
    assert (reading.facts["name"], reading.facts["product_id"]) == ("Bicycle", "B100")
    assert lines(reading)["Spoke"].parent_row == 2


@pytest.mark.parametrize("headings", ["Codigo,Componente,Nombre", "Code,Component,Name"])
def test_codes_of_products_beside_components_are_no_codes_of_parts(headings: str) -> None:
    reading = read(
        f"{headings}\n106,39799,Film PP\n106,C19,Coating\n107,277,Film BOPP\n107,C19,Coating\n"
    )
    assert reading.products == ("106", "107")
    assert ("product", None) in asked(reading)


def test_numbers_of_dishes_beside_numbers_of_ingredients_are_products() -> None:
    reading = read("dish_id,ingredient_id,amount\n1,11,150\n1,15,60\n4,4,80\n4,17,5\n")
    assert reading.products == ("1", "4")
    assert [line.name for line in reading.lines] == ["11", "15", "4", "17"]


def test_names_of_parts_that_stand_below_each_other_are_no_products() -> None:
    reading = read("Product,Part number,Qty\nScrew,S-1,4\nScrew,S-2,8\nNut,N-1,4\nNut,N-2,8\n")
    assert reading.products == ()


_TREE = "bom_level,parent_item,child_item,child_desc,qty_per,uom_code\n"


def test_levels_and_parents_that_agree_are_not_asked() -> None:
    reading = read(
        _TREE + "1,FG1,SA1,Sub assembly,2,EA\n2,SA1,RM1,Resin PP,0.35,KG\n1,FG1,RM3,Carton,1,EA\n"
    )
    assert not any(about == "level" for about, _ in asked(reading))
    resin = lines(reading)["Resin PP"]
    assert (resin.parent_row, resin.quantity, resin.unit) == (2, 0.35, "kg")
    # The product that every line names is no line: the bill of materials has no such assembly.
    assert {line.texts["parent"] for line in reading.lines} == {""}


def test_levels_and_parents_that_do_not_agree_are_asked() -> None:
    reading = read(
        _TREE + "1,FG1,SA1,Sub assembly,2,EA\n2,SA1,RM1,Resin PP,0.35,KG\n2,FG1,RM2,Pin,4,EA\n"
    )
    assert ("level", 4) in asked(reading)


@pytest.mark.parametrize("unit", ["ml", "ML"])
def test_ml_beside_pieces_of_a_romance_list_may_be_a_metre(unit: str) -> None:
    reading = read(
        f"Código;Descripción;Cantidad;UM\nP1;Perfil de aluminio;2,4;{unit}\nP2;Tornillo;16;UD\n"
        "P3;Pintura;0,25;KG\n"
    )
    assert ("unit", 2) in asked(reading)
    assert lines(reading)["Perfil de aluminio"].unit is None


def test_ml_beside_grams_of_a_romance_list_is_a_millilitre() -> None:
    reading = read("Ingrediente;Cantidad;Unidad\nLeche;250;ml\nHarina;200;g\nHuevo;2;ud\n")
    assert lines(reading)["Leche"].unit == "ml"


def test_a_lump_sum_of_a_french_list_is_no_foot() -> None:
    reading = read("Désignation;Unité;Quantité\nPorte;U;6\nInstallation de chantier;ft;1\n")
    assert ("unit", 3) in asked(reading)
    assert lines(reading)["Installation de chantier"].unit is None


@pytest.mark.parametrize("codes", ["A A.1 B B.1", "1.0 1.1 2.0 2.1", "06.A.0 06.A.1 06.B.0 06.B.1"])
def test_sections_of_a_bill_of_quantities_have_a_code_and_no_figure(codes: str) -> None:
    first, second, third, fourth = codes.split()
    reading = read(
        f"Code,Description,Unit,Quantity,Rate\n{first},FOUNDATIONS,,,\n{second},Concrete,m3,30,\n"
        f"{third},FRAME,,,\n{fourth},Steel S355,t,4.2,\n"
    )
    assert {row: skipped(reading).get(row) for row in (2, 4)} == {2: "section", 4: "section"}
    assert [line.name for line in reading.lines] == ["Concrete", "Steel S355"]
    assert lines(reading)["Steel S355"].section == "FRAME"


def test_an_assembly_of_a_tree_without_a_quantity_is_still_asked() -> None:
    reading = read("Level,Code,Name,Unit,Qty\n1,A,Frame,,\n2,A.1,Tube,pcs,2\n2,A.2,Plate,pcs,1\n")
    assert ("quantity", 2) in asked(reading)


def test_a_code_that_begins_no_other_is_still_asked() -> None:
    reading = read("Code,Name,Unit,Qty\nA.1,Frame,,\nB.1,Tube,pcs,2\nB.2,Plate,pcs,1\n")
    assert ("quantity", 2) in asked(reading)


def test_prices_of_german_lists_are_no_thickness_and_show_the_decimal_mark() -> None:
    reading = read(
        "OZ;Kurztext;Menge;ME;EP;GP\n01.01;Beton;250,000;m3;12,50;3.125,00\n"
        "01.02;Putz;80,000;m2;9,00;720,00\n"
    )
    assert (means(reading)["EP"], means(reading)["GP"]) == ("price", "price")
    assert lines(reading)["Beton"].quantity == 250.0
    assert "thickness" not in lines(reading)["Putz"].texts


def test_prices_do_not_settle_amounts_that_show_both_marks() -> None:
    reading = read("Name;Menge;ME;Preis\nA;1,5;kg;12,50\nB;2.5;kg;9,00\nC;1,250;kg;3,00\n")
    assert ("quantity", 4) in asked(reading)


def test_prices_in_another_hand_do_not_speak_against_the_amounts() -> None:
    reading = read("Name;Menge;ME;Preis\nA;1,5;kg;$0.10\nB;1,250;kg;$0.25\n")
    assert lines(reading)["B"].quantity == 1.25


def test_an_amount_of_work_is_a_quantity() -> None:
    reading = read(
        "项目编码,项目名称,计量单位,工程量,合价\n0101,垫层,m3,18.6,7812\n0102,钢筋,t,12.35,5\n"
    )
    assert (lines(reading)["垫层"].quantity, lines(reading)["垫层"].unit) == (18.6, "m3")


def test_substances_are_named_by_their_names_and_not_by_their_numbers() -> None:
    reading = read(
        "Raw material,CAS No.,wt%\nTitanium dioxide,13463-67-7,22\nBinder,,55\nWater,7732-18-5,23\n"
    )
    assert [line.name for line in reading.lines] == ["Titanium dioxide", "Binder", "Water"]


def test_parts_of_a_unit_per_pack_are_quantities() -> None:
    reading = read(
        "Component,Material,Weight per unit (g),Units per pack\nBottle,PET,24.5,1\n"
        "Film,LDPE,18,1/6\nTray,Board,62,1/24\n"
    )
    assert lines(reading)["Film"].quantity == pytest.approx(1 / 6)
    assert lines(reading)["Film"].mass_kg == pytest.approx(0.003)


def test_a_share_that_is_the_same_in_every_row_is_no_quantity_beside_masses() -> None:
    reading = read("component,weight_g,percent\nupper,180,1\nsole,220,1\nlace,20,1\n")
    assert [line.mass_kg for line in reading.lines] == [0.18, 0.22, 0.02]


def test_the_whole_has_no_mass_while_the_column_of_quantities_is_asked() -> None:
    reading = read("component,weight_g,percent\nupper,180,1\nsole,220,2\nlace,20,1\n")
    assert ("quantity", 2) in asked(reading)
    assert reading.total_mass_kg is None


def test_a_number_alone_in_its_row_is_a_total_and_no_section() -> None:
    reading = read("Component,Qty,Price\nServo,14,300.72\nJoystick,2,8.64\n,,309.36\nLamp,1,5\n")
    assert skipped(reading)[4] == "total"
    assert lines(reading)["Lamp"].section == ""


def test_positions_of_letters_are_a_tree() -> None:
    reading = read(
        "Pos;Bezeichnung;Menge;ME;Gewicht kg\nA;Rahmen;1;Stk;12,5\nA1;Rohr;4;Stk;2,5\n"
        "A2;Platte;2;Stk;1,25\nB;Antrieb;2;Stk;8,2\nB1;Motor;1;Stk;6,0\nB2;Kupplung;1;Stk;2,2\n"
    )
    parents = {line.name: line.parent_row for line in reading.lines}
    assert parents == {
        "Rahmen": None, "Rohr": 2, "Platte": 2, "Antrieb": None, "Motor": 5, "Kupplung": 5,
    }  # fmt: skip
    assert reading.total_mass_kg == pytest.approx(12.5 + 2 * 8.2)
    assert any(one.kind == "level_by_letters" for one in reading.assumed)


@pytest.mark.parametrize("positions", ["A B C D", "A A1 C B", "A A2 A3 B", "A1 A2 B1 B2"])
def test_letters_that_are_no_tree_stay_positions(positions: str) -> None:
    rows = "".join(f"{one};Part {one};1;Stk\n" for one in positions.split())
    reading = read(f"Pos;Bezeichnung;Menge;ME\n{rows}")
    assert {line.parent_row for line in reading.lines} == {None}


@pytest.mark.parametrize(
    "note", ["1 set = 8 pcs", "8 pcs/set", "set of 8", "8 Stk. je Satz", "每套8个", "8个/套"]
)
def test_a_note_that_says_what_a_set_holds_is_not_passed_over(note: str) -> None:
    reading = read(f"Item,Description,Qty,Unit,Note\n1,Screws,1,set,{note}\n2,Case,1,pc,\n")
    assert ("unit", 2) in asked(reading)


def test_a_set_with_another_note_is_a_piece() -> None:
    reading = read("Item,Description,Qty,Unit,Note\n1,Screws,1,set,8 mm\n2,Case,1,pc,\n")
    assert not any(about == "unit" for about, _ in asked(reading))


def test_a_code_that_all_rows_share_is_no_id_of_a_part() -> None:
    reading = read(
        "Item,Seq,Material,Material description,Quantity,U/M,Ref\n"
        "FG-1,1,RM-1,Steel bar,1.25,KG,I\nFG-1,2,RM-2,Oil,0.01,L,I\nFG-1,3,RM-3,Bush,2,EA,I\n"
    )
    assert [line.texts["id"] for line in reading.lines] == ["RM-1", "RM-2", "RM-3"]


def test_scrap_in_percent_before_its_word_is_a_loss() -> None:
    reading = read("Component,Quantity per,UM,Percent scrap\nFrame,1,EA,0\nPaint,0.3,LT,5\n")
    assert lines(reading)["Paint"].loss == 0.05


def test_what_a_list_is_called_describes_no_part() -> None:
    reading = read(
        "Product number,Product name,BOM name,Part no.,Part description,Qty\n"
        "A1,Table,Table BOM,P10,Top,1\nA1,Table,Table BOM,P11,Leg,4\n"
    )
    assert "BOM" not in lines(reading)["Leg"].match


_BY_LEVEL = "parent_id,parent_name,child_id,child_name,level,qty_per\n"


def test_parents_count_where_lines_stand_level_by_level() -> None:
    reading = read(
        _BY_LEVEL + "P1,Etcher,S1,Chamber,1,1\nP1,Etcher,S2,Generator,1,2\n"
        "S1,Chamber,R1,Chuck,2,1\nS2,Generator,R2,Sensor,2,3\n"
    )
    assert not any(about == "level" for about, _ in asked(reading))
    parents = {line.name: line.parent_row for line in reading.lines}
    assert parents == {"Chamber": None, "Generator": None, "Chuck": 2, "Sensor": 3}
    assert reading.facts["name"] == "Etcher"


def test_an_assembly_that_stands_twice_level_by_level_is_asked() -> None:
    reading = read(
        _BY_LEVEL + "P1,Etcher,S1,Chamber,1,1\nP1,Etcher,S2,Generator,1,2\n"
        "P1,Etcher,S1,Chamber,1,1\nS1,Chamber,R1,Chuck,2,1\nS2,Generator,R2,Sensor,2,3\n"
    )
    assert any(about == "level" for about, _ in asked(reading))


@pytest.mark.parametrize(
    "headings", ["ROBOTNO;PARTNO;QTY_PER_ROBOT", "Lampe;Bauteil;Menge pro Lampe"]
)
def test_what_quantities_are_of_is_the_product(headings: str) -> None:
    reading = read(f"{headings}\nR1;CH1;1\nR1;PA1;2\nR2;CH1;1\nR2;PA2;3\n")
    assert reading.products == ("R1", "R2")


@pytest.mark.parametrize("heading", ["consumo_mensal", "consumo semanal", "Täglicher Verbrauch"])
def test_consumption_of_a_time_in_other_languages_is_asked(heading: str) -> None:
    reading = read(f"Código,Descrição,{heading}\nM1,Aço,45\nM2,Cola,53\n")
    assert any(about == "base_quantity" for about, _ in asked(reading))


@pytest.mark.parametrize(
    "headings",
    [
        "Producto;Cantidad;Líneas de LdM/Componente;Líneas de LdM/Cantidad;"
        "Líneas de LdM/Unidad de medida del producto",
        "Produit;Quantité;Lignes de nomenclature/Composant;Lignes de nomenclature/Quantité;"
        "Lignes de nomenclature/Unité de mesure",
    ],
)
def test_rows_inside_documents_of_odoo_in_other_languages(headings: str) -> None:
    reading = read(f"{headings}\n[T1] Table;10,0;[P1] Top;10,0;ud\n;;[P2] Leg;40,0;ud\n")
    assert reading.base == (10.0, "piece")
    assert [line.quantity for line in reading.lines] == [10.0, 40.0]
    assert (reading.facts["name"], reading.facts["product_id"]) == ("Table", "T1")


def test_groups_of_columns_for_models_are_no_rows_inside_a_document() -> None:
    reading = read("Name,Unit,Model A/Qty,Model B/Qty\nBolt,pcs,4,6\nNut,pcs,2,3\n")
    assert len(reading.variants) == 2


def test_marked_by_products_of_kingdee_are_no_inputs() -> None:
    reading = read(
        "物料代码,物料名称,单位,单位用量,子项类型\n02,电机,个,1,普通件\n05,边角料,千克,0.02,联副产品\n"
    )
    assert skipped(reading) == {3: "by_product"}


def test_a_unit_for_so_much_of_the_product_is_the_unit_and_the_base() -> None:
    reading = read(
        "Input,Amount,Unit per tonne product\nClinker,850,kg\nElectricity,95,kWh\nWater,0.2,m3\n"
    )
    assert reading.base == (1000.0, "kg")
    assert [line.unit for line in reading.lines] == ["kg", "kWh", "m3"]


def test_a_kit_in_a_heading_is_no_unit() -> None:
    reading = read("Item,Qty in kit,Weight each (g)\nBottle,2,120\nBrush,1,35\n")
    assert {line.unit for line in reading.lines} == {"piece"}


def test_titles_name_what_a_platform_numbers_as_names() -> None:
    reading = read(
        "Level,Title,Name,Qty,Mass (kg)\n0,Gearbox,prd-1,,12.5\n1,Housing,prd-2,1,6.2\n"
        "1,Shaft,prd-3,2,1.4\n"
    )
    assert [line.name for line in reading.lines] == ["Housing", "Shaft"]
    assert (reading.facts["name"], reading.facts["product_id"]) == ("Gearbox", "prd-1")


def test_finished_lengths_and_widths_are_lengths_and_widths() -> None:
    reading = read("Bauteil;Anzahl;Fertiglänge;Fertigbreite;Dicke\nBoden;1;562;560;19\n")
    assert {"length", "width", "thickness"} <= set(means(reading).values())


def test_a_list_that_sap_draws_with_bars_below_its_facts() -> None:
    rule = "-" * 60
    text = (
        f"03.11.2025          Dynamic List Display          1\n{rule}\n"
        f"Material            P-100\nPlant/Usage/Alt.    1000 / 1 / 01\nDescription         Pump\n"
        f"Base Qty     (PC )  1,000\n{rule}\n"
        "|Lv|Item|Component number|Ov|Object description |Comp. Qty (CUn)|CUn|\n"
        f"{rule}\n"
        "|1 |0010|100-100         |  |Casing             |         1,000 |PC |\n"
        "|2 |0020|100-120         |  |Flat gasket        |         0,250 |M2 |\n"
        f"|1 |0030|100-200         |  |Fly wheel          |         1,000 |PC |\n{rule}\n"
    )
    reading = read(text, "list.txt")
    assert (reading.facts["name"], reading.facts["product_id"]) == ("Pump", "P-100")
    gasket = lines(reading)["Flat gasket"]
    assert (gasket.quantity, gasket.unit, gasket.parent_row) == (0.25, "m2", 10)


def test_waste_in_russian_and_numerators_in_japanese_are_read() -> None:
    reading = read("Номенклатура;Ед.;Количество;% отходов\nЛист;кг;4,5;12\nБолт;шт;12;0\n")
    assert lines(reading)["Лист"].loss == 0.12
    reading = read(
        "親品目コード,親品目名称,構成品目コード,構成品目名称,員数(分子),員数(分母),単位\n"
        "P-1,扇風機,A-1,モータ,1,1,個\nP-1,扇風機,M-2,樹脂,350,1000,KG\nA-1,モータ,M-3,銅線,120,1000,KG\n"
    )
    assert lines(reading)["銅線"].parent_row == 2
    assert lines(reading)["樹脂"].quantity == 0.35
    assert reading.facts["name"] == "扇風機"


def test_units_per_pack_above_one_are_asked() -> None:
    reading = read(
        "Component,Material,Weight (g),Units per packaging\nBottle,PET,24,1\nCarton,Board,310,12\n"
    )
    assert ("quantity", 3) in asked(reading)
    assert reading.total_mass_kg is None


@pytest.mark.parametrize("headings", ["Assembly,Sub-Assembly,Part", "Produkt,Baugruppe,Bauteil"])
def test_stairs_of_assemblies_and_parts_are_a_tree(headings: str) -> None:
    reading = read(
        f"{headings},Qty,Weight (g)\nLamp,,,1,\n,Base,,2,\n,,Disc,1,850\n,,Pad,1,12\n,Arm,,1,\n"
        ",,Tube,2,120\n"
    )
    parents = {line.name: line.parent_row for line in reading.lines}
    assert parents == {"Lamp": None, "Base": 2, "Disc": 3, "Pad": 3, "Arm": 2, "Tube": 6}
    assert reading.total_mass_kg == pytest.approx(2 * 0.862 + 0.24)


def test_assemblies_beside_their_parts_are_no_stairs() -> None:
    reading = read("Assembly,Part,Qty\nBase,Disc,1\nBase,Pad,2\nArm,Tube,2\n")
    assert [line.name for line in reading.lines] == ["Disc", "Pad", "Tube"]

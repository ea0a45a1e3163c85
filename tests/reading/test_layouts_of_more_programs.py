"""Layouts of further programs and trades: fields of ERP, substitutes, batches, trees, metres."""

from __future__ import annotations

import pytest
from reading_kit import asked, book, lines, means, read, skipped

from footprint.reading.levels import whole_amounts
from footprint.reading.model import Reading
from footprint.reading.read import read_table


def quantities(text: str) -> list[tuple[float | None, str | None]]:
    return [(line.quantity, line.unit) for line in read(text).lines]


def whole(reading: Reading) -> dict[str, float | None]:
    amounts = whole_amounts(reading)
    return {line.name: amounts[line.row] for line in reading.lines}


def blocking(reading: Reading) -> list[tuple[str, tuple[int, ...] | None]]:
    return [(ask.about, ask.rows) for ask in reading.asks if ask.blocking]


@pytest.mark.parametrize("heading", ["AltItemGrp", "Alternative item group", "Alternativgruppe"])
def test_parts_of_one_group_of_alternatives_are_asked(heading: str) -> None:
    text = f"Item;Component;Description;Quantity;UoM;{heading}\n"
    text += "10;C-1;Housing;1;PC;\n20;C-2;Cell A;3;PC;A1\n30;C-3;Cell B;3;PC;A1\n"
    assert blocking(read(text)) == [("row", (3, 4))]


def test_a_share_of_use_below_all_is_asked_and_a_variant_called_100_stays_one() -> None:
    text = "Component;Description;Quantity;UoM;Usage prob. (%)\n"
    text += "C-1;Housing;1;PC;100\nC-2;Cell A;3;PC;60\nC-3;Cell B;3;PC;40\n"
    assert blocking(read(text)) == [("variant", (3, 4))]
    assert blocking(read(text.replace("Usage prob. (%)", "Option"))) == [("variant", (2, 3, 4))]


@pytest.mark.parametrize(
    ("heading", "fixed", "not_fixed"),
    [
        ("Consumption is", "Constant", "Variable"),
        ("F/V", "F", "V"),
        ("Type quantité", "Fixe", "Proportionnelle"),
    ],
)
def test_a_quantity_that_is_the_same_for_every_order_is_asked(
    heading: str, fixed: str, not_fixed: str
) -> None:
    text = f"No;Name;Quantity;Unit;{heading}\n1;Door;2;pcs;{not_fixed}\n2;Cleaner;5;l;{fixed}\n"
    assert blocking(read(text)) == [("quantity", (3,))]


def test_f_is_no_where_the_heading_asks_whether_a_quantity_is_fixed() -> None:
    assert not blocking(read("Name,Qty,Unit,Fixed qty\nDoor,2,pcs,F\nBolt,4,pcs,F\n"))


def test_returned_parts_are_by_products() -> None:
    text = "子项物料编码,子项物料名称,子项类型,用量:分子,用量:分母,子项单位\n"
    text += "Z1,锡丝,标准件,3,1000,kg\nZ2,锡渣,返还件,0.5,1000,kg\n"
    assert skipped(read(text)) == {3: "by_product"}


@pytest.mark.parametrize(
    "text",
    [
        "품번,품명,단위,소요수량,정미수량,LOSS율(%)\nK,접착제,G,15.75,15,5\nL,볼트,EA,8.16,8,2\n",
        "Item,Description,Units,BOM Quantity,Quantity,Component Yield\n"
        "K,Wire,g,15,18.75,80.00%\nL,Bolt,ea,8,10,80.00%\n",
        "Mã NPL;Tên nguyên phụ liệu;ĐVT;Định mức chưa hao hụt;Tỷ lệ hao hụt (%);"
        "Định mức có hao hụt\nK;Vải;g;15;5;15,75\nL;Khóa;cái;8;5;8,4\n",
    ],
)
def test_the_quantity_before_losses_counts_wherever_it_stands(text: str) -> None:
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [15.0, 8.0]
    assert all(line.loss for line in reading.lines)
    assert not blocking(reading)


def test_a_quantity_for_a_hundred_is_none_of_one() -> None:
    text = (
        "部件,材料名称,单位,单双用量,百双用量\n鞋面,超纤革,平方米,0.125,12.5\n鞋带,涤纶,条,2,200\n"
    )
    assert [line.quantity for line in read(text).lines] == [0.125, 2.0]
    hundred = read(text.replace(",单双用量", "").replace(",0.125", "").replace(",2,", ","))
    assert hundred.base == (100.0, "piece")


def test_what_is_needed_is_so_for_the_number_produced() -> None:
    text = "父件编码,父件名称,父件单位,生产数量,子件编码,子件名称,计量单位,需用数量\n"
    text += "F1,台灯,个,100,Z1,灯罩,个,100\nF1,台灯,个,100,Z2,铝管,千克,25\n"
    assert quantities(text) == [(1.0, "piece"), (0.25, "kg")]


@pytest.mark.parametrize(
    ("heading", "unit"), [("g je Portion", "g"), ("kg pro Portion", "kg"), ("ml por botella", "ml")]
)
def test_a_unit_for_each_of_a_thing_is_the_unit_of_the_quantity(heading: str, unit: str) -> None:
    reading = read(f"Zutat;{heading};%\nNudeln;120;75\nSauce;40;25\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(120.0, unit), (40.0, unit)]


def test_a_thread_in_a_note_is_no_unit() -> None:
    assert quantities("Name,Qty,Remarks\nBase,1,\nScrew,4,M3\n")[1] == (4.0, "piece")
    assert quantities("Наименование;Кол.;Примечание\nКраска;2;кг\n") == [(2.0, "kg")]


@pytest.mark.parametrize("more", ["Parquet;20;m2\n", "Parquet;20;m\n"])
def test_ml_is_a_linear_metre_beside_square_metres(more: str) -> None:
    text = f"Désignation;Qté;U\nPlinthe;24;ml\n{more}"
    reading = read(text)
    assert reading.lines[0].unit == "m"
    assert [(one.kind, one.rows) for one in reading.assumed if one.about == "unit"] == [
        ("unit_linear_metre", (2,))
    ]
    assert blocking(read(f"{text}Vernis;2;l\n")) == [("unit", (2,))]


def test_ml_is_a_millilitre_in_recipes_and_in_other_languages() -> None:
    assert quantities("Ingrédient;Quantité;Unité\nLait;200;ml\nFarine;250;g\n")[0][1] == "ml"
    assert quantities("Description;Qty;Unit\nVarnish;24;ml\nFloor;20;m2\n")[0][1] == "ml"


def test_cloth_by_the_linear_metre() -> None:
    text = "Désignation;Laize (cm);Poids (g/m²);Conso./pièce;Unité\nPopeline;150;115;1,65;ml\n"
    line = read(text).lines[0]
    assert (line.quantity, line.unit) == (1.65, "m")


def test_a_batch_of_unknown_size_is_asked_unless_shares_show_that_it_is_the_sum() -> None:
    text = "Ingredient,kg per batch\nFlour,120\nWater,80\n"
    assert blocking(read(text)) == [("base_quantity", None)]
    shares = read("Ingredient,%,kg per batch\nFlour,60,120\nWater,40,80\n")
    assert shares.base == (200.0, "kg")
    assert ("declared_unit", None) in asked(shares)
    other = read("Ingredient,%,kg per batch\nFlour,70,120\nWater,30,80\n")
    assert ("base_quantity", None) in blocking(other)


def test_operations_in_a_column_of_kinds_are_no_parts() -> None:
    text = "Type,Item,Description,Qty,UoM\nMaterial,M1,Plate,3.5,kg\nOperation,O1,Welding,0.2,h\n"
    assert skipped(read(text)) == {3: "text_item"}


def test_a_word_for_totals_may_be_the_unit() -> None:
    text = "Item,Description,Unit,Qty\nA,Concrete,m3,6\nB,Clean site,sum,1\n"
    assert [line.name for line in read(text).lines] == ["Concrete", "Clean site"]
    assert skipped(read(text + ",Carried to summary,,\n")) == {4: "total"}


def test_stars_mark_totals_of_sap_lists() -> None:
    text = "\tPos\tKomponente\tMenge\tEinheit\n\t10\tGehäuse\t2\tST\n*\t\t\t2\tST\n**\t\t\t5\t\n"
    assert skipped(read(text, "x.txt")) == {3: "total", 4: "total"}


def test_technical_names_of_fields_are_those_on_the_screen() -> None:
    text = (
        '"id","product_tmpl_id/id","product_qty","bom_line_ids/product_id",'
        '"bom_line_ids/product_qty","bom_line_ids/product_uom_id"\n'
        '"x.bom_1","stool","10","[W] Panel","2.5","m²"\n"","","","[S] Screw","80","Units"\n'
    )
    reading = read(text)
    assert reading.base == (10.0, "piece")
    found = [(line.name, line.quantity, line.unit) for line in reading.lines]
    assert found == [("[W] Panel", 2.5, "m2"), ("[S] Screw", 80.0, "piece")]


@pytest.mark.parametrize("heading", ["Qty/Parent", "Qty / Assembly", "Quantity/Item"])
def test_a_quantity_in_one_parent_is_a_quantity(heading: str) -> None:
    reading = read(f"Mtl,Part,Description,{heading},UOM\n10,R-1,Sheet,2.5,KG\n20,R-2,Rivet,12,EA\n")
    assert [(line.name, line.quantity) for line in reading.lines] == [("Sheet", 2.5), ("Rivet", 12)]
    assert means(reading)["Mtl"] == "line_no"


def test_numbers_are_no_units_and_the_unit_beside_the_quantity_counts() -> None:
    text = "Pos,Name,Number of Units,Net Quantity,Unit\n1,Tube,4,4.8,m\n2,Screw,1,16,pcs\n"
    assert quantities(text) == [(4.8, "m"), (16.0, "piece")]
    usage = "Name,Usage,Usage UoM,Purchase UoM\nTape,0.6,m,roll\nFilm,0.01,kg,kg\n"
    assert quantities(usage) == [(0.6, "m"), (0.01, "kg")]


def test_one_number_per_pallet_that_all_rows_repeat_is_that_of_the_products() -> None:
    text = "Material,Qty per pallet,Units per pallet\nBottle,1200,1200\nCarton,100,1200\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0, pytest.approx(1 / 12)]
    assert reading.base is None


def test_signs_before_names_are_a_tree_and_its_top_is_the_product() -> None:
    text = "Part,Qty,Unit\nBicycle light,1,pcs\n..Housing,1,pcs\n..Bracket,2,pcs\n....Pad,3,pcs\n"
    reading = read(text)
    assert skipped(reading) == {2: "product"}
    assert whole(reading) == {"Housing": 1.0, "Bracket": 2.0, "Pad": 6.0}
    assert reading.facts["name"] == "Bicycle light"
    bullets = read("Part,Qty\n- Housing,1\n- Bracket,2\n- Pad,3\n")
    assert all(line.parent_row is None for line in bullets.lines)


def test_the_only_name_that_is_not_indented_is_the_product() -> None:
    text = "Part Name,Count,Mass (kg)\nlamp,1,1.2\n  base,1,1.0\n    foot,4,0.03\n  arm,2,0.1\n"
    reading = read(text)
    assert skipped(reading) == {2: "product"}
    assert lines(reading)["foot"].parent_row == 3


@pytest.mark.parametrize("cross", ["x", "●", "2"])
def test_steps_below_a_heading_for_levels_hold_crosses(cross: str) -> None:
    rows: list[list[object]] = [
        ["Level", "", "", "Part No", "Description", "Qty"],
        ["1", "2", "3", "", "", ""],
        [cross, "", "", "A-1", "Frame", 2],
        ["", cross, "", "B-1", "Bracket", 3],
        ["", "", cross, "C-1", "Clip", 4],
    ]
    reading = read_table(book(rows), "s.xlsx")
    assert whole(reading) == {"Frame": 2.0, "Bracket": 6.0, "Clip": 24.0}
    assert "product_id" not in reading.facts  # the headings are no facts of a cover sheet


def test_codes_on_stairs_beside_names_are_ids() -> None:
    text = "L1,L2,品名,員数,単位\nA100,,本体,2,式\n,A110,ケース,3,個\n"
    reading = read(text)
    assert whole(reading) == {"本体": 2.0, "ケース": 6.0}
    assert [line.texts["id"] for line in reading.lines] == ["A100", "A110"]


def test_stars_before_numbers_are_levels() -> None:
    text = "Level|Part|Qty\n*1|Frame|2\n**2|Rail|2\n***3|Bolt|4\n"
    assert whole(read(text, "s.txt")) == {"Frame": 2.0, "Rail": 4.0, "Bolt": 16.0}


def test_a_second_heading_may_end_one_and_divide_another() -> None:
    rows: list[list[object]] = [
        ["No", "Part", "Weight per piece", "", "Qty per"],
        ["", "", "Net (g)", "Gross (g)", "set"],
        [1, "Blade", 82, 95, 1],
        [2, "Handle", 36, 40, 2],
    ]
    reading = read_table(book(rows), "m.xlsx")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.082, 0.072])


def test_rules_of_a_table_in_markdown_are_no_line() -> None:
    text = "| Part | Qty | Unit |\n|------|----:|:----:|\n| Body | 1 | pc |\n| Cap | 2 | pc |\n"
    assert quantities(text) == [(1.0, "piece"), (2.0, "piece")]


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [("3 x 20 g", 60.0, "g"), ("2×0.5 l", 1.0, "l"), ("4 off", 4.0, "piece")],
)
def test_so_many_times_an_amount(cell: str, quantity: float, unit: str) -> None:
    assert quantities(f"Part;Qty\nA;{cell}\nB;1 pcs\n")[0] == (quantity, unit)


def test_a_part_without_a_value_is_named_by_its_description() -> None:
    text = (
        '"Qty";"Value";"Package";"Parts";"Description"\n"3";"100n";"C0603";"C1, C2, C3";"CAP"\n'
        '"1";"BC847";"SOT23";"Q2";"NPN"\n"1";"";"SOT23";"Q1";"MOSFET"\n'
        '"1";"";"3,2";"H1";"MOUNTING HOLE"\n'
    )
    reading = read(text)
    assert [line.name for line in reading.lines] == ["100n", "BC847", "MOSFET"]
    assert skipped(reading) == {5: "no_part"}


def test_branches_and_empty_columns_take_no_names_away() -> None:
    text = "Component Branch,Component Item,Description,Quantity Per,UM\nM30,2001,Rail,1.2,M\n"
    assert [line.name for line in read(text).lines] == ["Rail"]
    empty = "Composant;Désignation;Quantité;Code\nC1;Panneau;3;\nC2;Vis;4;\n"
    assert [line.name for line in read(empty).lines] == ["Panneau", "Vis"]


def test_item_numbers_may_begin_with_the_product_as_number_0() -> None:
    text = "Index,Name,Quantity\n0,Lamp,1\n1,Body,2\n1.1,Pin,4\n2,Lid,1\n"
    reading = read(text)
    assert skipped(reading) == {2: "product"}
    assert whole(reading) == {"Body": 2.0, "Pin": 8.0, "Lid": 1.0}


def test_the_output_beside_a_product_divides_its_inputs() -> None:
    text = "Product,Output,Inputs/Product,Inputs/Quantity,Inputs/Unit\nSoap,100,Lye,1.5,kg\n"
    assert read(f"{text},,Oil,8,kg\n").base == (100.0, "piece")


def test_a_recipe_for_a_hectolitre_asks_for_the_unit_of_the_result() -> None:
    reading = read("Ingredient,Qty per hl,Unit\nMalt,17.5,kg\nHops,0.12,kg\n")
    assert ("declared_unit", None) in asked(reading)


@pytest.mark.parametrize("of", ["100 g product", "100 g of finished product", "100 g"])
def test_grams_in_a_hundred_grams_of_product(of: str) -> None:
    reading = read(f"Ingredient,g per {of}\nOats,45\nHoney,55\n")
    assert reading.base == (100.0, "g")
    assert [line.unit for line in reading.lines] == ["g", "g"]


def test_the_number_of_kits_beside_what_is_in_one_is_asked() -> None:
    text = "Kit,Kit qty,Item,Description,Qty per kit\nK-1,1,A1,Bolt,4\nK-2,3,A1,Bolt,2\n"
    assert ("quantity", (2, 3)) in blocking(read(text))


@pytest.mark.parametrize(
    ("quantity", "per"),
    [("子件数量", "母件数量"), ("子项数量", "父项数量"), ("元件数量", "主件数量")],
)
def test_numbers_of_parents_divide_those_of_children(quantity: str, per: str) -> None:
    text = f"母件编码,母件名称,{per},子件编码,子件名称,{quantity},单位\nM1,水杯,10,C1,杯身,20,个\n"
    reading = read(f"{text}M1,水杯,10,C2,PP粒,0.5,千克\n")
    assert [line.quantity for line in reading.lines] == [2.0, 0.05]


def test_cloth_of_japanese_lists_has_its_quantity() -> None:
    text = "品名,混率,用尺,単位\nツイル,綿100%,1.6,m\n釦,ポリエステル,8,個\n"
    assert quantities(text) == [(1.6, "m"), (8.0, "piece")]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Наименование;Кол.;Ед. изм.\nКраска;0,5;кг\nБолт;8;шт\n"),
        ("cp1254", "Malzeme Adı;Miktar;Birim\nYağ;0,5;kg\nKapağı;8;adet\n"),
        ("cp874", "รายการ;จำนวน;หน่วย\nพริก;0,5;กก.\nขวด;8;ชิ้น\n"),
    ],
)
def test_lists_in_cyrillic_turkish_and_thai_code_pages(encoding: str, text: str) -> None:
    reading = read_table(text.encode(encoding), "list.csv")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(0.5, "kg"), (8.0, "piece")]

"""Layouts of other programs: what has to be read of each kind, whatever the file is called."""

from __future__ import annotations

from importlib.resources import files

import pytest
from evidence import some
from reading_kit import book, lines, read

from footprint.faults import InputRefused
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table
from footprint.reading.vocabulary import load, words_of


def asked(reading: object) -> set[tuple[str, tuple[int, ...] | None]]:
    return {(one.about, one.rows) for one in reading.asks}  # type: ignore[attr-defined]


def open_questions(reading: object) -> list[str]:
    return [one.kind for one in reading.asks if one.blocking]  # type: ignore[attr-defined]


def test_no_word_list_is_cut_by_a_number_sign() -> None:
    text = (files("footprint.reading") / "words" / "columns.yaml").read_text("utf-8")
    written = [line.split(": ", 1)[1] for line in text.splitlines() if line.startswith("  ")]
    loaded = [words for lists in load("columns").values() for words in lists.values()]
    assert [words_of(one.strip('"')) for one in written] == [words_of(one) for one in loaded]


def test_a_base_quantity_in_every_row_is_the_denominator_of_that_row() -> None:
    text = """母件编码,母件名称,子件编码,子件名称,计量单位,基本用量,基础数量
A-1,水杯,B-1,ABS料,千克,42,1000
A-1,水杯,B-2,外箱,个,1,48
A-1,水杯,B-3,杯盖,个,1,1
"""
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [0.042, 1 / 48, 1.0]
    assert reading.base is None
    assert (reading.facts["name"], reading.facts["product_id"]) == ("水杯", "A-1")


def test_quantity_per_something_is_the_quantity_and_a_build_quantity_is_not() -> None:
    text = """Item,Description,Quantity Per Assembly,Build Quantity
1,Bracket left,2,20
2,Pin of steel,4,40

Number of boards:,10
Schematic date:,2025-01-20
"""
    reading = read(text)
    assert {name: line.quantity for name, line in lines(reading).items()} == {
        "Bracket left": 2.0,
        "Pin of steel": 4.0,
    }


def test_designators_that_go_on_in_the_next_row_belong_to_the_row_above() -> None:
    text = "Item\tQuantity\tReference\tPart\n1\t5\tC1,C2,C3,\t100nF\n\t\tC4,C5\t\n2\t1\tU1\tMCU\n"
    reading = read(text, "list.txt")
    assert [(line.name, line.quantity) for line in reading.lines] == [("100nF", 5.0), ("MCU", 1.0)]
    assert [one.reason for one in reading.skipped] == ["continuation"]


def test_columns_of_the_rows_inside_a_document_are_the_list() -> None:
    text = """ID,Item,Quantity,Item Code (Items),Item Name (Items),Qty (Items),UOM (Items)
BOM-1,SOAP,500,RM-1,Soap noodles,48.5,Kg
,,,RM-2,Wrapper of paper,500,Nos
"""
    reading = read(text)
    assert reading.base == (500.0, "piece")
    assert [line.quantity for line in reading.lines] == [48.5, 500.0]


@pytest.mark.parametrize(
    ("heading", "rows", "ids"),
    [
        ("Component,Description", "GH-01,Gear case|MT-02,Motor 700 W|SC-03,Screw", ["GH-01"]),
        ("Item number,Product name", "M0001,Polypropylene|M0007,Closure|M0010,Label", ["M0001"]),
    ],
)
def test_codes_beside_words_are_the_ids(heading: str, rows: str, ids: list[str]) -> None:
    body = "\n".join(f"{at},{row},1" for at, row in enumerate(rows.split("|"), start=1))
    reading = read(f"Line,{heading},Qty\n{body}\n")
    assert [line.texts.get("id") for line in reading.lines][:1] == ids

    assert all(not line.name[-1].isdigit() for line in reading.lines)


def test_items_in_words_are_names_and_materials_do_not_take_their_place() -> None:
    sheet = read("Sl No,Item,Composition,Qty\n1,Shell fabric,nylon,2\n2,Lining,nylon,1\n")
    assert [(line.name, line.texts["material"]) for line in sheet.lines] == [
        ("Shell fabric", "nylon"),
        ("Lining", "nylon"),
    ]
    cuts = read("Board,Qty,Material\nSide wall,2,MDF\nTop,1,MDF\n")
    assert [line.name for line in cuts.lines] == ["Side wall", "Top"]


def test_a_recipe_may_have_only_a_percent_sign_above_its_shares() -> None:
    reading = read("Receta: Pan;;\nIngrediente;%;Notas\nHarina;60,5;\nAgua;39,5;\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(60.5, "%"), (39.5, "%")]


@pytest.mark.parametrize("heading", ["Share", "Share (%)"])
def test_shares_that_a_worksheet_shows_as_percent_are_percent(heading: str) -> None:
    rows: list[list[object]] = [["Ingredient", heading], ["Oats", 0.6], ["Honey", 0.4]]
    data = book(rows, formats={"B2": "0%", "B3": "0.0%"})
    reading = read_table(data, "recipe.xlsx")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(60.0, "%"), (40.0, "%")]


def test_shares_that_are_no_whole_are_asked_and_never_pieces() -> None:
    reading = read("Ingredient,Proportion\nRubber,100\nCarbon black,40\nOil,5\n")
    assert all(line.quantity is None for line in reading.lines)
    assert ("quantity", (2, 3, 4)) in asked(reading)


def test_numbers_alone_in_a_row_are_a_total() -> None:
    reading = read("Name,Qty,Weight (g)\nBolt,4,10\nNut,4,5\n,8,\n")
    assert [line.name for line in reading.lines] == ["Bolt", "Nut"]


def test_units_below_a_heading_for_several_columns() -> None:
    text = (
        "No,Name,Qty,Weight,,Note\n,,,Net (g),Gross (g),\n1,Seat,1,1250,1300,\n2,Leg,4,210,225,\n"
    )
    assert [line.mass_kg for line in read(text).lines] == [1.25, pytest.approx(0.84)]


def test_the_sign_of_percent_in_a_known_heading_is_its_unit() -> None:
    reading = read("Name,Qty,Unit,Scrap %\nFilm,2,kg,0.5\n")
    assert lines(reading)["Film"].loss == pytest.approx(0.005)


def test_a_total_is_that_of_one_product() -> None:
    reading = read("Basis,50\n\nName,Qty,Unit\nResin,40,kg\nDye,10,kg\n")
    assert reading.base == (50.0, "piece")
    assert reading.total_mass_kg == pytest.approx(1.0)


def test_an_assembly_that_weighs_more_than_its_parts_is_asked() -> None:
    text = "Level,Name,Qty,Weight (g)\n1,Leg,2,190\n2,Foot,1,4\n1,Plate,1,500\n"
    reading = read(text)
    assert ("unit_mass", (2,)) in asked(reading)
    assert reading.total_mass_kg is None


def test_what_is_printed_on_every_page_is_no_line() -> None:
    text = """ACME\tBILL OF MATERIAL\tPage 1 of 2
Seq\tComponent\tDescription\tQuantity
10\tJ-1\tGear case\t1
ACME\tBILL OF MATERIAL\tPage 2 of 2
Seq\tComponent\tDescription\tQuantity
20\tJ-2\tMotor\t1
"""
    assert [line.name for line in read(text, "list.txt").lines] == ["Gear case", "Motor"]


@pytest.mark.parametrize("title", ["Wykaz części: Ławka LO-1", "Stückliste;Ławka LO-1"])
def test_a_name_behind_the_word_for_such_lists_is_the_products(title: str) -> None:
    reading = read(f"{title}\n\nName;Qty;Material\nNoga;2;Stal\nDeska;4;Sosna\n")
    assert reading.facts["name"] == "Ławka LO-1"


def test_rubberwood_is_a_wood() -> None:
    reading = read(
        "Name,Qty,Material,Length (mm),Width (mm),Thickness (mm)\nLeg,1,Gỗ cao su,1000,100,20\n"
    )
    assert lines(reading)["Leg"].mass_kg == pytest.approx(0.002 * 620)


@pytest.mark.parametrize(
    ("heading", "base"),
    [
        ("每千件用量(kg)", (1000.0, "piece")),
        ("Usage (kg/1000 pcs)", (1000.0, "piece")),
        ("Qty per 1000 pcs (kg)", (1000.0, "piece")),
        ("Cons. / dozen (kg)", (12.0, "piece")),
        ("Menge je 100 kg (kg)", (100.0, "kg")),
    ],
)
def test_a_quantity_for_many_products_says_so_in_its_heading(
    heading: str, base: tuple[float, str]
) -> None:
    reading = read(f"Name,{heading}\nPET resin,24.5\nCap of PE,2.8\n")
    assert reading.base == base
    assert [(line.quantity, line.unit) for line in reading.lines] == [(24.5, "kg"), (2.8, "kg")]
    assert reading.total_mass_kg == pytest.approx(27.3 / base[0])


def test_a_longer_heading_that_holds_a_word_of_the_documented_form_is_not_of_it() -> None:
    text = (
        "Item number,Description,Qty,Unit,Shrinkage Factor (%),Process stage\nA-1,Paint,2,kg,4,x\n"
    )
    reading = read(text)
    assert not reading.documented
    assert reading.lines[0].loss == pytest.approx(0.04)


def test_of_two_columns_of_losses_the_one_with_losses_counts_and_two_are_asked() -> None:
    head = "Name,Qty,Unit,Component scrap (%),Assembly scrap (%)\n"
    assert read(head + "Film,2,kg,0,3\nGlue,1,kg,0,1\n").lines[0].loss == pytest.approx(0.03)
    both = read(head + "Film,2,kg,2,3\nGlue,1,kg,0,1\n")
    assert both.lines[0].loss is None
    assert "loss" in {about for about, _ in asked(both)}


def test_a_column_may_hold_the_units_of_the_masses() -> None:
    text = "Description,Qty,Net weight,Weight Unit\nHousing,1,1.25,KG\nCover,2,85.5,G\n"
    assert [line.mass_kg for line in read(text).lines] == [1.25, pytest.approx(0.171)]


def test_a_heading_per_piece_is_a_mass_of_one() -> None:
    reading = read("Name;Stk je Regal;Stk gesamt;Gewicht/Stk [g]\nBoden;5;60;1'250.50\n")
    (line,) = reading.lines
    assert line.quantity == 5.0
    assert line.mass_kg == pytest.approx(6.2525)


def test_two_sides_in_one_cell_and_a_grammage_make_a_mass() -> None:
    text = "Component,Format (mm),Grammage (g/m2),Qty\n"
    text += "Sleeve,210 x 148,300,1\nCase,780 x 560,620,1/12\n"
    assert [line.mass_kg for line in read(text).lines] == [
        pytest.approx(0.21 * 0.148 * 0.3),
        pytest.approx(0.78 * 0.56 * 0.62 / 12),
    ]


def test_stairs_of_levels_are_a_tree() -> None:
    text = "Level 1,Level 2,Level 3,Qty\nCart,,,1\n,Frame,,2\n,,Tube,4\n,Handle,,1\n"
    reading = read(text)
    assert {line.name: line.parent_row for line in reading.lines} == {
        "Cart": None,
        "Frame": 2,
        "Tube": 3,
        "Handle": 2,
    }


def test_alternatives_are_asked_and_a_second_list_below_is_another_product() -> None:
    text = (
        "Part number,Description,Qty,Alternative\nP-2,Cell A,2,\nP-2B,Cell B,2,alternative to P-2\n"
    )
    assert ("row", (3,)) in asked(read(text))
    stacked = "Product:,Lamp A\nPart,Qty,Weight (g)\nShade,1,120\nBase,1,400\n\n"
    stacked += "Product:,Lamp B\nPart,Qty,Weight (g)\nShade,1,180\n"
    reading = read(stacked)
    assert reading.products == ("Lamp A", "Lamp B")
    assert reading.total_mass_kg is None
    chosen = read(stacked, product="Lamp B")
    assert [line.mass_kg for line in chosen.lines] == [pytest.approx(0.18)]


def test_a_lot_beside_quantities_for_one_product_is_no_base() -> None:
    table = "Name,Qty,Material\nBody,1,ABS\nWheel,4,PVC\nAxle,2,Steel\n"
    assert read("Lot size,5000\n\n" + table).base is None
    recipe = read("Batch size,120 kg\n\nIngredient,Amount,Unit\nSugar,48,kg\nFruit,72,kg\n")
    assert recipe.base == (120.0, "kg")


def test_lots_in_the_rows_are_asked() -> None:
    reading = read("Name,Qty,Unit,Lot size\nFilm,2,kg,100\nGlue,1,kg,1\n")
    assert ("base_quantity", (2,)) in asked(reading)
    assert reading.lines[0].quantity == 2.0


@pytest.mark.parametrize("sentence", ["Makes 12 muffins", "Ergibt 12 Stück", "12人份"])
def test_a_recipe_says_in_a_sentence_how_many_it_makes(sentence: str) -> None:
    reading = read(f"Banana cake\n{sentence}\n\nIngredient,Qty,Unit\nFlour,300,g\nSugar,90,g\n")
    assert reading.base == (12.0, "piece")


def test_headings_below_a_heading_that_reaches_over_them() -> None:
    text = """No,Name,Qty,Weight (g),,Note
,,,total,each,
1,Leg,2,730,365,
2,Cap,4,20,5,
"""
    reading = read(text)
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(0.73), pytest.approx(0.02)]


def test_a_name_column_may_have_any_heading() -> None:
    text = (
        "No.,Strand,Length (mm),Qty,Weight (g/m)\n1,FLRY red,900,6,4.5\n2,FLRY black,1500,2,11.2\n"
    )
    assert [line.name for line in read(text).lines] == ["FLRY red", "FLRY black"]


def test_a_loss_factor_above_one_is_asked_and_a_gross_quantity_is_no_quantity() -> None:
    factor = read("物料名称,用量,单位,损耗系数\n布,1.5,m,1.05\n线,120,m,1.1\n")
    assert [line.loss for line in factor.lines] == [None, None]
    assert ("loss", (2, 3)) in asked(factor)
    gross = read("Name;Netto Menge;Brutto Menge;ME\nBlech;2,0;2,4;kg\nFarbe;0,3;0,35;kg\n")
    assert [line.quantity for line in gross.lines] == [2.0, 0.3]


def test_masses_that_are_length_times_kg_per_metre_times_quantity_are_of_lines() -> None:
    text = "Pos;Stk;Profil;Länge mm;kg/m;Gewicht kg\n"
    reading = read(text + "1;4;IPE 120;2400;10,4;99,84\n2;2;L 50x5;1200;3,77;9,05\n")
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(99.84), pytest.approx(9.05)]


def test_an_amount_in_one_of_the_product_has_its_unit() -> None:
    reading = read("Ingredient,Amount (mg/tablet)\nLactose,120\nStarch,30\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(120.0, "mg"), (30.0, "mg")]


def test_numbers_are_no_names_and_a_share_goes_before_a_batch() -> None:
    numbers = read("Raw material,kg per t product\nResin,620\nFiller,380\n")
    assert [line.name for line in numbers.lines] == ["Resin", "Filler"]
    assert numbers.base == (1000.0, "kg")
    assert [line.quantity for line in numbers.lines] == [620.0, 380.0]
    batch = read("Ingredient,%,Batch 500 kg (kg)\nResin,62,310\nFiller,38,190\n")
    assert [(line.quantity, line.unit) for line in batch.lines] == [(62.0, "%"), (38.0, "%")]


def test_a_second_column_of_units_beside_the_masses_is_theirs() -> None:
    reading = read("Part,Qty,UoM,Weight,UoM\nA part,2,pc,0.5,kg\nB part,1,pc,120,g\n")
    assert [line.mass_kg for line in reading.lines] == [1.0, pytest.approx(0.12)]


def test_totals_in_a_tree_are_of_the_whole_product() -> None:
    text = (
        "Item,Part,Total Qty,Mass (g)\n1,Wheel,4,\n1.1,Tyre,4,120\n1.2,Spoke,80,5\n2,Frame,1,900\n"
    )
    reading = read(text)
    assert lines(reading)["Tyre"].mass_kg == pytest.approx(0.48)
    assert lines(reading)["Spoke"].quantity == 20.0


def test_a_heading_in_japanese_is_for_a_hundred() -> None:
    assert read("部品名,数量(100台分),単位\nケース,100,個\nねじ,400,本\n").base == (100.0, "piece")


def test_a_row_in_kilograms_is_never_taken_as_one_piece() -> None:
    reading = read("Name,Unit,Remark\nResin,kg,white\nFilm,m,clear\nLabel,pcs,\n")
    assert [line.quantity for line in reading.lines][:2] == [None, None]
    assert ("quantity", (2, 3)) in asked(reading)


def test_norms_for_a_thousand_are_quantities() -> None:
    reading = read("Materiał;Norma na 1000 szt.;J.m.\nGranulat PP;24,5;kg\nEtykieta;1000;szt\n")
    assert reading.base == (1000.0, "piece")
    assert [line.quantity for line in reading.lines] == [24.5, 1000.0]


@pytest.mark.parametrize(
    "title", ["BOM for 24 bottles", "Recipe for 24 bars", "Stückliste für 24 Stück Lampe"]
)
def test_a_title_that_says_for_how_many_the_list_is_is_asked(title: str) -> None:
    table = "\nName,Qty,Unit\nGlass,12,kg\nCarton,0.6,kg\n"
    assert ("base_quantity", None) in asked(read(title + table))
    assert ("base_quantity", None) not in asked(read("Parts list for the bottle" + table))


def test_two_facts_in_one_cell_are_two() -> None:
    reading = read("产品：风扇 数量：100台\n物料名称,数量,单位\n钢板,120,kg\nABS,25.5,kg\n")
    assert reading.facts["name"] == "风扇"
    assert ("base_quantity", None) in asked(reading)


@pytest.mark.parametrize(("one", "two"), [("alt 1", "alt 2"), ("G1", "G1"), ("Option", "")])
def test_substitutes_are_asked_about_in_words_and_in_groups(one: str, two: str) -> None:
    text = (
        "Line,Part,Qty,UoM,Weight g,Alternative\n1,Case,1,pcs,100,\n"
        f"2,Cell A,2,pcs,48,{one}\n3,Cell B,2,pcs,48,{two}\n"
    )
    rows = (3, 4) if two else (3,)
    assert ("row", rows) in asked(read(text))


def test_a_substitutes_part_number_does_not_make_the_row_one() -> None:
    text = "Pos,Part,Qty,Unit,Weight g,Alternative\n1,Chip,1,pcs,1,GRM188R71H104KA\n"
    assert not [one for one in read(text).asks if one.about == "row"]


def test_per_beside_a_mass_is_the_number_of_pieces_weighed() -> None:
    text = (
        "Pos;Bezeichnung;Menge;ME;Gewicht kg;Pro\n"
        "1;Schraube M6x20;8;Stk;6,2;1000\n2;Gehäuse;1;Stk;0,3;1\n"
    )
    reading = read(text)
    assert lines(reading)["Schraube M6x20"].quantity == 8
    assert reading.total_mass_kg == pytest.approx(8 * 6.2 / 1000 + 0.3)


def test_what_is_ordered_is_not_taken_for_one_piece_a_row() -> None:
    reading = read("Name,Required qty,Unit,Weight g\nFrame,500,pcs,800\nScrew,2000,pcs,2\n")
    assert [line.quantity for line in reading.lines] == [None, None]
    assert reading.total_mass_kg is None
    assert ("quantity", (2, 3)) in asked(reading)


def test_a_mass_beside_millimetres_is_asked() -> None:
    reading = read("Bezeichnung;Menge;ME;Gewicht kg\nKabel;2500;mm;0,085\nDraht;1,5;m;0,01\n")
    assert [line.mass_kg for line in reading.lines] == [None, None]  # of 1.5 m, or of one?
    assert {("unit_mass", (2,)), ("unit_mass", (3,))} <= asked(reading)


def test_a_stated_total_that_the_lines_do_not_make_is_said() -> None:
    table = "Description,Qty,UOM,Weight (kg)\nFrame,1,pcs,5.0\nCover,2,pcs,0.5\nTotal weight,,,"
    assert ("mass", (4,)) in asked(read(table + "7.5\n"))
    for right in ("6.0", "5.5"):
        assert ("mass", (4,)) not in asked(read(table + right + "\n"))


def test_an_answer_about_a_heading_that_is_not_there_is_refused() -> None:
    table = b"Description,Qty,Unit,Weight\nHousing,1,pcs,120\n"
    with pytest.raises(InputRefused, match="there is no column 'Weght'"):
        read_table(table, "a.csv", ReadingOptions(columns={"Weght": ("unit_mass", "g")}))


def test_the_mass_that_a_person_names_has_no_rival() -> None:
    table = b"Description,Qty,UOM,Weight (kg),Weight basis\nScrew,10,pcs,2.4,3\nCase,1,pcs,0.5,4\n"
    options = ReadingOptions(columns={"Weight (kg)": ("unit_mass", "kg")})
    assert not [one for one in read_table(table, "a.csv", options).asks if one.blocking]


def test_a_quantity_after_loss_is_no_second_quantity() -> None:
    """Entered, per how many, loss in %; what follows is on top, or out of what goes in."""
    head = "子件编码,子件名称,计量单位,基本用量,基础数量,子件损耗率(%),使用数量\n"
    on_top = "C1,电芯,PCS,4,1,0.2,4.008\nC2,上壳,G,38.5,1,1.5,39.08\nC3,外箱,PCS,1,20,0,0.05\n"
    out_of = "C1,电芯,PCS,4,1,20,5\nC2,上壳,G,38.5,1,50,77\nC3,外箱,PCS,1,20,0,0.05\n"
    for rows in some([on_top, out_of]):
        reading = read(head + rows)
        assert [line.quantity for line in reading.lines] == [4.0, 38.5, 0.05]
        assert not open_questions(reading)
    unlike = read(head + on_top.replace("39.08", "77").replace("4.008", "9"))
    assert [line.quantity for line in unlike.lines] == [None, None, None]


def test_masses_of_one_and_of_the_line_may_be_in_units_of_their_own() -> None:
    text = """Codice;Descrizione;Q.tà;U.M.;Peso unit. (g);Peso tot. (kg);Materiale
A100;Telaio;1;NR;2350;2,350;Acciaio S355
A101;Coperchio;2;NR;120,5;0,241;Alluminio 6061
A102;Vite TCEI M5x16;12;NR;3,2;0,0384;Acciaio zincato
"""
    reading = read(text)
    assert [line.mass_kg for line in reading.lines] == pytest.approx([2.35, 0.241, 0.0384])
    assert not open_questions(reading)
    grams = read(text.replace("tot. (kg)", "tot. (g)"))  # a thousandth of what follows
    assert open_questions(grams)


@pytest.mark.parametrize("unit", ["MT", "mt", "Mt"])
def test_a_unit_that_is_a_tonne_or_a_metre_is_asked(unit: str) -> None:
    reading = read(f"Name,Qty,Unit,Material\nProfile seal,1.25,{unit},EPDM\nFrame,2,kg,Steel\n")
    assert [line.unit for line in reading.lines] == [None, "kg"]
    assert open_questions(reading)


def test_a_printed_report_names_its_product() -> None:
    text = """Bill of Material Report                                   Page 1
Item: 4711-00   KETTLE 1.7L       Effectivity: 01-MAR-26

Op Seq  Component     Description              Qty        UOM
------  ------------  -----------------------  ---------  ---
10      4711-01       BODY STAINLESS 304       1.0000     EA
10      4711-02       HANDLE PP                0.0850     KG
20      4711-05       SCREW M4X10              5.0000     EA
"""
    facts = read(text, "report.txt").facts
    assert (facts["product_id"], facts["name"]) == ("4711-00", "KETTLE 1.7L")

"""Quantities before losses, rests of recipes, units that are amounts, optional and other parts."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.reading.levels import whole_amounts


@pytest.mark.parametrize(
    ("heading", "loss"), [("Gross qty", "Scrap %"), ("Bruttomenge", "Ausschuss %")]
)
def test_where_only_what_goes_in_is_given_losses_are_taken_off_it(heading: str, loss: str) -> None:
    reading = read(f"Component,{loss},{heading},UoM\nResin,4,0.26,kg\nLid,0,2,pcs\n")
    resin = lines(reading)["Resin"]
    assert resin.quantity == pytest.approx(0.2496)
    assert resin.loss == 0.04
    assert (resin.quantity or 0) / (1 - (resin.loss or 0)) == pytest.approx(0.26)
    assert [one.rows for one in reading.assumed if one.kind == "quantity_gross"] == [(2,)]


def test_beside_a_net_quantity_the_gross_one_is_not_used() -> None:
    reading = read("Component,Net qty,Scrap %,Gross qty,UoM\nResin,0.25,4,0.26,kg\n")
    assert (reading.lines[0].quantity, reading.lines[0].loss) == (0.25, 0.04)


@pytest.mark.parametrize("rest", ["ad 100", "q.s. to 100", "q.s.", "Balance", "to 100%", "余量"])
def test_the_rest_of_a_recipe_is_what_the_others_leave(rest: str) -> None:
    reading = read(f"INCI name;% (w/w)\nGlycerin;5\nParfum;0,3\nAqua;{rest}\n")
    assert [line.quantity for line in reading.lines] == [5.0, 0.3, 94.7]
    assert {line.unit for line in reading.lines} == {"%"}
    assert not any(about == "quantity" for about, _ in asked(reading))


def test_two_rests_are_asked() -> None:
    reading = read("INCI name,% (w/w)\nGlycerin,5\nAqua,q.s.\nAcid,q.s.\nOil,4\n")
    assert any(about == "quantity" for about, _ in asked(reading))
    assert lines(reading)["Aqua"].quantity is None


@pytest.mark.parametrize(
    ("unit", "quantity", "read_as"),
    [("100 g", 250.0, "g"), ("0,5 l", 1.25, "l"), ("25 kg", 62.5, "kg")],
)
def test_a_unit_that_is_an_amount_multiplies(unit: str, quantity: float, read_as: str) -> None:
    reading = read(f"Zutat;Menge;Einheit\nMehl;2,5;{unit}\nEi;1;Stk\n")
    assert (reading.lines[0].quantity, reading.lines[0].unit) == (quantity, read_as)


def test_to_is_a_tonne_in_german_and_a_sheet_in_vietnamese() -> None:
    german = read("Element;Menge;Einheit\nBeton;12,5;t\nDämmung;0,35;to\n")
    assert lines(german)["Dämmung"].mass_kg == pytest.approx(350)
    vietnamese = read("Tên nguyên phụ liệu,Định mức,ĐVT\nGiấy,2,to\n")
    assert vietnamese.lines[0].unit == "piece"
    assert ("unit", 2) in asked(read("Item,Qty,Unit\nSand,0.35,to\n"))


@pytest.mark.parametrize("heading", ["Qty/Product", "Qty per finished product", "单台用量"])
def test_quantities_per_product_beside_levels_count_the_whole_product(heading: str) -> None:
    reading = read(f"Level,Part,{heading},Unit\n1,Leg,4,pcs\n2,Screw,12,pcs\n")
    assert whole_amounts(reading) == {2: 4.0, 3: 12.0}
    plain = read(f"Part,{heading},Unit\nLeg,4,pcs\nScrew,12,pcs\n")
    assert [line.quantity for line in plain.lines] == [4.0, 12.0]


def test_numbers_that_make_the_masses_of_lines_are_the_quantity() -> None:
    reading = read(
        "Part,Profile,Length(mm),No.,Weight(kg),Total weight(kg)\n"
        "p1,IPE200,3000,2,67.2,134.4\np2,PL10,100,8,0.79,6.32\n"
    )
    assert means(reading)["No."] == "quantity"
    assert [line.quantity for line in reading.lines] == [2.0, 8.0]
    assert reading.total_mass_kg == pytest.approx(140.72)


def test_kinds_of_kingdee_that_go_in_instead_or_come_back_are_asked() -> None:
    reading = read(
        "子项物料名称,子项类型,用量,子项单位\n灯罩,标准件,1,个\n灯罩PC,替代件,1,个\n料头,返还件,0.1,千克\n"
    )
    assert ("row", 3) in asked(reading)
    assert skipped(reading) == {4: "by_product"}


@pytest.mark.parametrize("note", ["optional", "(Option)", "选配", "wahlweise"])
def test_a_part_that_a_note_calls_optional_is_asked(note: str) -> None:
    reading = read(f"Part,Qty,Unit,Remark\nBody,1,pcs,black\nStand,1,pcs,{note}\n")
    assert {row for about, row in asked(reading) if about == "row"} == {3}


def test_a_formula_size_in_the_rows_is_asked() -> None:
    reading = read(
        "Item,Name,Quantity,Unit,Formula size\nF1,Sugar,600,g,1000\nF2,Milk,400,g,1000\n"
    )
    assert ("base_quantity", 2) in asked(reading)


def test_net_and_gross_of_russian_cards_are_masses() -> None:
    reading = read("Продукт;Брутто, г;Нетто, г\nСвёкла;60;48\nКапуста;40;32\n")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.048, 0.032])


def test_the_mass_of_one_unit_may_be_called_so_in_german() -> None:
    reading = read("Teil;Menge;ME;Gewicht/ME (kg)\nBlech;3,5;m2;15,7\nRohr;2,5;m;1,2\n")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([54.95, 3.0])


def test_a_part_of_something_counted_needs_no_unit() -> None:
    reading = read("Teil;Anzahl pro Verkaufseinheit;Gewicht (g)\nFlasche;1;350\nTray;0,0833;120\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [
        (1, "piece"),
        (0.0833, "piece"),
    ]
    weighed = read("Teil;Menge;Gewicht (g)\nFlasche;1;350\nTray;0,0833;120\n")
    assert ("unit", 3) in asked(weighed)


def test_materials_of_two_letters_in_a_column_of_layers_are_names() -> None:
    reading = read("Layer,Area (m2),Grammage (g/m2)\nPET film,0.05,17\nAlu,0.05,24\nPE,0.05,65\n")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.00085, 0.0012, 0.00325])


def test_the_sign_of_text_before_a_number_is_none_of_it() -> None:
    assert [line.quantity for line in read("Part,Qty,Unit\nLid,'2,pcs\n").lines] == [2.0]


def test_a_unit_behind_lengths_is_theirs() -> None:
    reading = read("Item,Qty,Length,Unit,kg/m\nTube,4,750,mm,1.2\nAngle,2,1.5,m,2.4\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(4, "piece"), (2, "piece")]
    assert [line.mass_kg for line in reading.lines] == pytest.approx([3.6, 7.2])
    beside = read("Item,Length,Unit,Qty\nTube,750,mm,4\n")
    assert (beside.lines[0].quantity, beside.lines[0].unit) == (4, "piece")


@pytest.mark.parametrize("heading", ["Cantidad por millar", "Quantità per migliaio"])
def test_thousands_of_romance_languages_divide(heading: str) -> None:
    reading = read(f"Componente;U.M.;{heading}\nPP;kg;25,5\nTapa;pz;1000\n")
    assert reading.base == (1000.0, "piece")
    assert reading.lines[0].unit == "kg"


@pytest.mark.parametrize("heading", ["kg/t Stahl", "kg/t clinker", "kg per tonne cement"])
def test_inputs_for_a_tonne_of_what_is_named_are_for_a_tonne(heading: str) -> None:
    reading = read(f"Input;{heading}\nSchrott;1050\nKalk;45\n")
    assert reading.base == (1000.0, "kg")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(1050, "kg"), (45, "kg")]


@pytest.mark.parametrize(
    "note", ["1 carton for 12 bottles", "12 pcs/ctn", "1 je 24 Flaschen", "每箱12瓶", "24 per box"]
)
def test_a_packaging_that_its_note_shares_out_is_asked(note: str) -> None:
    table = "Component,Qty,UoM,Weight (g),Remarks\nBottle,1,pcs,22,{0}\nCarton,{1},pcs,320,{0}\n"
    reading = read(table.format(note, "1"))
    assert ("quantity", 3) in asked(reading)
    assert lines(reading)["Carton"].quantity is None
    shared = read(table.format(note, "1/12"))
    assert lines(shared)["Carton"].mass_kg == pytest.approx(0.32 / 12)
    assert not any(about == "quantity" for about, _ in asked(shared))


@pytest.mark.parametrize("note", ["for 12 mm rods", "for 500 ml", "printed 4 colours", "B flute"])
def test_a_note_about_something_else_changes_no_packaging(note: str) -> None:
    reading = read(f"Component,Qty,UoM,Weight (g),Remarks\nCarton,1,pcs,320,{note}\n")
    assert reading.lines[0].quantity == 1

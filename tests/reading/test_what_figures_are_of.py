"""Of what a figure is: of one piece, of a tonne of product, of a pallet, of what is cut away."""

from __future__ import annotations

import pytest
from evidence import some
from reading_kit import asked, lines, means, read

from footprint.reading.assembly_sections import assembly_named
from footprint.reading.headings import read_heading
from footprint.reading.numbers import Ambiguous, parse_number

OF_ONE = {
    "Wt per pc (g)": ("unit_mass", "g"),
    "Mass per item (kg)": ("unit_mass", "kg"),
    "Wt.(g)": ("unit_mass", "g"),
    "N.W. (g)": ("unit_mass", "g"),
    "Gew. [g]": ("unit_mass", "g"),
    "Nettogew. (kg)": ("unit_mass", "kg"),
    "Fertiggewicht [g]": ("unit_mass", "g"),
    "成品重(g)": ("unit_mass", "g"),
    "Rohteilgewicht [g]": ("gross_mass", "g"),
    "G.W. (g)": ("gross_mass", "g"),
    "Casting weight (kg)": ("gross_mass", "kg"),
    "毛坯重": ("gross_mass", None),
    "Q'ty": ("quantity", None),
    "Qʼty (pcs)": ("quantity", "piece"),
    "Q'TY/SET": ("quantity", None),
    "Anz.": ("quantity", None),
    "Menge/Einheit": ("quantity", None),
    "Định mức/sp": ("quantity", None),
    "SL/SP": ("quantity", None),
    "N. pz": ("quantity", None),
    "Length/pc (mm)": ("length", "mm"),
    "Cut length per pc (mm)": ("length", "mm"),
    "Ø (mm)": ("diameter", "mm"),
    "Scrap (kg)": ("scrap_mass", "kg"),
    "Scrap %": ("loss", "%"),
    "Weight / pallet (kg)": ("other", "kg"),
    "Gross weight per carton (kg)": ("other", "kg"),
    "Input per tonne of product (kg)": ("quantity", "kg"),
    "Specific consumption (kg/t)": ("quantity", "kg"),
    "单耗(kg/t)": ("quantity", "kg"),
    "Price per tonne (EUR)": ("price", "t"),
}


@pytest.mark.parametrize("heading", OF_ONE)
def test_a_heading_says_of_what_its_figures_are(heading: str) -> None:
    found = read_heading(heading)
    assert (found.means[:1], found.unit) == ((OF_ONE[heading][0],), OF_ONE[heading][1])


def test_a_mass_of_one_piece_divides_no_quantity() -> None:
    reading = read("Item,Description,Qty,Wt per pc (g)\n1,Bracket,2,100\n2,Bolt,8,12\n")
    found = lines(reading)
    assert [found[name].quantity for name in ("Bracket", "Bolt")] == [2.0, 8.0]
    assert found["Bracket"].mass_kg == pytest.approx(0.2)
    assert found["Bolt"].mass_kg == pytest.approx(0.096)


@pytest.mark.parametrize(
    "text",
    [
        "Material,Input per tonne of product (kg)\nClinker,750\nGypsum,250\n",
        "原料,单耗,单位\nClinker,750,kg/t\nGypsum,250,kg/t\n",
        "Material;Verbrauch;Einheit\nClinker;750;kg/t\nGypsum;250;kg/t\n",
    ],
)
def test_figures_for_a_tonne_of_product_are_divided_by_it(text: str) -> None:
    reading = read(text)
    assert reading.base == (1000.0, "kg")
    assert reading.total_mass_kg == pytest.approx(1.0)  # of one kilogram of product
    assert ("declared_unit", None) in asked(reading)


def test_rates_of_energy_and_gas_keep_their_units() -> None:
    reading = read("原料,单耗,单位\n废钢,1080,kg/t\n电力,420,kWh/t\n氧气,35,m3/t\n")
    assert [line.unit for line in reading.lines] == ["kg", "kWh", "m3"]
    assert reading.base == (1000.0, "kg")


def test_rates_of_a_piece_need_no_base() -> None:
    reading = read("原料,用量,单位\nPA66,0.25,kg/件\n电力,1.2,kWh/件\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(0.25, "kg"), (1.2, "kWh")]
    assert reading.base is None


@pytest.mark.parametrize("other", ["kg", "kg/件", "kg/kg"])
def test_rates_of_different_amounts_are_asked(other: str) -> None:
    reading = read(f"Material,Verbrauch,Einheit\nA,750,kg/t\nB,2,{other}\n")
    (ask,) = [one for one in reading.asks if one.about == "base_quantity"]
    assert ask.blocking
    assert reading.base is None


def test_scrap_in_kilograms_is_a_share_of_net_mass_and_scrap() -> None:
    reading = read("Part,Qty,Net weight (kg),Scrap (kg)\nPanel,2,2.5,0.7\nTube,1,1.0,0\n")
    found = lines(reading)
    assert found["Panel"].loss == pytest.approx(0.7 / 3.2)
    assert found["Panel"].mass_kg == pytest.approx(5.0)
    assert not found["Tube"].loss
    assert [one.kind for one in reading.assumed if one.about == "loss"] == ["scrap_mass_share"]


def test_scrap_in_kilograms_without_a_net_mass_is_asked() -> None:
    reading = read("Part,Qty,Unit,Scrap (kg)\nPanel,2,pc,0.7\nResin,5,kg,0.2\n")
    assert {("loss", 2), ("loss", 3)} <= asked(reading)
    assert all(line.loss is None for line in some(reading.lines))


def test_gross_masses_are_not_passed_over_in_silence() -> None:
    reading = read("Bauteil;Rohteilgewicht [g];Fertiggewicht [g];Stk/Fzg\nHalter;350;280;2\n")
    assert lines(reading)["Halter"].mass_kg == pytest.approx(0.56)
    assert ("loss", 2) in asked(reading)


def test_what_a_pallet_weighs_is_no_mass_of_a_part() -> None:
    text = "Component,Qty per unit,UoM,Weight / pallet (kg)\nBottle,1,pc,120\nCap,1,pc,12\n"
    reading = read(text)
    assert [line.mass_kg for line in reading.lines] == [None, None]


def test_a_length_of_all_pieces_is_none_of_one() -> None:
    text = "Part,Qty,Total length (m),kg/m\nTube,4,2,1.5\n"
    assert lines(read(text))["Tube"].mass_kg is None
    alone = read("Part,Total length (m),kg/m\nTube,2,1.5\n")
    assert lines(alone)["Tube"].mass_kg == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,00,000", 1e5), ("12,34,567", 1234567.0), ("1,00,000.50", 100000.5), ("-2,50,000", -2.5e5)],
)
def test_lakhs_are_numbers_with_a_decimal_point(text: str, value: float) -> None:
    assert parse_number(text, None) == value


@pytest.mark.parametrize("text", ["1,0,000", "100,00,000", "1,00,00", "01,00,000", "1,00.000"])
def test_other_groups_of_two_are_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text, ".")


def test_a_group_of_three_stays_open() -> None:
    with pytest.raises(Ambiguous):
        parse_number("1,000", None)


CREO = """Assembly PUMP contains:
Quantity  Type          Name
   2      Sub-Assembly  ROTOR
   4      Part          BOLT

Sub-Assembly ROTOR contains:
Quantity  Type          Name
   1      Part          SHAFT
   3      Part          BEARING

Summary of parts for assembly PUMP:
Quantity  Type          Name
   4      Part          BOLT
   2      Part          SHAFT
   6      Part          BEARING
"""
CATIA = """Bill of Material: Lamp
Quantity\tPart Number\tType\tNomenclature
2\tArm\tAssembly\tArm assembly
1\tBase\tPart\tBase plate

Bill of Material: Arm
Quantity\tPart Number\tType\tNomenclature
1\tTube\tPart\tArm tube
3\tClip\tPart\tCable clip

Recapitulation of: Lamp
Quantity\tPart Number
2\tTube
6\tClip
1\tBase
"""


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [(CREO, "ROTOR", ["SHAFT", "BEARING"]), (CATIA, "Arm assembly", ["Arm tube", "Cable clip"])],
)
def test_sections_named_after_an_assembly_hold_its_parts(
    text: str, above: str, below: list[str]
) -> None:
    reading = read(text, "list.txt")
    (assembly,) = [line for line in reading.lines if line.assembly]
    assert (assembly.name, assembly.quantity) == (above, 2.0)
    assert [line.name for line in reading.lines if line.parent_row == assembly.row] == below
    assert len(reading.lines) == 4  # the summary is not counted again
    assert "parent_by_section" in {one.kind for one in reading.assumed}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sub-Assembly ROTOR contains:", "ROTOR"),
        ("Bill of Material: Arm", "Arm"),
        ("Baugruppe Arm enthält:", "Arm"),
        ("组件 A-1 包含", "A-1"),
        ("Packaging", ""),
        ("Assembly", ""),
    ],
)
def test_titles_of_sections_name_assemblies(title: str, name: str) -> None:
    assert assembly_named(title) == name


@pytest.mark.parametrize("columns", ["Name,Qty,Unit", "Code,Name,Qty,Unit"])
def test_sections_that_are_no_assemblies_leave_quantities_as_they_are(columns: str) -> None:
    blank = "" if columns.startswith("Name") else ","
    rows = ("FABRIC", "Pique,0.95,m", "TRIMS", "Thread,180,m", "Label,1,pc")
    text = "\n".join((columns, *(f"{blank}{row}" for row in rows)))
    reading = read(text)
    assert [line.parent_row for line in reading.lines] == [None, None, None]
    assert not any(line.assembly for line in some(reading.lines))


def test_a_section_that_names_no_line_stays_a_heading() -> None:
    reading = read("Qty,Name\n1,Base\nAssembly Frame:\n2,Tube\n", "a.csv")
    assert [line.parent_row for line in reading.lines] == [None, None]
    assert means(reading)["Qty"] == "quantity"


def test_cloth_by_the_yard_of_one_piece_has_its_mass() -> None:
    text = "Fabric,Consumption (yds/pc),GSM,Width (in)\nJersey,1.25,180,58\n"
    (line,) = read(text).lines
    assert (line.quantity, line.unit) == (1.25, "yd")
    # 1.25 yd x 0.9144 m x 58 in x 0.0254 m x 0.180 kg/m2
    assert line.mass_kg == pytest.approx(1.25 * 0.9144 * 58 * 0.0254 * 0.180)


def test_shares_that_say_masses_again_are_not_multiplied_with_them() -> None:
    reading = read("Component,Weight,%\nCotton,600 g,60\nPolyester,400 g,40\n")
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(0.6), pytest.approx(0.4)]
    other = read("Component,Weight,%\nCotton,600 g,10\nPolyester,400 g,90\n")
    assert [line.mass_kg for line in other.lines] == [None, None]


def test_an_area_with_a_thickness_or_a_mass_per_area_is_a_mass() -> None:
    board = read("Layer #,Description,g/m²,Board area (m²)\n1,Liner,170,0.85\n2,Fluting,127,1.24\n")
    assert [line.mass_kg for line in board.lines] == [
        pytest.approx(0.17 * 0.85),
        pytest.approx(0.127 * 1.24),
    ]
    film = read("Part,Qty,Thickness (µm),Area (cm²),Density (g/cm3)\nFilm,2,12,600,1.38\n")
    # 12e-6 m x 0.06 m2 x 1380 kg/m3, twice
    assert film.lines[0].mass_kg == pytest.approx(2 * 12e-6 * 0.06 * 1380)


def test_an_area_without_either_is_not_the_number_of_variants() -> None:
    reading = read("Part,Qty,Area (m²)\nSheet,2,0.5\nPlate,1,0.3\n")
    assert means(reading)["Area (m²)"] == "other"


def test_numbers_that_do_not_count_rows_may_be_quantities_and_are_asked() -> None:
    text = "Description,Length (mm),No,Weight (kg)\nBeam,6000,2,735\nColumn,3000,8,364\n"
    assert {("quantity", 2), ("quantity", 3)} <= asked(read(text))
    counted = read("No,Description,Weight (kg)\n1,Beam,735\n2,Column,364\n")
    assert means(counted)["No"] == "line_no"


def test_a_product_beside_its_parts_is_none_of_them() -> None:
    text = "Product,Component,Qty,Weight(g)\nMug A,Body,1,320\nMug A,Lid,1,35\nMug B,Body,1,280\n"
    reading = read(text)
    assert reading.products == ("Mug A", "Mug B")
    assert [line.name for line in reading.lines] == ["Body", "Lid", "Body"]
    chosen = read(text, product="Mug A")
    assert chosen.total_mass_kg == pytest.approx(0.355)


def test_a_code_on_each_row_is_no_list_of_designators() -> None:
    text = "Référence;Désignation;Qté;Masse unitaire (g)\nP1;Corps;1;1250,5\nP2;Vis;12;4,2\n"
    reading = read(text)
    assert means(reading)["Référence"] == "id"
    assert lines(reading)["Vis"].mass_kg == pytest.approx(0.0504)


def test_steps_of_work_are_no_names() -> None:
    text = "工序号,工序名称,物料,定额用量,计量单位\n10,注塑,ABS,125,克\n20,喷涂,油漆,3.5,克\n"
    assert [line.name for line in read(text).lines] == ["ABS", "油漆"]


@pytest.mark.parametrize(("cell", "kg"), [("2.7 LB/FT", 12.25), ("2.7 kg/m", 8.23)])
def test_a_mass_per_length_is_that_of_lines_in_feet(cell: str, kg: float) -> None:
    (line,) = read(f"ITEM,QTY,U/M,DESCRIPTION,WT EA\n1,10,FT,TUBE,{cell}\n").lines
    assert line.mass_kg == pytest.approx(kg, rel=1e-3)


@pytest.mark.parametrize("unit", ["µm", "micron", "微米"])
def test_films_are_measured_in_micrometres(unit: str) -> None:
    text = f"Part,Length (mm),Width (mm),Thickness ({unit}),Density (g/cm3)\nFilm,300,200,12,1.38\n"
    # 0.3 m x 0.2 m x 12e-6 m x 1380 kg/m3
    assert read(text).lines[0].mass_kg == pytest.approx(0.3 * 0.2 * 12e-6 * 1380)


def test_a_length_in_an_unknown_unit_is_not_in_millimetres() -> None:
    text = "Part,Length (mm),Width (mm),厚度(丝),Density (g/cm3)\nFilm,300,200,12,1.38\n"
    reading = read(text)
    assert reading.lines[0].mass_kg is None
    assert ("length_unit", 2) in asked(reading)


@pytest.mark.parametrize(
    "heading", ["Quantity per 1 kg finished product", "Qty per kg of product", "每公斤产品用量"]
)
def test_figures_for_a_kilogram_of_product_say_so(heading: str) -> None:
    reading = read(f"Component,{heading},Unit\nMilk powder,0.6,kg\nSugar,0.4,kg\n")
    assert reading.base == (1.0, "kg")
    assert ("declared_unit", None) in asked(reading)


def test_a_price_per_kilogram_is_no_base() -> None:
    reading = read("Part,Qty,Unit,Price per kg\nSugar,0.4,kg,1.2\nMilk,0.6,kg,3\n")
    assert reading.base is None
    assert means(reading)["Price per kg"] == "price"


def test_a_batch_in_kilograms_beside_each_input_divides_it() -> None:
    reading = read("原料名称,投入量(kg/批),批产量(kg)\n聚丙烯,980,1000\n色母,20,1000\n")
    assert [line.quantity for line in reading.lines] == [0.98, 0.02]
    assert ("declared_unit", None) in asked(reading)


def test_weights_with_their_unit_in_a_column_are_the_quantities() -> None:
    reading = read("Fibre content,Weight,Unit\nCotton,0.25,kg\nPolyester,80,g\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(0.25, "kg"), (80.0, "g")]
    assert [line.mass_kg for line in reading.lines] == [0.25, pytest.approx(0.08)]


def test_the_name_is_what_differs_from_row_to_row() -> None:
    text = "序号,部件,零件,材料,数量\n1,机身,侧板,Q235,2\n2,机身,底板,Q235,1\n3,门体,门板,SPCC,1\n"
    assert [line.name for line in read(text).lines] == ["侧板", "底板", "门板"]


def test_runners_are_not_passed_over_in_silence() -> None:
    reading = read("PART NAME,Q'TY,WEIGHT (g/pc),Runner weight(g)\nCOVER,1,35.2,8\n")
    assert lines(reading)["COVER"].mass_kg == pytest.approx(0.0352)
    assert ("loss", 2) in asked(reading)

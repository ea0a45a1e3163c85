"""Units in headings and cells, and the mass of a line: never off by a thousand, never made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_kit import asked, book, lines, means, read

from footprint.reading.read import read_table


@pytest.mark.parametrize(
    ("heading", "cell", "kg"),
    [
        ("单重(g)", "85", 0.085),
        ("重量（克）", "85", 0.085),
        ("Weight [kg]", "0.085", 0.085),
        ("Mass_g", "85", 0.085),
        ("Gewicht in g", "85", 0.085),
        ("Masse (kg/1000 Stk)", "85", 0.085),
        ("Unit weight (lb)", "1", 0.45359237),
        ("質量(g)", "８５", 0.085),
        ("중량(g)", "85", 0.085),
        ("Waga [g]", "85", 0.085),
        ("Poids unitaire (g)", "85", 0.085),
        ("Peso (kg)", "0.085", 0.085),
        ("Weight", "85 g", 0.085),
        ("Weight", "0.085 kg", 0.085),
        ("重量KG", "0.085", 0.085),
        ("Trọng lượng (g)", "85", 0.085),
    ],
)
def test_the_unit_of_a_mass_is_that_of_its_heading_or_cell(
    heading: str, cell: str, kg: float
) -> None:
    reading = read(f"Part name,Qty,{heading}\nBracket,2,{cell}\n")
    line = lines(reading)["Bracket"]
    assert line.unit_mass_kg == pytest.approx(kg)
    assert line.mass_kg == pytest.approx(2 * kg)
    assert reading.total_mass_kg == pytest.approx(2 * kg)


def test_a_mass_without_any_unit_is_a_question_and_no_number() -> None:
    reading = read("Part name,Qty,Weight\nBracket,2,85\n")
    assert lines(reading)["Bracket"].mass_kg is None
    assert ("mass_unit", 2) in asked(reading)
    assert any(ask.blocking for ask in reading.asks if ask.about == "mass_unit")


def test_a_unit_in_a_number_format_counts() -> None:
    data = book([["Part", "Qty", "Weight"], ["Bracket", 2, 85]], formats={"C2": '0.0" g"'})
    assert lines(read_table(data, "a.xlsx"))["Bracket"].mass_kg == pytest.approx(0.17)


def test_a_percent_format_counts_and_is_not_divided_twice() -> None:
    rows: list[list[object]] = [
        ["Part", "Qty", "Unit", "Scrap (%)"],
        ["ABS", 1.5, "kg", 0.02],
        ["PP", 1.5, "kg", 3],
    ]
    found = lines(read_table(book(rows, formats={"D2": "0.00%"}), "a.xlsx"))
    assert found["ABS"].loss == pytest.approx(0.02)
    assert found["PP"].loss == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("heading", "cells", "share"),
    [
        ("损耗率(%)", ("0.5", "2"), 0.005),
        ("Scrap %", ("0.5", "2"), 0.005),
        ("Ausschuss", ("0,5 %", "2 %"), 0.005),
        ("loss", ("0.05", "0.02"), 0.05),
    ],
)
def test_a_loss_is_a_percentage_where_the_file_says_so(
    heading: str, cells: tuple[str, str], share: float
) -> None:
    text = f"Part;Qty;Unit;{heading}\nABS;1;kg;{cells[0]}\nPP;1;kg;{cells[1]}\n"
    assert lines(read(text))["ABS"].loss == pytest.approx(share)


def test_a_loss_that_may_be_a_half_or_half_a_percent_is_asked() -> None:
    reading = read("Part,Qty,Unit,Scrap rate\nABS,1,kg,0.5\nPP,1,kg,0.3\n")
    assert lines(reading)["ABS"].loss is None
    assert {("loss", 2), ("loss", 3)} <= asked(reading)
    answered = read("Part,Qty,Unit,Scrap rate\nABS,1,kg,0.5\n", loss="percent")
    assert lines(answered)["ABS"].loss == pytest.approx(0.005)


def test_a_line_mass_beside_a_unit_mass_is_told_apart_and_has_to_agree() -> None:
    text = "Part,Qty,Weight (g),Total weight (g)\nFoot,4,12.5,50\nPlate,1,820,820\n"
    reading = read(text)
    assert means(reading)["Total weight (g)"] == "line_mass"
    assert reading.total_mass_kg == pytest.approx(0.87)
    wrong = read(text.replace("12.5,50", "12.5,60"))
    assert ("unit_mass", 2) in asked(wrong)
    assert lines(wrong)["Foot"].mass_kg is None


def test_a_lone_column_of_line_masses_is_known_by_its_total() -> None:
    text = "Part,Qty,Weight (g)\nFoot,4,50\nPlate,1,820\nTotal,,870\n"
    reading = read(text)
    assert lines(reading)["Foot"].unit_mass_kg == pytest.approx(0.0125)
    assert reading.total_mass_kg == pytest.approx(0.87)


def test_a_mass_of_zero_is_a_part_that_was_not_modelled() -> None:
    reading = read("Part,Qty,Weight (g)\nCable,1,0.00\nPlate,1,820\n")
    assert lines(reading)["Cable"].mass_kg is None
    assert ("unit_mass", 2) in asked(reading)
    assert reading.total_mass_kg is None


def test_wire_paper_fabric_and_board_get_their_mass_from_geometry() -> None:
    wire = read("Pos,Name,Weight (kg/km),Length (m),Qty\n1,Wire,31.0,4.2,2\n")
    assert lines(wire)["Wire"].mass_kg == pytest.approx(2 * 4.2 * 0.031)
    paper = read("Name,Length (mm),Width (mm),Grammage (g/m²),Qty\nLeaflet,297,210,80,4\n")
    assert lines(paper)["Leaflet"].mass_kg == pytest.approx(4 * 0.297 * 0.21 * 0.08)
    fabric = read(
        'Tên nguyên phụ liệu,Khổ (cm),Trọng lượng (g/m²),Định mức,ĐVT\nVải,170,210,"0,95",m\n'
    )
    assert lines(fabric)["Vải"].mass_kg == pytest.approx(0.95 * 1.7 * 0.21)
    board = read("part name,length,width,thickness,material\nSide,1800,300,18,birch plywood\n")
    line = lines(board)["Side"]
    volume = 1.8 * 0.3 * 0.018
    low, high = line.mass_range_kg or (0.0, 0.0)
    assert (low, high) == pytest.approx((volume * 600, volume * 750))
    assert low < (line.mass_kg or 0) < high
    assert {("density", 2)} <= asked(board)
    assert board.total_mass_kg is None


def test_a_bounding_box_is_no_volume() -> None:
    reading = read("Part,Qty,Material,Dimensions (mm)\nHousing,1,ABS,120 x 80 x 28\n")
    assert lines(reading)["Housing"].mass_kg is None


def test_the_mass_of_a_profile_is_for_the_base_length_that_the_file_names() -> None:
    text = (
        "Objekt;Bauteilnummer;Einheitsmenge;Menge;Material;Masse\n"
        "1;P-1;1.200,000 mm;4.800,000 mm;Aluminium 6060;1,920 kg\n"
        "2;W-1;Jede;8;Stahl;0,085 kg\n"
    )
    reading = read(text)
    by_id = {line.texts.get("id") or line.name: line for line in reading.lines}
    assert by_id["P-1"].mass_kg == pytest.approx(4 * 1.92)
    assert by_id["W-1"].mass_kg == pytest.approx(8 * 0.085)


def test_a_default_material_that_the_note_contradicts_gives_no_mass() -> None:
    text = "Part Name,Description,Material,Qty,Mass (g)\nBracket,Printed in PLA,Steel,2,47.1\n"
    reading = read(text)
    assert lines(reading)["Bracket"].mass_kg is None
    assert {("material", 2), ("unit_mass", 2)} <= asked(reading)


@given(
    grams=st.integers(1, 99_999),
    quantity=st.integers(1, 500),
    unit=st.sampled_from([("g", 1.0), ("kg", 1e-3), ("mg", 1e3), ("lb", 1 / 453.59237)]),
    mark=st.sampled_from([".", ","]),
)
def test_whatever_unit_the_heading_has_the_mass_is_the_same(
    grams: int, quantity: int, unit: tuple[str, float], mark: str
) -> None:
    cell = f"{grams * unit[1]:.9f}".replace(".", mark)
    hand = f"12{mark}5"  # a number that shows the hand of the file
    text = f"Part;Qty;Weight ({unit[0]})\nA;{quantity};{cell}\nB;1;{hand}\n"
    found = lines(read(text))["A"].mass_kg
    assert found == pytest.approx(quantity * grams / 1000, rel=1e-4, abs=1e-8)


_SAP = (
    "Display BOM Level by Level\n\n"
    "Material             KT-9      Electric kettle\n"
    "Base Qty (EA)        {base}       Reqd Qty (EA)       {base}\n\n"
    "\tLv\tItem\tComponent number\tObject description\tComp. Qty (CUn)\tUn\tNet Weight\tWUn\n"
    "\t1\t0010\tR-1\tKettle body, steel\t1,000\tEA\t380,000\tG\n"
    "\t1\t0020\tR-2\tHeating plate\t1,000\tEA\t0,210\t{other}\n"
    "\t1\t0030\tR-3\tScrew M3\t6,000\tEA\t0,600\tG\n"
)


def test_a_column_of_units_right_of_a_mass_is_its_unit_whatever_it_is_called() -> None:
    reading = read(_SAP.format(base="1,000", other="KG"), "cs12.txt")
    assert means(reading)["WUn"] == "mass_unit"
    masses = {name: line.unit_mass_kg for name, line in lines(reading).items()}
    expected = {"Kettle body, steel": 0.38, "Heating plate": 0.21, "Screw M3": 0.0006}
    assert masses == pytest.approx(expected)
    assert reading.total_mass_kg == pytest.approx(0.38 + 0.21 + 6 * 0.0006)


@pytest.mark.parametrize("other", ["EA", ""])
def test_a_column_right_of_a_mass_that_holds_other_units_or_none_is_no_silent_unit(
    other: str,
) -> None:
    reading = read(_SAP.format(base="1,000", other=other), "cs12.txt")
    assert lines(reading)["Heating plate"].unit_mass_kg is None
    assert "mass_unit" in {about for about, _ in asked(reading)}


def test_a_unit_in_the_heading_stays_that_of_the_mass() -> None:
    reading = read("Part name,Qty,Weight (g),X\nBracket,2,85,kg\n")
    assert lines(reading)["Bracket"].unit_mass_kg == pytest.approx(0.085)


@pytest.mark.parametrize(
    ("base", "asks", "stands"),
    [("1.000", True, None), ("1.000,000", False, 1000.0), ("1,000", False, None)],
)
def test_a_base_that_is_written_in_another_hand_than_the_pieces_is_asked(
    base: str, asks: bool, stands: float | None
) -> None:
    """`1.000` above pieces written `1,000` may be one: a thousand is `1.000,000` there."""
    text = _SAP.format(base=base, other="KG").replace("Reqd Qty (EA)       " + base, "")
    reading = read(text, "cs12.txt")
    found = [ask for ask in reading.asks if ask.kind == "base_mark"]
    assert bool(found) is asks
    if found:
        assert found[0].blocking
        assert dict(found[0].values) == {"amount": "1000", "least": "1", "written": base}
    assert (reading.base[0] if reading.base else None) == stands


def test_two_pairs_in_a_printed_line_are_two_facts() -> None:
    reading = read(_SAP.format(base="1,000", other="KG"), "cs12.txt")
    assert reading.base is None
    assert not [ask for ask in reading.asks if ask.about == "base_quantity"]

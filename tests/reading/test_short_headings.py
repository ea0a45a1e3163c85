"""Headings of a letter, a unit or an abbreviation, and what decides what they are."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read

from footprint.reading.headings import read_heading


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("mg/tablet", "mg"), ("mg per tablet", "mg"), ("ml per bottle", "ml")],
)
def test_so_much_in_one_product_is_a_quantity_with_its_unit(heading: str, unit: str) -> None:
    found = read_heading(heading)
    assert (found.means, found.unit) == (("quantity",), unit)
    reading = read(f"Ingredient,{heading},Function\nStarch,60,Binder\nSugar,500,Filler\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(60.0, unit), (500.0, unit)]


def test_masses_of_one_piece_keep_their_meaning() -> None:
    assert read_heading("g per unit").means == ("unit_mass",)
    assert read_heading("kg/km").means == ("linear_mass",)


def test_a_bare_unit_is_the_quantity_where_nothing_else_is() -> None:
    reading = read("Material,kg,EUR\nSteel,2.5,3.1\nPVC,0.3,0.9\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(2.5, "kg"), (0.3, "kg")]
    reading = read("Item,pcs,g/pc\nShell,2,35\nCap,1,8\n")
    assert [line.mass_kg for line in reading.lines] == [0.07, 0.008]


def test_kilograms_beside_pieces_may_be_of_one_or_of_all_and_are_not_used() -> None:
    for text in ("Component,kg,pcs\nRotor,0.5,2\n", "Teil,Anzahl,kg\nWelle,2,2.5\nRad,4,0.1\n"):
        reading = read(text)
        assert reading.lines[0].quantity == 2.0
        assert all(line.mass_kg is None for line in reading.lines)


def test_letters_are_dimensions_beside_a_unit_of_length_only() -> None:
    text = "Part,L (mm),W (mm),T (mm),Pcs,Density (g/cm3)\nPlate,200,100,5,2,7.85\n"
    reading = read(text)
    assert reading.lines[0].mass_kg == pytest.approx(2 * 0.2 * 0.1 * 0.005 * 7850)
    assert read_heading("L").means != ("length",)


def test_numerator_and_denominator_divide_under_their_short_names() -> None:
    reading = read("物料名称,单位,分子,分母\n铜线,千克,25,100\n叶片,个,3,1\n")
    assert {name: line.quantity for name, line in lines(reading).items()} == {
        "铜线": 0.25,
        "叶片": 3,
    }


def test_alternatives_under_a_short_heading_are_asked_about() -> None:
    reading = read("Item,Description,Qty,Alt\n1,Cap A,1,\n2,Cap B,1,Y\n3,PCB,1,\n")
    assert ("row", 3) in asked(reading)


def test_children_have_ids() -> None:
    text = "Parent,Child,Name,Qty\n,TOP,Lamp,1\nTOP,A,Base,1\nA,B,Plate,2\n"
    reading = read(text)
    assert means(reading)["Child"] == "id"
    assert [line.parent_row for line in reading.lines] == [None, 2, 3]


@pytest.mark.parametrize("mark", [".", ","])
def test_the_column_that_is_the_product_of_two_others_is_that_of_the_lines(mark: str) -> None:
    rows = [("Bracket", 2, "1.25", "2.5"), ("Bolt", 8, "0.012", "0.096")]
    written = [";".join(str(cell).replace(".", mark) for cell in row) for row in rows]
    reading = read("\n".join(["Teil;Menge;Gewicht A [kg];Gewicht B [kg]", *written]) + "\n")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([2.5, 0.096])
    assert means(reading)["Gewicht B [kg]"] == "line_mass"


def test_net_counts_and_gross_stands_beside_it() -> None:
    text = "No,Part,Gross wt (g),Net wt (g),Qty\n1,Cap,12,10,2\n2,Body,60,55,1\n"
    assert [line.mass_kg for line in read(text).lines] == [0.02, 0.055]

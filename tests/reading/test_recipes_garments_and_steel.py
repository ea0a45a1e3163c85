"""Recipes for so many, garments with places, schedules of bars and wires, facts in a row."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read

_RECIPE = "Zutat;Menge;Einheit\nMehl;250;g\nÄpfel;1,2;kg\n"


@pytest.mark.parametrize("sentence", ["Für 12 Stücke", "For 12 people", "für 12 kleine Gläser"])
def test_a_recipe_says_for_how_many_it_is(sentence: str) -> None:
    reading = read(f"Rezept: Apfelkuchen;;\n{sentence};;\n{_RECIPE}")
    assert reading.base == (12.0, "piece")
    assert ("declared_unit", None) in asked(reading)


@pytest.mark.parametrize("sentence", ["Für 2 kg Teig", "Für 500 ml Sauce", "Für Gäste"])
def test_an_amount_of_dough_is_no_number_of_pieces(sentence: str) -> None:
    assert read(f"Rezept: Apfelkuchen;;\n{sentence};;\n{_RECIPE}").base is None


def test_keys_beside_each_other_have_their_values_below() -> None:
    reading = read(
        "Style,Description,Season\nTP-88,Hooded jacket,AW24\n,,\n"
        "No,Item,Unit,Qty\n1,Zipper,pcs,1\n2,Button,pcs,4\n"
    )
    assert reading.facts["product_id"] == "TP-88"
    assert reading.facts["name"] == "Hooded jacket"
    assert len(reading.lines) == 2


def test_a_key_beside_its_value_keeps_it() -> None:
    reading = read("Style,TP-88\nDescription,Hooded jacket\nItem,Unit,Qty\nZipper,pcs,1\n")
    assert (reading.facts["product_id"], reading.facts["name"]) == ("TP-88", "Hooded jacket")


@pytest.mark.parametrize("heading", ["Position", "Placement"])
def test_places_on_a_garment_name_no_material(heading: str) -> None:
    reading = read(
        f"No,Material,{heading},Unit,Qty\n1,Shell fabric nylon,Body,m,1.5\n2,Lining,Body,m,1.2\n"
        "3,Thread,All over,m,180\n"
    )
    assert [line.name for line in reading.lines] == ["Shell fabric nylon", "Lining", "Thread"]


_BARS = "Bar mark,Size (mm),Total no.,Length (mm),Total length (m),Weight (kg)\n"


def test_the_weight_of_all_bars_is_not_that_of_one() -> None:
    reading = read(_BARS + "01,16,20,3450,69.0,108.9\n02,10,50,1200,60.0,37.0\n")
    assert means(reading)["Weight (kg)"] == "line_mass"
    assert reading.total_mass_kg == pytest.approx(145.9)


def test_a_weight_behind_a_total_length_that_is_no_bars_is_asked() -> None:
    reading = read(_BARS + "01,16,20,3450,69.0,45.1\n02,10,50,1200,60.0,12.2\n")
    assert ("unit_mass", 2) in asked(reading)
    assert reading.total_mass_kg is None


def test_a_weight_of_one_bar_behind_a_total_length_is_that_of_one() -> None:
    headings = _BARS.replace("Weight (kg)", "Unit weight (kg)")
    reading = read(headings + "01,16,20,3450,69.0,5.45\n02,10,50,1200,60.0,0.74\n")
    assert reading.total_mass_kg == pytest.approx(20 * 5.45 + 50 * 0.74)


@pytest.mark.parametrize("heading", ["配合量(phr)", "Amount [phr]", "Menge (Gewichtsteile)"])
def test_parts_in_brackets_are_shares_by_mass(heading: str) -> None:
    reading = read(f"Rohstoff,{heading}\nNaturkautschuk,100\nRuß,50\nZinkoxid,5\nSchwefel,2.5\n")
    assert {line.unit for line in reading.lines} == {"%"}
    assert lines(reading)["Ruß"].quantity == pytest.approx(50 / 157.5 * 100)


def test_where_wires_begin_and_end_names_none() -> None:
    reading = read(
        "Wire No.,From,To,Cross section (mm2),Length (mm),Qty\nW1,X1:1,K1:A1,0.75,450,1\n"
        "W2,X1:2,K1:A2,0.75,470,1\nW3,X2:1,M1:U,2.5,1200,3\n"
    )
    assert [line.name for line in reading.lines] == ["W1", "W2", "W3"]

"""Whether a mass beside litres, metres, dozens or pairs is that of one unit or of the whole row."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, read

from footprint.reading.model import Reading


def masses(reading: Reading) -> dict[str, float | None]:
    return {line.name: line.mass_kg for line in reading.lines}


def said(reading: Reading) -> dict[str, tuple[int, ...] | None]:
    return {one.kind: one.rows for one in reading.assumed}


def test_a_mass_beside_litres_is_that_of_which_it_can_be_the_density() -> None:
    row = read("Item,Qty,Unit,Weight\nPaint,0.05,l,60 g\nTin,1,pcs,35 g\n")
    assert masses(row) == pytest.approx({"Paint": 0.06, "Tin": 0.035})
    assert said(row)["mass_of_line_shown"] == (2,)
    unit = read("Item,Qty,Unit,Weight (kg)\nOil,4.5,l,0.87\nCoolant,2,l,1.07\nCase,1,pcs,12.5\n")
    assert masses(unit) == pytest.approx({"Oil": 3.915, "Coolant": 2.14, "Case": 12.5})
    assert said(unit)["mass_of_unit_shown"] == (2, 3)


@pytest.mark.parametrize(
    ("unit", "quantity", "mass", "right"),
    [
        ("ml", "400", "404", 0.404),
        ("cl", "33", "340", 0.34),
        ("m3", "0.12", "288000", 288.0),
        ("l", "20", "950", 19.0),
    ],
)
def test_it_holds_for_every_unit_of_volume(
    unit: str, quantity: str, mass: str, right: float
) -> None:
    reading = read(f"Item,Qty,UoM,Weight (g)\nFilling,{quantity},{unit},{mass}\nBox,1,pcs,15\n")
    assert masses(reading) == pytest.approx({"Filling": right, "Box": 0.015})


def test_a_mass_that_is_no_density_either_way_is_asked() -> None:
    reading = read("Item,Qty,UoM,Weight (g)\nGlue,0.05,l,400\nBoard,1,pcs,2500\n")
    assert masses(reading) == {"Glue": None, "Board": 2.5}
    assert ("unit_mass", 2) in asked(reading)
    beside = read("Item,Qty,UoM,Weight (g)\nGlue,0.05,l,400\nPaint,0.05,l,60\n")
    assert masses(beside) == {"Glue": None, "Paint": pytest.approx(0.06)}
    contradicted = read("Item,Qty,UoM,Unit weight (g)\nGlue,0.05,l,60\n")
    assert masses(contradicted) == {"Glue": None}
    assert ("unit_mass", 2) in asked(contradicted)


def test_where_both_ways_are_a_density_the_other_rows_of_the_column_decide() -> None:
    table = "Item,Qty,UoM,Weight (g)\n{}Perfume,2,ml,1.8\n"
    assert masses(read(table.format("Base,0.05,l,51\n")))["Perfume"] == pytest.approx(0.0018)
    assert masses(read(table.format("Base,50,ml,1.02\n")))["Perfume"] == pytest.approx(0.0036)
    alone = read(table.format(""))
    assert masses(alone)["Perfume"] is None
    assert ("unit_mass", 2) in asked(alone)
    named = read("Item,Qty,UoM,Unit weight (kg)\nOil,0.5,l,0.9\n")
    assert masses(named) == pytest.approx({"Oil": 0.45})


def test_a_mass_beside_metres_and_square_metres_is_asked_where_nothing_shows_of_what_it_is() -> (
    None
):
    table = "Part,Qty,Unit,{}\nCable,0.5,m,60\nLeather,0.25,m2,220\nPlug,1,pcs,32\nRod,1,m,90\n"
    reading = read(table.format("Weight (g)"))
    assert masses(reading) == {"Cable": None, "Leather": None, "Plug": 0.032, "Rod": 0.09}
    assert {("unit_mass", 2), ("unit_mass", 3)} <= asked(reading)
    of_one = masses(read(table.format("Unit weight (g)")))
    assert of_one == pytest.approx({"Cable": 0.03, "Leather": 0.055, "Plug": 0.032, "Rod": 0.09})
    of_row = masses(read(table.format("Total weight (g)")))
    assert of_row == pytest.approx({"Cable": 0.06, "Leather": 0.22, "Plug": 0.032, "Rod": 0.09})
    per_cell = read("Part,Qty,Unit,Weight\nPipe,2.5,m,1.58 kg/m\n")
    assert masses(per_cell) == pytest.approx({"Pipe": 3.95})


@pytest.mark.parametrize(("means", "mass"), [("unit_mass", 0.03), ("line_mass", 0.06)])
def test_the_answer_settles_it(means: str, mass: float) -> None:
    table = "Part,Qty,Unit,Weight (g)\nCable,0.5,m,60\nPlug,1,pcs,32\n"
    reading = read(table, columns={"Weight (g)": (means, "g")})
    assert lines(reading)["Cable"].mass_kg == pytest.approx(mass)


def test_liquids_show_that_a_column_is_of_rows_and_its_pieces_are_asked() -> None:
    reading = read("Item,Qty,UoM,Weight (g)\nPaint,0.05,l,60\nRivet,12,pcs,24\nTape,2,m,10\n")
    assert masses(reading) == {"Paint": pytest.approx(0.06), "Rivet": None, "Tape": 0.01}
    assert ("unit_mass", 3) in asked(reading)


def test_a_mass_beside_dozens_and_thousands_is_asked_and_one_of_pairs_is_said() -> None:
    reading = read("Item,Qty,Unit,Weight (g)\nPencil,1,dozen,72\nScrew,0.008,1000 pcs,5200\n")
    assert masses(reading) == {"Pencil": None, "Screw": None}
    assert {("unit_mass", 2), ("unit_mass", 3)} <= asked(reading)
    pairs = read("Item,Qty,Unit,Weight (g)\nSole,1,pair,320\n")
    assert masses(pairs) == {"Sole": 0.32}
    assert said(pairs)["mass_of_pair"] == (2,)


def test_another_mass_beside_a_quantity_in_kilograms_is_said() -> None:
    reading = read("Item,Qty,UoM,Weight (g)\nResin,0.03,kg,30\nSilica,2,g,4\nSand,2,kg,1000\n")
    assert said(reading)["mass_beside_mass"] == (3,)
    assert lines(reading)["Silica"].mass_kg == 0.002


def test_a_title_that_counts_the_pieces_of_the_product_is_no_batch() -> None:
    puzzle = "1000 piece puzzle,,\nPart,Qty,Weight (g)\nSheet,1,620\nBox,1,240\n"
    assert not any(about == "base_quantity" for about, _ in asked(read(puzzle)))
    batch = "Lamp 1000 pieces,,\nPart,Qty,Unit\nShade,1000,pcs\nPaint,12,kg\n"
    assert any(about == "base_quantity" for about, _ in asked(read(batch)))

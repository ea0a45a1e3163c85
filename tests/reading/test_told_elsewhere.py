"""Units, masses and counts that stand in notes, names and keys, and not in their own column."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped


def test_a_plant_called_1000_is_no_unit_of_a_thousand() -> None:
    reading = read(
        "Werk;Komponente;Komponentenbezeichnung;Komponentenmenge;Komponentenmengeneinheit;"
        "Basismenge;Alternative\n"
        "1000;R-1;Haube;1,000;ST;100,000;1\n1000;R-2;Granulat PP;12,50;KG;100,000;1\n"
    )
    assert means(reading)["Komponentenmengeneinheit"] == "unit"
    granulate = lines(reading)["Granulat PP"]
    assert (granulate.quantity, granulate.unit, granulate.mass_kg) == (0.125, "kg", 0.125)
    assert lines(reading)["Haube"].quantity == 0.01
    assert not any(about == "row" for about, _ in asked(reading))


def test_a_column_of_numbers_alone_is_a_unit_under_no_unknown_heading() -> None:
    reading = read("Shop,Part,Qty\n1000,Lid,2\n1000,Pin,3\n1000,Cap,4\n")
    assert [line.quantity for line in reading.lines] == [2, 3, 4]


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("Units in meters.", "m"),
        ("quantity is in grams", "g"),
        ("Menge in m", "m"),
        ("red", "piece"),
    ],
)
def test_a_note_that_says_the_unit_is_heard(note: str, unit: str) -> None:
    reading = read(f"Part,Qty,Note\nBelt,5,{note}\nPulley,2,\n")
    assert {line.name: line.unit for line in reading.lines} == {"Belt": unit, "Pulley": "piece"}


def test_a_unit_in_brackets_behind_a_name_counts_and_a_size_does_not() -> None:
    reading = read(
        "Part,Qty\nFilament (g),850\nBelt (m),2.5\nPlug (m),2\nGlove (M),4\nGlove (L),4\n"
    )
    found = {line.name: (line.quantity, line.unit) for line in reading.lines}
    assert found["Filament (g)"] == (850.0, "g")
    assert found["Belt (m)"] == (2.5, "m")
    assert {found[name][1] for name in ("Plug (m)", "Glove (M)", "Glove (L)")} == {"piece"}


def test_what_a_note_says_of_one_shows_masses_of_whole_lines() -> None:
    table = "Part,Qty,Mass g,Notes\nMotor,4,272,{}\nFrame,1,286,\nRadio,2,12,\n"
    told = read(table.format("68 g each with screws"))
    masses = {line.name: line.mass_kg for line in told.lines}
    assert masses == pytest.approx({"Motor": 0.272, "Frame": 0.286, "Radio": 0.012})
    assert any(one.kind == "mass_of_lines" for one in told.assumed)
    other = read(table.format("272 g each with screws"))
    assert lines(other)["Motor"].mass_kg == pytest.approx(1.088)
    assert lines(read(table.format("")))["Motor"].mass_kg == pytest.approx(1.088)


def test_a_weight_that_is_one_of_a_square_metre_makes_the_mass_of_cloth() -> None:
    reading = read(
        "Placement,Description,Weight,Width,Consumption\n"
        "Body,Fleece,300 GSM,1.5 m,1.2 m\nCuff,Rib,400 g/m2,1 m,0.5 m\nNeck,Tape,,,1 pc\n"
    )
    assert lines(reading)["Fleece"].mass_kg == pytest.approx(0.3 * 1.5 * 1.2)
    assert lines(reading)["Rib"].mass_kg == pytest.approx(0.4 * 0.5)
    assert not skipped(reading)


@pytest.mark.parametrize(
    ("headings", "unit"),
    [
        ("Codice;Descrizione;Quantità;U.M.", "m"),
        ("Código;Descrição;Qtd;Unidade", "m"),
        ("Code;Description;Quantity;Unit", None),
    ],
)
def test_mt_is_a_metre_where_metres_are_called_so(headings: str, unit: str | None) -> None:
    reading = read(f"{headings}\nA1;PVC 3x1;3,2;MT\nA2;XY 40;0,15;KG\n")
    assert reading.lines[0].unit == unit
    assert (("unit", 2) in asked(reading)) == (unit is None)


@pytest.mark.parametrize(
    "key",
    ["Nombre de couverts", "Raciones", "Comensales", "Anzahl Portionen", "Number of servings"],
)
def test_guests_above_a_recipe_are_its_yield(key: str) -> None:
    reading = read(f"Fiche;Quiche;;\n{key};8;;\nProduit;Unité;Quantité;PU\nFarine;kg;0,250;1,10\n")
    assert reading.base == (8.0, "piece")


def test_how_many_are_needed_is_the_quantity_though_words_stand_among_the_numbers() -> None:
    reading = read(
        "Material,Description,Vendor,# needed\nStepper motor 12 V,axis,Shop,2\n"
        "Post 2 inch,,Shop,7\nHinge for door,rear,Shop,2 pairs\nScrews and nuts,,Shop,many\n"
        "Camera shield,,Shop,1\nDoor latch,,Shop,3\n"
    )
    assert means(reading)["Material"] == "name"
    found = {line.name: (line.quantity, line.unit) for line in reading.lines}
    assert found["Post 2 inch"] == (7.0, "piece")
    assert found["Hinge for door"] == (2.0, "pair")
    assert ("quantity", 5) in asked(reading)


def test_numbers_that_may_be_the_quantity_are_asked_and_one_is_not_assumed() -> None:
    reading = read("Part No.,Part,Tally\nA1,Lid,2\nA2,Pin,3 or more\nA3,Cap,4\n")
    assert ("quantity", 2) in asked(reading)
    assert all(line.quantity is None for line in reading.lines)
    assert not any(one.kind == "quantity_one_row" for one in reading.assumed)


def test_units_per_no_word_are_asked() -> None:
    reading = read(
        "Packaging,Material,Weight (g),Units per\nBottle,PET,22,1\nPallet,Wood,22000,1080\n"
    )
    assert ("quantity", 3) in asked(reading)
    assert reading.total_mass_kg is None


def test_one_unit_that_is_a_metre_counts_metres() -> None:
    reading = read("Part,Qty\nSilicone wire (1 unit = 1meter),10\nPlug,4\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [(10, "m"), (4, "piece")]


def test_a_sentence_above_the_table_gives_the_unit_of_masses_and_lengths() -> None:
    reading = read(
        "BOM created 2024-05-01 by user1,,,\n,,,\n"
        '"Notes: all dims in cm, weights in g",,,\n,,,\n'
        "Part,Qty,Weight,Length\nLid,2,35,12\nPin,4,1.2,3\n"
    )
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.07, 0.0048])
    assert "name" not in reading.facts
    assert not reading.assumed or not any(one.kind == "facts_unused" for one in reading.assumed)
    both = read("Weights in g or weights in kg,,\n,,\nPart,Qty,Weight\nLid,2,35\nPin,4,1.2\n")
    assert all(line.mass_kg is None for line in both.lines)


def test_masses_whose_unit_stands_beside_them_again_are_the_amounts() -> None:
    reading = read(
        "Item,Material,Weight per bottle (g),Units\nBottle,Glass,520,g\nCork,Cork,3.5,g\n"
    )
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.52, 0.0035])


def test_sizes_of_eggs_are_no_units() -> None:
    reading = read("Ingredient,Quantity\nEggs,2 large\nFlour,500 g\n")
    assert (reading.lines[0].quantity, reading.lines[0].unit) == (2, "piece")


@pytest.mark.parametrize(
    ("cell", "kg"),
    [("45 ± 2", 0.045), ("45 +/-5 %", 0.045), ("0.12 ± 0.01 kg", 0.12), ("9 g ± 1 g", 0.009)],
)
def test_a_tolerance_behind_a_mass_leaves_the_mass(cell: str, kg: float) -> None:
    reading = read(f"Part,Qty,Mass (g)\nLid,1,{cell}\nPin,4,1.1\n")
    assert lines(reading)["Lid"].mass_kg == pytest.approx(kg)


def test_yards_of_cloth_are_the_quantity() -> None:
    reading = read(
        "Fabric,Width (in),Weight (oz/yd2),Yardage\nDenim,58,14,1.6\nLining,60,3.5,0.25\n"
    )
    denim = lines(reading)["Denim"]
    assert (denim.quantity, denim.unit) == (1.6, "yd")
    assert denim.mass_kg == pytest.approx(1.6 * (58 / 36) * 14 * 0.028349523125)

"""Traps of exports: sheets of a schematic, sub-totals, batches of shares, weighed and claimed."""

from __future__ import annotations

import pytest
from reading_kit import asked, read, skipped


def test_a_part_list_of_a_board_has_one_part_in_a_row_and_sheets_are_no_quantity() -> None:
    text = "Part,Value,Package,Sheet\nC1,100n,0402,1\nR1,4k7,0402,2\nR2,4k7,0402,2\nU1,MCU,QFN,2\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0] * 4
    assert [line.name for line in reading.lines] == ["100n", "4k7", "4k7", "MCU"]
    assert {one.header: one.means for one in reading.columns}["Part"] == "designators"


@pytest.mark.parametrize(
    "word", ["Sub-totals:", "Poids total", "Cost per piece", "总重量", "Übertrag"]
)
def test_rows_that_add_up(word: str) -> None:
    reading = read(f"Category;Name;Qty;Weight (g)\nA;Cap;3;5\n;{word};3;15\n")
    assert skipped(reading) == {3: "total"}


def test_a_list_for_so_many_products() -> None:
    text = "BOM for :,{}\n\nItem Description,Qty,UOM\nGranules,85.5,Kgs\nRivet,2000,Nos\n"
    for many in ('"1,000 Nos"', "1000 Nos", "1000"):
        reading = read(text.format(many))
        assert reading.base == (1000.0, "piece")
    named = read(text.format("Tiffin box"))
    assert (named.base, named.facts["name"]) == (None, "Tiffin box")


def test_shares_are_of_the_whole_however_large_the_batch() -> None:
    reading = read(
        "Batch size,500 kg\n\nIngredient,CAS,% w/w\nWater,7732-18-5,88\nSalt,7647-14-5,12\n"
    )
    assert [(line.quantity, line.unit) for line in reading.lines] == [(88.0, "%"), (12.0, "%")]
    assert reading.base is None
    assert ("declared_unit", None) in asked(reading)
    assert {one.header: one.means for one in reading.columns}["CAS"] == "id"
    tablet = read('Batch size,"500,000 tablets"\n\nMaterial,mg/tablet\nStarch,60\nSalt,5\n')
    assert tablet.base is None
    assert tablet.lines[0].mass_kg == pytest.approx(6e-5)
    weighed = read("Batch size,500 kg\n\nIngredient,Quantity,Unit\nWater,440,kg\nSalt,60,kg\n")
    assert weighed.base == (500.0, "kg")


@pytest.mark.parametrize(
    "headings", ["Claimed weight (g);Actual weight (g)", "Blank wt (g);Net wt (g)"]
)
def test_a_mass_that_was_weighed_or_is_net_goes_before_another(headings: str) -> None:
    reading = read(f"Name;Qty;{headings}\nFrame;1;1150;1182\nTyre;2;280;290\n")
    assert [line.mass_kg for line in reading.lines] == [pytest.approx(1.182), pytest.approx(0.58)]
    assert ("unit_mass", 2) not in asked(reading)
    other = read("Name;Qty;Actual weight (g);Claimed weight (g)\nFrame;1;1182;1150\n")
    assert other.lines[0].mass_kg == pytest.approx(1.182)
    open_still = read("Name;Qty;Weight A (g);Weight B (g)\nFrame;1;1150;1182\n")
    assert open_still.lines[0].mass_kg is None


def test_a_volume_of_all_pieces_together_is_not_that_of_one() -> None:
    head = "Name;Material;Length (mm);Width (mm);Thickness (mm);Qty;{}\n"
    text = head + "Leg;Oak;720;65;65;4;0.012168\nTop;Oak;1600;600;25;1;0.024\n"
    for heading in ("Khối lượng (m³)", "Volume (m3)", "Total volume (m3)"):
        reading = read(text.format(heading))
        assert reading.lines[0].mass_formula.startswith("0.72 m x 0.065 m")
    each = read(text.replace("0.012168", "0.003042").format("Volume (m3)"))
    assert each.lines[0].mass_formula.startswith("volume")


def test_a_kind_of_material_is_no_material() -> None:
    reading = read("Name,Qty,Material type,Material\nRail,2,Solid wood,Oak\n")
    assert reading.lines[0].texts["material"] == "Oak"


def test_german_dates_of_an_end_are_asked() -> None:
    text = "Beschreibung;Menge pro;Startdatum;Enddatum\nAlt;8;01.01.2019;31.12.2021\nNeu;8;;\n"
    assert ("row", 2) in asked(read(text))

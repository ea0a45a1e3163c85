"""Materials of parts in several rows: shares of a mass, masses below a part, substances."""

from __future__ import annotations

import pytest
from reading_kit import asked, book, lines, read, skipped

from footprint.reading.model import Reading
from footprint.reading.read import read_table


def kilograms(reading: Reading) -> list[float | None]:
    return [line.mass_kg for line in reading.lines]


def test_rows_that_share_the_mass_of_their_part_are_their_shares_of_it() -> None:
    reading = read(
        "Part,Part mass (g),Material,Portion (%)\n"
        "Housing,120,ABS,95\nHousing,120,Flame retardant,5\nScrew,2,Steel,100\n"
    )
    assert kilograms(reading) == pytest.approx([0.114, 0.006, 0.002])
    assert {line.unit for line in reading.lines} == {"kg"}
    assert [one.rows for one in reading.assumed if one.kind == "mass_by_share"] == [(2, 3, 4)]


def test_the_mass_of_the_product_beside_its_shares_is_divided_among_them() -> None:
    reading = read(
        "Component,Share (%),Product mass [kg]\nCase,60,1.2\nBoard,15,1.2\nMotor,25,1.2\n"
    )
    assert kilograms(reading) == pytest.approx([0.72, 0.18, 0.3])
    pieces = read("Part,Qty,Mass (g),Share (%)\nClip ABS,4,10,90\nClip paint,4,10,10\n")
    assert kilograms(pieces) == pytest.approx([0.036, 0.004])


@pytest.mark.parametrize(
    "rows",
    [
        "Lid,1,30,75\nCap,1,10,25\n",  # shares of the masses: four parts of a whole
        "Lid,1,20,50\nCap,1,20,50\n",
        "Lid,1,20,40\nCap,1,20,40\n",  # which do not make a whole
        "Lid,1,20,60\nCap,1,30,40\n",
    ],
)
def test_shares_that_are_no_parts_of_one_mass_change_nothing(rows: str) -> None:
    reading = read(f"Part,Qty,Mass (g),Share (%)\n{rows}")
    masses = [float(row.split(",")[2]) / 1000 for row in rows.split()]
    assert kilograms(reading) == pytest.approx(masses)
    assert {line.unit for line in reading.lines} == {"piece"}


def test_shares_written_with_their_sign_are_shares_of_the_product() -> None:
    reading = read("Product weight: 2.4 g,\n\nMaterial,Share\nAluminium,85%\nPP film,10%\nWax,5%\n")
    assert [(line.quantity, line.unit) for line in reading.lines] == [
        (85.0, "%"),
        (10.0, "%"),
        (5.0, "%"),
    ]


IMDS = (
    "Level;Type;Name;Quantity;Weight per piece [g];Portion %\n"
    "1;Component;Seat;1;5000;\n2;Component;Frame;1;4850;\n3;Material;S355;;4850;\n"
    "2;Component;Clip;10;15;\n3;Material;POM;;{pom};\n4;Substance;Polyoxymethylene;;;99\n"
    "4;Substance;Carbon black;;;1\n"
)


def test_masses_of_materials_that_make_their_part_are_quantities_in_it() -> None:
    reading = read(IMDS.format(pom=15))
    assert lines(reading)["S355"].mass_kg == pytest.approx(4.85)
    assert lines(reading)["POM"].mass_kg == pytest.approx(0.15)
    assert reading.total_mass_kg == pytest.approx(5.0)
    assert skipped(reading) == {7: "composition", 8: "composition"}
    assert not any(about == "quantity" for about, _ in asked(reading))


def test_masses_that_do_not_make_their_part_are_asked() -> None:
    reading = read(IMDS.format(pom=25))
    assert ("quantity", 6) in asked(reading)
    assert lines(reading)["POM"].quantity is None


def test_a_material_above_its_shares_is_the_product() -> None:
    reading = read(
        "Level,Type,Name,Portion (%)\n1,Material,PA66-GF30,\n2,Substance,PA66,69.5\n"
        "2,Substance,Glass fibre,30.5\n"
    )
    assert skipped(reading) == {2: "product"}
    assert [line.quantity for line in reading.lines] == [69.5, 30.5]


def test_substances_beside_the_mass_of_their_material_count_and_not_the_material() -> None:
    reading = read(
        "Part,Homogeneous material,Material mass (mg),Substance,CAS,Substance mass (mg),ppm\n"
        "U1,Die,4.5,Silicon,7440-21-3,4.5,1000000\nU1,Mold,120,Silica,60676-86-0,100,833333\n"
        "U1,Mold,120,Epoxy,,20,166667\n"
    )
    assert kilograms(reading) == pytest.approx([4.5e-6, 1e-4, 2e-5])


@pytest.mark.parametrize("word", ["Body Total", "Summe Body", "Body Ergebnis", "Body 小计"])
def test_the_total_of_a_group_stands_in_the_column_of_groups(word: str) -> None:
    rows: list[list[object]] = [
        ["Group", "Part", "Qty", "Weight (g)"],
        ["Body", "Shell", 1, 120],
        ["Body", "Lid", 1, 40],
        [word, None, 2, 160],
    ]
    reading = read_table(book(rows), "list.xlsx")
    assert reading.total_mass_kg == pytest.approx(0.16)
    assert skipped(reading) == {4: "total"}


@pytest.mark.parametrize(
    ("title", "base"),
    [("Basis 100 kg", (100.0, "kg")), ("Batch 0100 kg", None), ("Ansatz 200 kg", None)],
)
def test_a_recipe_that_makes_the_kilograms_of_its_title_is_for_them(
    title: str, base: tuple[float, str] | None
) -> None:
    reading = read(f"Rezeptur {title};;\nRohstoff;Menge;ME\nHarz;62,5;kg\nHärter;37,5;kg\n")
    assert reading.base == base


def test_shares_below_a_row_are_shares_of_its_mass() -> None:
    reading = read(
        "Level,Name,Qty,Unit,Mass (g)\n1,Blend,0.5,kg,\n2,Resin,95,%,\n2,Pigment,5,%,\n"
        "1,Lid,2,pcs,20\n2,PP,90,%,\n2,Chalk,10,%,\n1,Cap,1,pcs,\n2,PE,100,%,\n"
    )
    masses = {line.name: line.mass_kg for line in reading.lines if line.unit == "kg"}
    assert masses == pytest.approx(
        {"Blend": 0.5, "Resin": 0.475, "Pigment": 0.025, "PP": 0.036, "Chalk": 0.004}
    )
    assert ("quantity", 9) in asked(reading)
    assert lines(reading)["PE"].quantity is None

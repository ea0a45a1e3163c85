"""Lists without a row of headings: a person names their columns by their places."""

from __future__ import annotations

import pytest
from reading_kit import asked, book, lines, means, read, skipped

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused
from footprint.reading.mapping import mapping_bytes, options_from
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table
from footprint.reading.sentences import blocking_problems, notes

BARE = "Grundplatte;2;85,5;Stahl\nSchraube M4;8;1,2;Stahl\nDeckel;1;44;ABS\n"
TOLD: dict[str, tuple[str, str | None]] = {
    "#1": ("name", None),
    "#2": ("quantity", None),
    "#C": ("unit_mass", "g"),
    "#4": ("material", None),
}


def test_columns_are_what_a_person_says_of_their_places() -> None:
    reading = read(BARE, columns=TOLD)
    assert reading.header_row == 0
    assert means(reading) == {
        "#1": "name", "#2": "quantity", "#3": "unit_mass", "#4": "material",
    }  # fmt: skip
    assert [line.row for line in reading.lines] == [1, 2, 3]
    assert lines(reading)["Schraube M4"].mass_kg == pytest.approx(0.0096)
    assert reading.total_mass_kg == pytest.approx(0.2246)
    said = [one.message for one in notes(reading)]
    assert any("no row of headings: every row from row 1 on" in one for one in said)


def test_titles_and_facts_above_and_totals_below_are_no_lines() -> None:
    reading = read(f"# name: Tisch\nStückliste\n{BARE}Summe;11;;\n", columns=TOLD)
    assert [line.row for line in reading.lines] == [3, 4, 5]
    assert skipped(reading) == {6: "total"}
    assert reading.facts["name"] == "Tisch"


def test_what_nobody_says_of_a_column_is_not_guessed() -> None:
    reading = read(BARE, header_row=0)
    assert set(means(reading).values()) == {"unknown"}
    assert ("columns_by_place", None) in asked(reading)
    assert [one.code for one in blocking_problems(reading)] == ["BOM-042"]
    untold = read(BARE, header_row=0, columns={"#1": ("name", None)})
    assert ("columns_by_place", None) in asked(untold)
    named = read("Table\nChair\nBench;oak\n", header_row=0, columns={"#1": ("name", None)})
    assert ("columns_by_place", None) not in asked(named)


def test_a_first_row_of_words_is_no_line_unless_a_person_says_so() -> None:
    told: dict[str, tuple[str, str | None]] = {"#1": ("name", None), "#2": ("quantity", None)}
    with pytest.raises(InputRefused, match="--header-row 1"):
        read("Zeug;Kram\nPlatte;2\nDeckel;1\n", columns=told)
    named = read("Zeug;Kram\nPlatte;2\nDeckel;1\n", columns=told, header_row=1)
    assert (named.header_row, list(lines(named))) == (1, ["Platte", "Deckel"])


def test_a_list_with_headings_is_read_by_them_though_places_are_told() -> None:
    reading = read("Name,Qty,Weight\nPlate,2,5\n", columns={"#3": ("unit_mass", "g")})
    assert (reading.header_row, list(lines(reading))) == (1, ["Plate"])


def test_the_sheet_that_is_named_is_read_and_else_the_longest() -> None:
    rows: list[list[object]] = [["Plate", 2], ["Screw", 8]]
    data = book(rows, "Parts")
    options = ReadingOptions(columns={"#1": ("name", None), "#2": ("quantity", None)})
    assert len(read_table(data, "a.xlsx", options).lines) == 2
    with pytest.raises(InputRefused, match="no sheet"):
        read_table(data, "a.xlsx", ReadingOptions(sheet="Other", header_row=0))


def test_the_refusal_says_how_to_name_columns_by_their_places() -> None:
    with pytest.raises(InputRefused) as refused:
        read("17;Platte;2\n18;Deckel;1\n")
    assert "--map '#2=name' --map '#3=quantity'" in refused.value.problems[0].hint


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        read(BARE, header_row=0, columns={"#9": ("quantity", None)})
    assert refused.value.problems[0].code == "BOM-046"


def test_saved_answers_keep_that_there_are_no_headings() -> None:
    given = ReadingOptions(columns=TOLD, header_row=0)
    saved = mapping_bytes(given, "f")
    assert options_from(saved, "a.mapping.yaml") == given
    bom = read_bom_bytes(BARE.encode(), "tisch.csv", mapping=saved)
    assert [line.quantity for line in bom.lines] == [2, 8, 1]

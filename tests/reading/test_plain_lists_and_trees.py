"""Lists that say little: few or equal headings, trees whose top is no row, no decimal mark."""

from __future__ import annotations

import re

import pytest
from evidence import some
from reading_kit import asked, lines, means, read, skipped

from footprint.bom.read import BomRefused, read_bom_bytes
from footprint.faults import InputRefused
from footprint.reading.footers import may_begin
from footprint.reading.levels import whole_amounts
from footprint.reading.naming import place_of
from footprint.reading.vocabulary import row_words


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("Item,Qty,Unit\nBar,2,kg\nPower,1.2,kWh\nScrap,-0.1,kg\n", {"Bar": 2, "Power": 1.2}),
        ("物料,数量(KG),备注\n不锈钢,1.2,304\n铜线,0.08,\n", {"不锈钢": 1.2, "铜线": 0.08}),
        ("Teil,Anzahl\nWelle,1\nLager,2\n", {"Welle": 1, "Lager": 2}),
    ],
)  # fmt: skip
def test_a_plain_list_is_found_by_what_stands_below_its_headings(
    text: str, quantities: dict[str, float]
) -> None:
    reading = read(text)
    assert reading.header_row == 1
    assert {name: line.quantity for name, line in lines(reading).items()} == quantities


@pytest.mark.parametrize(
    "text",
    [
        "foo,bar,baz\na,1,2\nb,2,3\n",  # no heading is a known word
        "Item,Qty\n1,2\n2,3\n",  # nothing is named
        "Date,Qty\n2025-01-01,2\n2025-01-02,3\n",
    ],
)
def test_what_is_no_list_of_parts_is_not_made_one(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(text)
    (problem,) = refused.value.problems
    assert problem.code == "BOM-040"
    assert "row 1" in problem.hint
    assert text.split(",", maxsplit=1)[0] in problem.hint


def test_a_row_of_headings_that_the_sheet_does_not_have_is_said() -> None:
    with pytest.raises(InputRefused) as refused:
        read("Item,Qty,Unit\nBracket,2,kg\n", header_row=99)
    (problem,) = refused.value.problems
    assert problem.message == "there is no row 99 (the sheet has 2)"


TREE = """Parent,Component,Qty,Unit
Lamp,Base,1,pcs
Lamp,Head,2,pcs
Base,Steel plate,1.2,kg
Head,PC lens,0.05,kg
Head,Steel plate,0.1,kg
"""


def test_the_one_top_that_is_no_row_is_the_product_and_names_link_the_tree() -> None:
    reading = read(TREE)
    assert means(reading)["Parent"] == "parent"
    assert [line.parent_row for line in reading.lines] == [None, None, 2, 3, 3]
    assert reading.facts["name"] == "Lamp"
    assert "parent_is_product" in {one.kind for one in reading.assumed}
    assert reading.total_mass_kg == pytest.approx(1.2 + 2 * (0.05 + 0.1))
    bom = read_bom_bytes(TREE.encode(), "a.csv")
    assert {line.name: line.parent for line in bom.lines}["PC lens"] == "Head"


def test_the_top_of_a_tree_by_codes_is_the_product_too() -> None:
    text = "Parent,Part No,Name,Qty,Unit\nF-1,100,Motor,1,pcs\n100,110,Wire,0.3,kg\n"
    assert [line.parent_row for line in read(text).lines] == [None, 2]
    assert not asked(read(text)) & {("parent", 2)}


def test_a_missing_row_among_lines_of_the_product_is_asked() -> None:
    text = "Parent,Part No,Name,Qty,Unit\n,100,Motor,1,pcs\n200,110,Wire,0.3,kg\n"
    assert ("parent", 3) in asked(read(text))


SEVERAL = """Parent,Component,Description,Qty,Unit
F-300,100,Motor,1,pcs
F-300,200,Housing,1,pcs
F-310,100,Motor,1,pcs
F-310,300,Large housing,1,pcs
100,110,Copper wire,0.3,kg
200,210,ABS,0.5,kg
300,210,ABS,0.8,kg
"""


def test_several_tops_are_several_products_and_a_shared_assembly_keeps_its_parts() -> None:
    assert ("product", None) in asked(read(SEVERAL))
    reading = read(SEVERAL, product="F-310")
    assert [line.row for line in reading.lines] == [4, 5, 6, 8]
    assert {line.row: line.parent_row for line in reading.lines} == {4: None, 5: None, 6: 4, 8: 5}
    assert skipped(reading)[7] == "other_product"


TWICE = "Part,Qty,Weight,Weight\nBase,1,250,0.25\nArm,2,120,0.12\n"


def test_equal_headings_are_told_apart_by_their_place() -> None:
    (doubt,) = [ask for ask in read(TWICE).asks if ask.kind == "unit_mass_columns"]
    assert dict(doubt.values)["columns"] == "Weight (#3), Weight (#4)"
    for place in ("#3", "#C", "#c"):
        reading = read(TWICE, columns={place: ("unit_mass", "g")})
        assert [line.mass_kg for line in reading.lines] == [0.25, 0.24]
    reading = read(TWICE, columns={"#4": ("unit_mass", "kg")})
    assert [line.mass_kg for line in reading.lines] == [0.25, 0.24]


def test_a_heading_that_stands_twice_cannot_be_meant_without_its_place() -> None:
    with pytest.raises(InputRefused) as refused:
        read(TWICE, columns={"weight": ("unit_mass", "g")})
    (problem,) = refused.value.problems
    assert (problem.code, problem.hint) == ("BOM-046", "Name one by its place: #3, #4.")
    read(TWICE, columns={"weight": ("other", None)})  # both are left out


@pytest.mark.parametrize(
    ("text", "place"),
    [("#3", 3), ("#C", 3), ("# 12", 12), ("#AB", 28), ("C", None), ("#0", None), ("#", None)],
)
def test_places_are_numbers_or_letters_behind_a_number_sign(text: str, place: int | None) -> None:
    assert place_of(text) == place


def test_a_heading_that_looks_like_a_place_is_itself() -> None:
    reading = read(
        "#,Name,#2\n1,Base,4\n2,Arm,5\n", columns={"#2": ("quantity", None)}, header_row=1
    )
    assert [line.quantity for line in reading.lines] == [4.0, 5.0]


def test_the_unit_of_a_heading_counts_where_a_person_says_what_it_means() -> None:
    text = "Stoff,Einwaage (g)\nPA66,35\nMessing,12\n"
    reading = read(text, columns={"Einwaage (g)": ("quantity", None), "Stoff": ("name", None)})
    assert [(line.quantity, line.unit) for line in reading.lines] == [(35.0, "g"), (12.0, "g")]


def test_one_hand_is_asked_about_once_for_the_file() -> None:
    text = (
        "Component\tQty\tUn\tName\n1-1\t1.000\tEA\tBase\n1-2\t2.000\tEA\tArm\n1-3\t4.000\tEA\tPin\n"
    )
    with pytest.raises(BomRefused) as refused:
        read_bom_bytes(text.encode(), "a.txt")
    (problem,) = [one for one in refused.value.problems if one.code == "BOM-008"]
    assert "(rows 2, 3, 4)" in problem.message
    assert "--decimal" in problem.hint
    assert refused.value.partial is None  # no row of these is taken for sound


@pytest.mark.parametrize("kind", ["total", "footer", "spare"])
def test_no_word_of_a_kind_is_missed_by_its_first_letters(kind: str) -> None:
    for word in some(row_words(kind)):
        for text in (word, word.upper(), word.title(), f"{word} 1"):
            assert may_begin(text[:2], kind), text


CREO = """Assembly FAN.ASM contains:
Quantity Type         Name
-------- ------------ --------------------
       1 Part         HOUSING.PRT
       2 Sub-Assembly SHAFT_SET.ASM

Sub-Assembly SHAFT_SET.ASM contains:
Quantity Type         Name
-------- ------------ --------------------
       1 Part         SHAFT.PRT
       2 Part         BEARING.PRT

Summary of parts for assembly FAN.ASM:
Quantity Type         Name
-------- ------------ --------------------
       1 Part         HOUSING.PRT
       2 Part         SHAFT.PRT
       4 Part         BEARING.PRT
"""


@pytest.mark.parametrize("blanks", [" ", "  "])
def test_a_list_of_creo_with_its_sections_is_a_tree(blanks: str) -> None:
    text = re.sub(r"embly (\S+) contains", rf"embly{blanks}\1{blanks}contains", CREO)
    reading = read(text, "bom.txt")
    assert reading.facts["name"] == "FAN.ASM"
    whole = whole_amounts(reading)
    amounts = {line.name: whole[line.row] for line in reading.lines if not line.assembly}
    assert amounts == {"HOUSING.PRT": 1.0, "SHAFT.PRT": 2.0, "BEARING.PRT": 4.0}

"""Lists of parts as plain XML: elements that repeat are rows."""

from __future__ import annotations

import pytest

from footprint.faults import InputRefused
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table
from footprint.sheets.model import Book
from footprint.sheets.open import open_book

LEAVES = """\
<?xml version="1.0" encoding="UTF-8"?>
<bom product="Desk lamp" xmlns="urn:example:bom" xmlns:x="urn:example:other">
  <!-- two parts -->
  <part><number>10</number><name>Base plate</name><quantity unit="pcs">2</quantity>
    <mass unit="g">85.5</mass><material><name>Steel</name></material></part>
  <part x:state="new"><number>11</number><name>Cover</name><quantity unit="pcs">1</quantity>
    <mass unit="g">44</mass></part>
</bom>
"""
TREE = (
    '<item id="P1" name="Lamp"><item id="A" name="Base" quantity="2" unit="pcs">'
    '<parts><item id="B" name="Steel plate" quantity="0,25" unit="kg"/>'
    '<item id="C" name="Felt" quantity="4" unit="pcs"/></parts></item></item>'
)


def _book(text: str) -> Book:
    return open_book(text.encode(), "list.xml")


def test_attributes_leaves_and_what_stands_in_them_are_columns() -> None:
    book = _book(LEAVES)
    assert (book.kind, [sheet.name for sheet in book.sheets]) == ("xml", ["part", "product"])
    assert book.sheets[0].rows == [
        ("number", "name", "quantity", "quantity unit", "mass", "mass unit", "material name",
         "state"),
        ("10", "Base plate", "2", "pcs", "85.5", "g", "Steel", None),
        ("11", "Cover", "1", "pcs", "44", "g", None, "new"),
    ]  # fmt: skip
    assert book.sheets[1].rows == [("product", "Desk lamp")]


def test_such_a_list_is_read_with_its_units_and_its_product() -> None:
    reading = read_table(LEAVES.encode(), "list.xml")
    assert reading.facts["name"] == "Desk lamp"
    assert [(line.row, line.quantity, line.unit) for line in reading.lines] == [
        (2, 2, "piece"),
        (3, 1, "piece"),
    ]
    assert reading.total_mass_kg == pytest.approx(0.215)


def test_elements_in_elements_of_their_kind_are_a_tree_whose_root_is_the_product() -> None:
    assert [row[0] for row in _book(TREE).sheets[0].rows] == ["Level", 0, 1, 2, 2]
    reading = read_table(TREE.encode(), "list.xml", ReadingOptions(decimal=","))
    assert reading.facts["name"] == "Lamp"
    plate = next(line for line in reading.lines if line.name == "Steel plate")
    assert plate.parent_row == 3
    assert plate.mass_kg == pytest.approx(0.5)


def test_parts_of_two_kinds_that_say_the_same_are_one_list() -> None:
    text = (
        '<bom><screw name="M4" qty="4"/><screw name="M5" qty="2"/>'
        '<plate name="A" qty="1" t="2"/><plate name="B" qty="1" t="3"/></bom>'
    )
    (sheet,) = _book(text).sheets
    assert [row[0] for row in sheet.rows] == ["name", "M4", "M5", "A", "B"]


def test_leaves_of_one_name_stand_in_one_cell() -> None:
    text = "<bom>" + "<p><n>R</n><ref>R1</ref><ref>R2</ref></p>" * 2 + "</bom>"
    assert _book(text).sheets[0].rows[1] == ("R", "R1, R2")


def test_other_lists_are_sheets_of_their_own() -> None:
    part, maker = '<part name="A" qty="1"/>', '<maker company="X" city="Y"/>'
    text = f"<doc><parts>{part * 2}</parts><makers>{maker * 2}</makers></doc>"
    assert [sheet.name for sheet in _book(text).sheets] == ["part", "maker"]


@pytest.mark.parametrize(
    "text",
    [
        # How many assemblies there are stands in an element that is no row like those in it.
        "<doc>" + '<asm title="F" n="2"><part name="T" qty="3"/><part name="S" qty="4"/></asm>' * 2
        + "</doc>",
        "<d>" + '<asm n="2"><part name="T" qty="3"/><part name="S" qty="4"/></asm>' * 2 + "</d>",
        "<?xml version='1.0'?><eagle>" + '<part name="R1" value="1k"/>' * 2 + "</eagle>",
        '<?xml version="1.0"?><note><to>A</to><text>B</text></note>',
        "<svg><path d='M0' id='a'/><path d='M1' id='b'/></svg>",
    ],
)  # fmt: skip
def test_a_document_whose_amounts_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        _book(text)
    assert refused.value.problems[0].code == "BOM-032"


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><bom><part></bom>',
        '<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "b">]><bom><p n="&a;" q="1"/></bom>',
    ],
)
def test_xml_that_is_not_sound_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        _book(text)
    assert refused.value.problems[0].code == "BOM-001"

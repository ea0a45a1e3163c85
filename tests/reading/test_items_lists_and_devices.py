"""What names of items, heads of lists and names of devices say, as programs export them."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.bom.read import read_bom_bytes
from footprint.reading.item_names import ShownItem, item_of
from footprint.reading.sentences import notes

# Teamcenter ---------------------------------------------------------------------------------------

PUMP = """\
Level,BOM Line,Quantity,Weight (g),Material
0,000100/A;1-Pump (View),,,
1,000124/A;1-Housing (View) x 2,,,
2,000125/B;2-Cover,1,120,ABS
2,000126/A;1-Screw M4 x 4,,1.5,Steel
1,000127/A;1-Seal x 3,3,2,EPDM
"""


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("000124/A;1-Housing", ShownItem("000124", "Housing", None)),
        ("IR 12_Lid/001;12-Lid - left", ShownItem("IR 12_Lid", "Lid - left", None)),
        ("7/B;3-Screw M4 x 12 x 8", ShownItem("7", "Screw M4 x 12", 8)),
        ("7/A;1-Frame (View) x 2", ShownItem("7", "Frame", 2)),
        ("Housing", None),
        ("Cable 1/0;2", None),
        ("Steel S235/JR; 3 mm", None),
    ],
)
def test_an_item_is_its_number_revision_sequence_and_name(
    text: str, item: ShownItem | None
) -> None:
    assert item_of(text) == item


def test_items_are_taken_apart_and_packed_ones_are_counted() -> None:
    reading = read(PUMP)
    assert {line.name: (line.texts["id"], line.quantity) for line in reading.lines} == {
        "Housing": ("000124", 2),
        "Cover": ("000125", 1),
        "Screw M4": ("000126", 4),
        "Seal": ("000127", 3),
    }
    assert reading.facts == {"name": "Pump", "product_id": "000100"}
    assert reading.total_mass_kg is None or reading.total_mass_kg == pytest.approx(0.258)
    said = " ".join(one.message for one in notes(reading))
    assert "item and name were taken apart" in said
    assert "shows as packed into the row was taken" in said


def test_a_quantity_that_is_not_the_number_of_packed_items_is_asked() -> None:
    reading = read(PUMP.replace("Seal x 3,3", "Seal x 3,2"))
    assert ("quantity", 6) in asked(reading)
    assert lines(reading)["Seal"].quantity is None


def test_parents_that_are_items_are_those_with_their_numbers() -> None:
    text = "Parent,BOM Line,Qty\n,1/A;1-Lamp,1\n1/A;1-Lamp,2/A;1-Arm,2\n2/A;1-Arm,3/A;1-Nut,4\n"
    found = lines(read(text))
    assert found["Nut"].parent_row == found["Arm"].row


# OpenERP ------------------------------------------------------------------------------------------

BOMS = """\
id,name,product_id,product_qty,product_uom,bom_id/id
bom_11,Table,[TAB] Table,10.0,Unit(s),
bom_12,Leg,[LEG] Leg,40.0,Unit(s),bom_11
bom_13,Table top,[TOP] Table top,10.0,Unit(s),bom_11
bom_14,Varnish,[VAR] Varnish,2.5,kg,bom_11
bom_15,Leg,[LEG] Leg,4.0,Unit(s),
bom_16,Steel tube,[STT] Steel tube,2.4,kg,bom_15
"""
CHAIR = "bom_17,Chair,[CHA] Chair,1,Unit(s),\nbom_18,Leg,[LEG] Leg,3,Unit(s),bom_17\n"


def test_a_head_of_a_list_says_for_how_many_it_is_and_is_no_part() -> None:
    reading = read(BOMS)
    assert skipped(reading) == {2: "bom_head", 6: "bom_head"}
    assert reading.base == (10.0, "piece")
    assert reading.facts["name"] == "Table"
    found = lines(reading)
    assert found["Steel tube"].parent_row == found["Leg"].row
    assert found["Steel tube"].quantity == pytest.approx(0.6)
    assert sum(line.mass_kg or 0.0 for line in reading.lines) == pytest.approx(2.5 + 40 * 0.6)


def test_lists_above_may_be_named_by_their_names_on_the_screen() -> None:
    head = "External ID,Name,Product,Product Quantity,Product Unit of Measure,Parent BoM"
    named = BOMS.replace(BOMS.partition("\n")[0], head)
    named = named.replace(",bom_11\n", ",Table\n").replace(",bom_15\n", ",Leg\n")
    reading = read(named)
    assert reading.base == (10.0, "piece")
    assert [line.quantity for line in reading.lines] == [40, 10, 2.5, pytest.approx(0.6)]


def test_each_product_has_the_parts_of_a_component_that_both_have() -> None:
    assert ("product", None) in asked(read(BOMS + CHAIR))
    chair = read(BOMS + CHAIR, product="Chair")
    assert chair.base is None
    assert {line.name: line.quantity for line in chair.lines} == {
        "Leg": 3,
        "Steel tube": pytest.approx(0.6),
    }
    assert chair.total_mass_kg == pytest.approx(1.8)


def test_a_list_for_another_unit_than_the_component_has_is_asked() -> None:
    reading = read(BOMS.replace("[LEG] Leg,4.0,Unit(s)", "[LEG] Leg,4.0,kg"))
    assert ("quantity", 7) in asked(reading)


def test_a_column_that_names_rows_of_other_tables_is_no_list_above() -> None:
    reading = read("id,name,product_qty,bom_id\n1,Leg,4,Table of 2020\n2,Top,1,\n")
    assert means(reading)["bom_id"] != "parent"


# Eagle --------------------------------------------------------------------------------------------

BOARD = """\
Qty;Value;Device;Package;Parts
2;100n;C-EUC0603;C0603;C1, C2
1;;PINHD-1X4;1X04;JP1
1;ATMEGA328P;ATMEGA328P-AU;TQFP32;IC1
"""


def test_a_part_without_a_value_is_called_by_its_device() -> None:
    reading = read(BOARD)
    assert means(reading)["Device"] == "device"
    assert [line.name for line in reading.lines] == ["100n", "PINHD-1X4", "ATMEGA328P"]


def test_a_description_names_a_part_better_and_devices_of_parts_with_values_name_none() -> None:
    described = BOARD.replace("Parts\n", "Parts;Description\n").replace("JP1", "JP1;Pin header")
    assert [line.name for line in read(described).lines][1] == "Pin header"
    assert means(read(BOARD.replace("1;;", "1;X4;")))["Device"] == "other"


def test_a_device_that_a_person_names_is_a_meaning_of_a_column() -> None:
    bom = read_bom_bytes(BOARD.replace("Device", "Dev").encode(), "b.csv",
                         mapping=b"columns: {Dev: device}\n")  # fmt: skip
    assert [line.name for line in bom.lines] == ["100n", "PINHD-1X4", "ATMEGA328P"]

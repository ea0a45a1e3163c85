"""Rows and columns that are no part of one product: old ones, those of a year, days and figures."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.reading.amounts import amount_of
from footprint.reading.model import Reading


def blocking(reading: Reading) -> list[tuple[str, tuple[int, ...] | None]]:
    return [(ask.about, ask.rows) for ask in reading.asks if ask.blocking]


@pytest.mark.parametrize(
    ("heading", "word"), [("Status", "Removed"), ("Action", "Delete"), ("状态", "作废")]
)
def test_a_row_whose_status_takes_it_out_is_no_line(heading: str, word: str) -> None:
    reading = read(f"{heading},Item,Description,Qty\nAdded,1,Bolt M6,4\n{word},2,Bolt M5,4\n")
    assert skipped(reading) == {3: "removed"}
    assert ("row", 3) in asked(reading)


@pytest.mark.parametrize(("heading", "word"), [("Status", "Obsolete"), ("状态", "停用")])
def test_a_row_whose_status_says_that_it_is_old_is_asked(heading: str, word: str) -> None:
    reading = read(f"Item,Description,Qty,{heading}\n1,Bolt,4,Released\n2,Nut,4,{word}\n")
    assert len(reading.lines) == 2
    assert blocking(reading) == [("row", (3,))]


def test_what_the_maker_of_a_part_no_longer_makes_is_still_a_line() -> None:
    text = "Item,Description,Qty,Lifecycle\n1,Bolt,4,Active\n2,Nut,4,Obsolete\n"
    assert not blocking(read(text))


def test_optional_parts_are_asked() -> None:
    text = "No,Name,Qty,Optional\n1,Base,1,No\n2,Stand,1,Yes\n"
    assert blocking(read(text)) == [("row", (3,))]


@pytest.mark.parametrize(
    "heading", ["Annual consumption", "Usage / year", "Verbrauch pro Tag", "年用量"]
)
def test_quantities_of_a_time_are_asked(heading: str) -> None:
    reading = read(f"Code,Description,{heading},UoM\nA1,Cover,12000,pcs\nB1,Resin,4200,kg\n")
    assert blocking(reading) == [("base_quantity", None)]
    told = read(f"Code,Description,{heading},UoM\nA1,Cover,12000,pcs\n", base=12000)
    assert not blocking(told)


def test_tonnes_a_day_beside_shares_are_of_their_sum() -> None:
    reading = read("Constituent,% by mass,t per day\nAggregate,94.5,945\nBitumen,5.5,55\n")
    assert reading.base == (1_000_000.0, "kg")


def test_sets_in_the_whole_beside_a_quantity_per_set_are_asked() -> None:
    text = "Part,Qty per set,Sets per vehicle\nPad,4,2\nShim,4,2\n"
    assert blocking(read(text)) == [("quantity", (2, 3))]
    assert not blocking(read(text.replace(",2\n", ",1\n")))


@pytest.mark.parametrize("cell", ["4-Mar", "2-Jan"])
def test_a_day_that_a_worksheet_made_of_a_number_is_nothing_that_comes_back(cell: str) -> None:
    reading = read(f"Part,Qty\nBolt,{cell}\nNut,2\n")
    assert not skipped(reading)
    assert blocking(reading) == [("quantity", (2,))]
    assert amount_of("2.500- KG", ".").value == -2.5


def test_the_share_that_adds_up_counts_and_a_content_is_none() -> None:
    text = "Raw material,Active content %,Quantity (%)\nSLES,70,12\nWater,,85\nSalt,99,3\n"
    assert [line.quantity for line in read(text).lines] == [12.0, 85.0, 3.0]
    other = text.replace("Active content %", "Share A %")
    assert [line.quantity for line in read(other).lines] == [12.0, 85.0, 3.0]


def test_width_and_height_make_the_area_of_paper() -> None:
    line = read("Item,W (mm),H (mm),GSM,Qty\nLabel,50,80,90,1\n").lines[0]
    assert line.mass_kg == pytest.approx(0.00036)


def test_parts_that_are_only_numbers_are_lines_and_totals_without_a_part_are_none() -> None:
    reading = read("Part number,Qty,Weight (g)\n4711,2,50\n4712,4,10\n,6,140\n")
    assert list(lines(reading)) == ["4711", "4712"]
    assert skipped(reading) == {4: "total"}
    assert means(read("Mark,Qty,Length (mm)\n01,24,350\n02,6,120\n"))["Mark"] == "name"


def test_the_quantity_after_a_change_counts() -> None:
    text = "Part No,Description,Old Qty,New Qty\nA-1,Bracket,2,3\nC-1,Pad,1,2\n"
    assert [line.quantity for line in read(text).lines] == [3.0, 2.0]

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


@pytest.mark.parametrize(
    "title", ["Rezept: Gulasch (10 Portionen)", "Curry, 10 servings", "麻婆豆腐（10人份）"]
)
def test_a_name_that_says_how_many_eat_of_it_is_the_base(title: str) -> None:
    reading = read(f"{title};;\nZutat;Menge;Einheit\nRind;2,5;kg\nPaprika;40;g\n")
    assert reading.base == (10.0, "piece")


def test_sizes_of_a_garment_are_variants_and_a_lone_m_is_none() -> None:
    text = "Item,S,M,L,XL,Unit\nFabric,1.1,1.2,1.3,1.4,m\nButton,6,6,7,7,pcs\n"
    reading = read(text)
    assert reading.variants == ("S", "M", "L", "XL")
    assert [line.quantity for line in read(text, variant="L").lines] == [1.3, 7.0]
    assert means(read("Name,Stk,M\nProfil,2,4.5\nBolt,3,1\n"))["M"] != "variant_quantity"


def test_cloth_that_one_piece_yields_is_the_quantity() -> None:
    text = "Fabric,Marker yield (m/pc),Width cm,gsm\nTwill,1.45,150,240\nLining,0.6,145,90\n"
    line = read(text).lines[0]
    assert (line.quantity, line.unit) == (1.45, "m")
    assert line.mass_kg == pytest.approx(1.45 * 1.5 * 0.24)


def test_a_share_of_a_part_beside_its_mass_is_no_quantity() -> None:
    text = "Component,Substance,Weight (mg),% of component\nLid,Epoxy,12.5,50\nLid,SiO2,12.5,50\n"
    reading = read(text)
    assert not blocking(reading)
    assert [line.mass_kg for line in reading.lines] == pytest.approx([1.25e-5, 1.25e-5])


def test_quantities_per_carton_in_short_are_asked() -> None:
    reading = read("Packaging,Spec,Qty/ctn\nPolybag,LDPE,20\nCarton,K=K,1\n")
    assert ("base_quantity", None) in blocking(reading)


def test_units_behind_masses_are_theirs() -> None:
    text = "Name,Quantity,Weight,Unit\nBase,2,150,g\nClip,4,0.01,kg\n"
    reading = read(text)
    assert [(line.quantity, line.unit) for line in reading.lines] == [
        (2.0, "piece"),
        (4.0, "piece"),
    ]
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.3, 0.04])


@pytest.mark.parametrize("unit", ["m²", "m", "l"])
def test_net_and_gross_above_units_are_amounts(unit: str) -> None:
    text = f"Material;Netto {unit};Verschnitt %;Brutto {unit}\nLeder;1,20;25;1,50\n"
    reading = read(text + "Futter;0,80;10;0,88\n")
    assert [line.quantity for line in reading.lines] == [1.2, 0.8]
    assert not blocking(reading)


def test_short_chinese_words_are_names() -> None:
    reading = read("项目,单位,用量\nABS,kg,1.02\n电,kWh,0.8\n水,m3,0.01\n")
    assert list(lines(reading)) == ["ABS", "电", "水"]


@pytest.mark.parametrize("headings", ["Assembly Qty,Part Qty"])
def test_counts_of_assemblies_and_of_parts_in_one_are_asked(headings: str) -> None:
    reading = read(f"Part,{headings}\nScrew,4,6\nSheet,4,1\n")
    assert blocking(reading) == [("variant", None)]
    assert all(line.quantity is None for line in reading.lines)


def test_a_total_that_is_the_quantity_times_a_number_of_the_row_is_asked() -> None:
    text = "Item,Description,Qty,Mult,Total\n1,Bolt,4,2,8\n2,Bracket,1,3,3\n"
    assert blocking(read(text)) == [("quantity", (2, 3))]
    assert not blocking(read(text.replace("2,8", "1,4").replace("3,3", "1,1")))


def test_a_batch_beside_one_tablet_is_not_asked_about() -> None:
    text = "Ingredient,mg/tablet,kg/batch (100000 tablets)\nAPI,50,5\nLactose,120,12\n"
    reading = read(text)
    assert [(line.quantity, line.unit) for line in reading.lines] == [(50.0, "mg"), (120.0, "mg")]
    assert not blocking(reading)


def test_a_batch_in_japanese_has_its_unit_and_its_shares() -> None:
    reading = read("原材料,配合量(kg/バッチ),配合率(%)\n小麦粉,120,60\n水,80,40\n")
    assert reading.base == (200.0, "kg")
    assert [line.unit for line in reading.lines] == ["kg", "kg"]


def test_outputs_among_inputs_are_no_parts_and_say_for_how_much() -> None:
    text = "Stream,Type,Amount,Unit\nResin,Input,105,kg\nPart,Output,100,kg\nScrap,Output,5,kg\n"
    reading = read(text)
    assert [line.name for line in reading.lines] == ["Resin"]
    assert blocking(reading) == [("base_quantity", (3, 4))]
    assert not blocking(read(text, base=100))


def test_the_share_of_the_whole_counts_and_not_that_of_a_phase() -> None:
    text = "Phase,Ingredient,% of phase,% of total\nA,Water,90,72\nA,Glycerin,10,8\nB,Oil,100,20\n"
    assert [line.quantity for line in read(text).lines] == [72.0, 8.0, 20.0]


def test_layers_by_their_area_are_lines() -> None:
    reading = read("Layer,Coat weight (g/m²),Area (m²)\nPrimer,12,0.25\nTopcoat,35,0.25\n")
    assert [line.mass_kg for line in reading.lines] == pytest.approx([0.003, 0.00875])


def test_headings_in_brackets_are_themselves() -> None:
    reading = read("Part,Qty,(unit)\nCable,1.5,m\nPlug,2,Stücke\n")
    assert [line.unit for line in reading.lines] == ["m", "piece"]


@pytest.mark.parametrize("headings", ["Preis;je", "Price;Per", "单价;基数"])
def test_the_number_of_pieces_of_a_price_divides_no_quantity(headings: str) -> None:
    text = f"Teil;Menge;ME;{headings}\nNiete;8;Stk;3,20;100\nBlech;2;Stk;4,10;1\n"
    assert [line.quantity for line in read(text).lines] == [8.0, 2.0]
    base = "Teil;Menge;ME;je;Preis\nNiete;800;Stk;100;3,2\nBlech;2;Stk;1;4,1\n"
    assert [line.quantity for line in read(base).lines] == [8.0, 2.0]


@pytest.mark.parametrize("name", ["Gross weight", "Average", "毛重", "Nettogewicht"])
def test_figures_of_the_whole_in_place_of_a_part_are_none(name: str) -> None:
    reading = read(f"Component,Weight (g)\nBottle,18\nCap,2\n{name},20\n")
    assert list(lines(reading)) == ["Bottle", "Cap"]
    assert len(read(f"No,Component,Qty\n1,Bottle,1\n2,{name},1\n").lines) == 2

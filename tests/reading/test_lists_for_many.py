"""For how many products figures are, where no heading says so: titles, packaging, models."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.reading.many_above import many_above

CHAIR = "Code;Name;Qty;Unit;Weight (g)\n1;Tube;400;pcs;350\n2;Screw;1600;pcs;4\n"


@pytest.mark.parametrize(
    "title",
    [
        "Cantidad por 100 unidades",
        "Quantities per 100 pieces",
        "Mengen je 100 Stück",
        "用量：每100件",
        "用量单位：每100件",
        "数量（100個あたり）",
    ],
)
def test_a_title_says_for_how_many_products_its_figures_are(title: str) -> None:
    reading = read(f"{title};;;;\n{CHAIR}")
    assert reading.base == (100.0, "piece")
    assert reading.total_mass_kg == pytest.approx(1.464)


@pytest.mark.parametrize(
    "title",
    [
        "構成表（100個あたり）",
        "Folding chair per 100 pcs",
        "Rezeptur Ansatz 500 l",
        "Batch of 50 kg",
        "Ficha técnica - produção de 500 peças",
        "สูตรสำหรับ 100 ชิ้น",
        "1000 adet ürün için",
        "Bill of materials per pallet (960 bottles)",
    ],
)
def test_a_title_that_says_so_of_the_list_is_asked(title: str) -> None:
    reading = read(f"{title};;;;\n{CHAIR}")
    assert reading.base is None
    assert ("base_quantity", None) in asked(reading)
    assert read(f"{title};;;;\n{CHAIR}", base=100.0).base == (100.0, "piece")


@pytest.mark.parametrize(
    "title",
    [
        "Rack for 12 bottles",
        "Adapter 230 V / 12 V",
        "Lamp 500 nm",
        "Knife set 6 pcs",
        "Puller 3/16",
    ],
)
def test_what_a_product_is_for_is_no_number_of_products(title: str) -> None:
    reading = read(f"{title};;;;\n{CHAIR}")
    assert ("base_quantity", None) not in asked(reading)
    assert reading.base is None


def test_pieces_are_told_from_other_things() -> None:
    chair, rack = many_above("Chair per 100 pcs"), many_above("Rack for 12 bottles")
    assert chair is not None
    assert (chair.amount, chair.rest, chair.pieces, chair.sure) == (100, "Chair", True, False)
    assert rack is None or not rack.pieces
    assert many_above("Chair") is None


def test_a_date_that_was_an_amount_is_asked_and_no_row_of_units() -> None:
    reading = read("Part,Qty,Unit\nCarton,2026-01-24,pcs\nBottle,1,pcs\n")
    assert skipped(reading) == {}
    assert ("quantity", 2) in asked(reading)


def test_a_part_of_a_carton_is_a_line_and_no_row_of_units() -> None:
    reading = read("Part,Qty,Unit\nCarton,1/24,pcs\nBottle,1,pcs\n")
    assert skipped(reading) == {}
    assert reading.base is None
    assert lines(reading)["Carton"].quantity == pytest.approx(1 / 24)


PACKED = "Component,Qty,Unit,Pcs per carton,Weight g\nBottle,1,pc,,28\nCarton,1,pc,12,350\n"


def test_how_many_products_a_packaging_holds_is_asked_until_it_is_said() -> None:
    assert asked(read(PACKED)) >= {("contents", 3)}
    divided = read(PACKED, columns={"Pcs per carton": ("quantity_per", None)})
    assert divided.total_mass_kg == pytest.approx(0.028 + 0.35 / 12)
    left = read(PACKED, columns={"Pcs per carton": ("other", None)})
    assert left.total_mass_kg == pytest.approx(0.378)
    none = read(PACKED.replace(",12,", ",1,"))
    assert "contents" not in {about for about, _ in asked(none)}


def test_packaging_counted_by_what_it_holds_alone_is_divided_where_that_is_said() -> None:
    text = "Component,Weight g,Pieces per packaging\nBottle,28,1\nFilm,24,12\nPallet,22000,960\n"
    assert asked(read(text)) >= {("contents", 3), ("contents", 4)}
    divided = read(text, columns={"Pieces per packaging": ("quantity_per", None)})
    assert divided.total_mass_kg == pytest.approx(0.028 + 0.002 + 22 / 960)


def test_levels_in_words_are_kinds_of_packaging_and_no_depth() -> None:
    text = "Packaging level,Component,Qty,Unit\nPrimary,Bottle,1,pc\nSecondary,Carton,1,pc\n"
    assert means(read(text))["Packaging level"] != "level"
    deep = text.replace("Primary", "1").replace("Secondary", "2")
    assert means(read(deep))["Packaging level"] == "level"


def test_numbers_of_each_model_are_variants_and_words_of_models_are_not() -> None:
    reading = read("Part,Model A,Model B,Unit\nMotor,1,1,pcs\nBlade,3,5,pcs\n")
    assert reading.variants == ("Model A", "Model B")
    assert ("variant", None) in asked(reading)
    chosen = read("Part,Model A,Model B,Unit\nMotor,1,1,pcs\nBlade,3,5,pcs\n", variant="Model B")
    assert lines(chosen)["Blade"].quantity == 5
    words = read("Part,Model,Qty\nMotor,M-1,1\nBlade,B-3,3\n")
    assert means(words)["Model"] != "variant_quantity"


def test_a_list_of_what_a_part_is_used_in_is_asked() -> None:
    text = "{}\nLevel,Material,Description,Quantity,Un\n1,1000231,Fan heater,8,PC\n"
    for title in ("Material Where-Used List,,,,", "Verwendungsnachweis,,,,", "物料反查,,,,"):
        assert ("where_used", None) in asked(read(text.format(title)))
    assert ("where_used", None) not in asked(read(text.format("Bill of materials,,,,")))


def test_the_scrap_of_a_component_is_a_loss_in_the_short_words_of_sap() -> None:
    reading = read("Komponente;Menge;ME;AusschKomp %\nGriff;2,5;KG;2,00\n")
    assert means(reading)["AusschKomp %"] == "loss"
    assert reading.lines[0].loss == pytest.approx(0.02)

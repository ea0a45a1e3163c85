"""Columns whose headings are those of one more ERP or PLM system, shop or workshop."""

from __future__ import annotations

import pytest
from reading_kit import asked, lines, means, read, skipped

from footprint.faults import InputRefused


@pytest.mark.parametrize(
    ("headings", "litre", "metre"),
    [
        ("Product/Name,Quantity,Unit of Measure/Name,BoM Lines/Component/Name,BoM Lines/Quantity,"
         "BoM Lines/Unit of Measure/Name", "L", "m"),
        ("product_tmpl_id/name,product_qty,product_uom_id/id,bom_line_ids/product_id/name,"
         "bom_line_ids/product_qty,bom_line_ids/product_uom_id/id",
         "uom.product_uom_litre", "uom.product_uom_meter"),
    ],
)  # fmt: skip
def test_names_and_external_ids_of_units_are_units(headings: str, litre: str, metre: str) -> None:
    reading = read(f"{headings}\nDesk,1,Units,Varnish,3,{litre}\n,,,Cable,2,{metre}\n")
    assert (lines(reading)["Varnish"].unit, lines(reading)["Cable"].unit) == ("l", "m")


def test_lines_of_boms_of_odoo_belong_to_their_bom() -> None:
    reading = read(
        "id,bom_id/id,product_id/id,product_qty,product_uom_id/id\n"
        "l1,bom_desk,part_top,1,uom.product_uom_unit\nl2,bom_desk,part_leg,4,uom.product_uom_unit\n"
    )
    assert reading.products == ("bom_desk",)
    assert [line.name for line in reading.lines] == ["part_top", "part_leg"]


def test_the_list_that_a_part_is_in_is_not_what_it_is_made_of() -> None:
    reading = read(
        "Bill of Materials,Component,Component Description,Quantity,Units\n"
        "BOM-CHAIR,L-1,Leg oak,4,ea\nBOM-CHAIR,S-1,Seat,1,ea\n"
    )
    assert reading.products == ("BOM-CHAIR",)
    assert all("material" not in line.texts for line in reading.lines)


def test_marks_of_assemblies_name_no_product() -> None:
    reading = read(
        "Level,Component,Description,Quantity,Un,Assembly\n"
        "1,4711,Motor,1,PC,X\n2,4712,Rotor,1,PC,\n1,4720,Cover,2,PC,\n"
    )
    assert reading.products == ()
    assert lines(reading)["Rotor"].parent_row == 2


def test_quantities_fixed_for_an_order_and_ended_lines_of_infor() -> None:
    reading = read(
        "Part,Component,Description,Qty per,U/M,Fixed/Unit,Effective,Obsolete\n"
        "A-1,B-1,Housing,1,EA,U,2020-01-01,\nA-1,B-2,Setup sheet,2,EA,F,2020-01-01,\n"
        "A-1,B-3,Gasket,1,EA,U,2018-01-01,2021-12-31\n"
    )
    assert reading.products == ("A-1",)
    assert ("quantity", 3) in asked(reading)
    assert ("row", 4) in asked(reading)


def test_the_top_of_a_structure_without_a_quantity_is_the_product() -> None:
    table = (
        "BOM Line,Item Type,Quantity,Unit Of Measure\n{}\nHousing,Part,1,each\nShaft,Part,2,each\n"
    )
    reading = read(table.format("Gearbox,Assembly,,each"))
    assert skipped(reading) == {2: "product"}
    assert reading.facts["name"] == "Gearbox"
    assert "Gearbox" in lines(read(table.format("Gearbox,Assembly,1,each")))


def test_panels_that_are_switched_off_are_not_cut() -> None:
    reading = read(
        "Length,Width,Qty,Material,Label,Enabled\n720,560,2,Plywood,side,true\n"
        "562,560,1,Plywood,floor,true\n700,500,1,Plywood,old door,false\n"
    )
    assert [line.name for line in reading.lines] == ["side", "floor"]


def test_material_name_beside_the_name_is_the_material() -> None:
    reading = read(
        "No.,Designation,Quantity,Material type,Material name,Length,Width,Thickness\n"
        "A,Side,2,Sheet goods,Birch plywood,720,560,18\n"
        "B,Shelf,3,Sheet goods,Birch plywood,562,550,18\n"
    )
    assert lines(reading)["Side"].texts["material"] == "Birch plywood"
    assert lines(reading)["Side"].mass_basis == "handbook"


def test_signatures_beside_the_sum_of_the_quantities_are_no_part() -> None:
    reading = read(
        'Comment,Description,Designator,Quantity\n100nF,Capacitor,"C1, C2, C3",3\n'
        "10k,Resistor,R1,1\n,,,\nApproved,,Notes,4\n"
    )
    assert [line.name for line in reading.lines] == ["100nF", "10k"]
    kept = read("Part No.,Part,Qty\n1,Approved terminal block,1\n2,Page holder,1\n")
    assert len(kept.lines) == 2


def test_work_beside_materials_and_work_of_others_is_no_material() -> None:
    reading = read(
        "Seq,Type,Code,Description,Qty,UOM\n10,Material,R1,Bar,1.2,kg\n"
        "20,Labour,L1,Milling,0.5,hr\n30,Subcontract,S1,Plating,1,ea\n"
    )
    assert [line.name for line in reading.lines] == ["Bar", "Plating"]


def test_the_weight_of_all_below_a_list_is_no_part() -> None:
    reading = read(
        "Part,Qty,Unit mass,Total mass\nMotor,4,32 g,128 g\nFrame,1,120 g,120 g\n"
        "All-up weight,,,248 g\n"
    )
    assert reading.total_mass_kg == pytest.approx(0.248)


def test_names_of_transformed_articles_are_those_of_the_products() -> None:
    reading = read(
        "articulo_transformado,desc_transformado,componente,desc_componente,cantidad\n"
        "77001,Tanque rojo,88001,Tanque,1\n77002,Tapa negra,88002,Tapa,1\n"
        "77002,Tapa negra,88003,Calca,2\n"
    )
    question = next(one for one in reading.asks if one.about == "product")
    assert dict(question.values)["products"] == "77001 (Tanque rojo), 77002 (Tapa negra)"
    assert "negra" not in lines(reading)["Calca"].match


def test_designators_joined_by_plus_are_counted() -> None:
    reading = read("Ref,Description,Qty\nR1+R2+R3,Resistor,3\nC1,Capacitor,1\nU1+U2,Driver,3\n")
    assert means(reading)["Ref"] == "designators"
    assert ("quantity", 4) in asked(reading)


def test_a_price_is_not_proposed_as_the_quantity() -> None:
    with pytest.raises(InputRefused) as refused:
        read("Component,Estimated cost EUR,Notes\nSensor,12,flexible\nWire,1,red\nTotal,13,\n")
    assert "--map 'Component=name'" in str(refused.value)
    assert "=quantity" not in str(refused.value)


def test_a_list_without_headings_is_told_to_get_them() -> None:
    with pytest.raises(InputRefused, match="write them above it"):
        read("Lid,1,17\nPin,2,0.3\nCap,1,0.1\n")

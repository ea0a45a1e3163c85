"""Lists as makers keep them beside their drawings: several products, labels, snake case, slips."""

from __future__ import annotations

import pytest
from reading_kit import means, read, skipped

from footprint.faults import InputRefused
from footprint.reading.headings import read_heading
from footprint.reading.model import Reading

TWO_DRINKS = "D-10,Bottle,un,1\nD-10,Sugar,kg,0.03\nD-20,Bottle,un,1\nD-20,Sugar,kg,0.15\n"


def blocking(reading: Reading) -> list[str]:
    return [ask.about for ask in reading.asks if ask.blocking]


@pytest.mark.parametrize(
    ("head", "part", "amount"),
    [
        ("product_id", "material", "quantity"),
        ("product_name", "component_name", "quantity"),
        ("producto", "componente", "cantidad_por_unidad"),
        ("Finished good code", "Component", "Qty"),
        ("产品编码", "子件名称", "用量"),
        ("製品番号", "部品名", "数量"),
        ("Produktnummer", "Komponente", "Menge"),
        ("SKU", "Raw material", "Qty per unit"),
    ],
)
def test_several_products_of_one_list_are_asked_and_not_added_up(
    head: str, part: str, amount: str
) -> None:
    text = f"{head},{part},uom,{amount}\n{TWO_DRINKS}"
    reading = read(text)
    assert reading.products == ("D-10", "D-20")
    assert "product" in blocking(reading)
    one = read(text, product="D-20")
    assert [(line.name, line.quantity) for line in one.lines] == [("Bottle", 1.0), ("Sugar", 0.15)]


def test_a_list_of_one_product_names_it_in_every_row() -> None:
    text = "product_id,component,material,weight_g\nRUN-1,upper,polyester,180\n"
    text += "RUN-1,midsole,EVA,220\nRUN-1,glue,polyurethane,30\n"
    reading = read(text)
    assert reading.products == ("RUN-1",)
    assert [line.name for line in reading.lines] == ["upper", "midsole", "glue"]
    assert reading.total_mass_kg == pytest.approx(0.43)


def test_products_that_are_parts_themselves_stay_lines() -> None:
    text = "Product,Size,Qty\nHex bolt,M6,4\nHex bolt,M8,2\nWasher,M6,4\nWasher,M8,2\n"
    reading = read(text)
    assert reading.products == ()
    assert [line.name for line in reading.lines] == ["Hex bolt", "Hex bolt", "Washer", "Washer"]


def test_codes_and_words_of_parts_stand_in_several_products() -> None:
    rows = ["BOT-350,Botella de vidrio,un,1", "AZ-1,Azucar refinada,kg,0.03"]
    text = "producto,componente,descripcion,uom,cantidad\n"
    text += "".join(f"{product},{row}\n" for product in ("D-10", "D-20") for row in rows)
    found = [(line.name, line.texts["id"]) for line in read(text).lines]
    assert found == [("Botella de vidrio", "BOT-350"), ("Azucar refinada", "AZ-1")] * 2


def test_numbers_called_material_stand_above_numbers_called_component() -> None:
    text = "material,component,quantity_per_unit\nFG-1,RM-1,1\nFG-1,RM-2,2\nFG-2,RM-1,3\n"
    reading = read(text)
    assert reading.products == ("FG-1", "FG-2")
    assert [(line.name, line.quantity) for line in reading.lines] == [
        ("RM-1", 1.0), ("RM-2", 2.0), ("RM-1", 3.0),
    ]  # fmt: skip


def test_families_with_the_same_parts_are_several_products_and_groups_of_parts_are_none() -> None:
    text = "family,component,mass_kg\nsmall,core,5\nsmall,wire,2\nlarge,core,80\nlarge,wire,30\n"
    assert read(text).products == ("small", "large")
    other = text.replace("large,wire", "large,tank")
    assert read(other).products == ()


@pytest.mark.parametrize(
    ("group", "item", "amount", "unit"),
    [("Items", "Item Code", "Qty", "UOM"), ("Artikel", "Artikel-Code", "Menge", "Einheit")],
)
def test_documents_with_rows_inside_in_other_languages(
    group: str, item: str, amount: str, unit: str
) -> None:
    head = "Menge" if group == "Artikel" else "Quantity"
    text = f'"ID","Company","{head}","ID ({group})","{item} ({group})","{unit} ({group})",'
    text += f'"{amount} ({group})"\n"BOM-1","Works",1.0,"03md","C-29","Nos",2.0\n'
    text += '"","","","03me","C-23","Nos",4.0\n"BOM-2","Works",1.0,"03mf","C-1","Nos",3.0\n\n--\n'
    reading = read(text)
    assert reading.products == ("BOM-1", "BOM-2")
    assert [(line.name, line.quantity) for line in reading.lines] == [
        ("C-29", 2.0), ("C-23", 4.0), ("C-1", 3.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [
        "CO2e (kg)", "kg CO2e", "kg_co2e", "GWP (kg)", "emission_factor", "Carbon footprint (kg)",
        "Emissionsfaktor", "CO2-Fußabdruck (kg)", "碳排放量(kg)", "排放因子", "embodied carbon kg",
    ],
)  # fmt: skip
def test_figures_of_burdens_are_no_amounts(heading: str) -> None:
    assert read_heading(heading).means == ("other",)
    text = f"Component,Unit,{heading},S,M,L\nCells,kg,75,0.5,1,2\nHousing,kg,12,0.8,1.2,2\n"
    assert read(text).variants == ("S", "M", "L")


def test_what_names_footprints_of_parts_still_does() -> None:
    assert read_heading("Footprint").means[:1] == ("footprint",)
    assert read_heading("supplier_pcf").means == ("supplier_pcf",)


@pytest.mark.parametrize(
    ("heading", "meaning", "unit"),
    [
        ("finished_mass_g", "unit_mass", "g"),
        ("net_part_mass_kg", "unit_mass", "kg"),
        ("laenge", "length", None),
        ("Stueckzahl", "quantity", None),
        ("staerke", "thickness", None),
        ("long name", "description", None),
        ("yield_factor", "yield", None),
    ],
)
def test_headings_of_data_bases_and_of_keyboards_without_umlauts(
    heading: str, meaning: str, unit: str | None
) -> None:
    found = read_heading(heading)
    assert (found.means[0], found.unit) == (meaning, unit)


def test_parts_are_counted_times_their_assemblies() -> None:
    text = "assembly,short name,part #,# req in assy,assembly multiplier\n"
    text += "wheel,motor,5202,1,6\nrocker,servo,2000,2,2\nbody,beam,1106,5,1\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [6.0, 4.0, 5.0]
    assert reading.products == ()
    assert blocking(read(text.replace(",1,6", ",1,six"))) == ["quantity"]


def test_labels_of_parts_are_no_reference_designators() -> None:
    text = "QTY,PART NAME,PART CODE,DESIGNATORS\n1,Case,4711,A1\n8,Screw M2.5,CHI-5,A4\n"
    text += "2,Adapter,CIL-8,D1\n30,Magnet,F6-25,X1\n"
    reading = read(text)
    assert [line.quantity for line in reading.lines] == [1.0, 8.0, 2.0, 30.0]
    assert not blocking(reading)


def test_parts_that_have_a_number_and_no_name_are_no_sums() -> None:
    text = "Part Number,Quantity,Description\nHinge,1,\n221-415,3,\n250,7,\n,11,\n"
    reading = read(text)
    assert [(line.name, line.quantity) for line in reading.lines] == [
        ("Hinge", 1.0), ("221-415", 3.0), ("250", 7.0),
    ]  # fmt: skip
    assert [one.reason for one in reading.skipped] == ["total"]


def test_materials_that_many_parts_share_are_no_numbers_of_parts() -> None:
    text = "line_id,part_name,material_id,qty,mass_kg,yield_factor\n"
    text += "1,Impeller,NAB,1,68,0.35\n2,Ring,NAB,1,9.2,0.6\n3,Insert,SS2205,4,0.9,0.6\n"
    text += "4,Cover,NAB,1,3,1.0\n"
    reading = read(text)
    assert means(reading)["material_id"] == "material"
    assert [line.loss for line in reading.lines] == pytest.approx([0.65, 0.4, 0.4, 0.0])


def test_a_variant_that_every_row_names_is_the_one_that_the_list_is_of() -> None:
    text = "variant_id,parent_ref,item_ref,description,quantity,uom\n"
    text += "REG-A,TRAIN,L-1,Module,12,EA\nREG-A,L-1,L-2,Rail,1,EA\n"
    assert not blocking(read(text))
    assert blocking(read(text.replace("REG-A,L-1", "REG-B,L-1"))) == ["variant"]


def test_the_unit_of_lengths_stands_in_a_column_of_its_own() -> None:
    text = "name,quantity,uom,length,length_unit,width_mm,thickness_mm,material\n"
    text += "Frame,1,EA,0.6,m,40,2,steel\nRail,1,EA,600,mm,40,2,steel\n"
    frame, rail = read(text).lines
    assert frame.unit_mass_kg == pytest.approx(rail.unit_mass_kg)
    assert frame.unit_mass_kg is not None


def test_a_comma_within_a_text_that_moves_the_cells_behind_it_is_asked() -> None:
    text = "name,maker,price,qty\nMotor,Works,9,1\nStandoff (6 mm, 8 mm),Works,2,3\n"
    text += "Beam,Works,4,5\n"
    reading = read(text)
    assert [(ask.about, ask.rows) for ask in reading.asks if ask.blocking] == [("row", (3,))]
    quoted = text.replace("Standoff (6 mm, 8 mm)", '"Standoff (6 mm, 8 mm)"')
    assert not blocking(read(quoted))
    assert not blocking(read(quoted.replace("qty\n", "qty,\n").replace("4,5\n", "4,5,new\n")))


def test_places_without_a_part_are_no_parts() -> None:
    text = "Reference,Value,Footprint,説明\nC1,0.1u,C_0603,コンデンサ\nU1,PIC32,TQFP-64,マイコン\n"
    text += "JP1,Jumper,Jumper_0603,部品無し(用途に応じて)\nJP2,SolderJumper_2_Open,J_SMD,\n"
    reading = read(text)
    assert [line.name for line in reading.lines] == ["0.1u", "PIC32"]
    assert sorted(skipped(reading).values()) == ["dnp", "no_part"]


def test_transformed_articles_are_products_and_a_phase_is_no_unit() -> None:
    text = "articulo_transformado,componente,desc_componente,cantidad,fase\n"
    text += "7700528,7705399,Tapa lateral,1,PR\n7700528,7705113,Calca,2,PR\n"
    text += "7700535,7705382,Tapa derecha,1,PR\n7700535,7705120,Calca derecha,1,PR\n"
    reading = read(text)
    assert reading.products == ("7700528", "7700535")
    assert {line.unit for line in reading.lines} == {"piece"}


def test_rows_of_a_data_base_name_parents_and_components_by_their_numbers() -> None:
    text = "bom_id,parent_product_id,component_product_id,qty_required,uom\n"
    text += "1,1,117,5,pcs\n2,1,108,2,pcs\n3,2,104,6,pcs\n"
    reading = read(text)
    assert reading.products == ("1", "2")
    assert [(line.name, line.quantity) for line in reading.lines] == [
        ("117", 5.0), ("108", 2.0), ("104", 6.0),
    ]  # fmt: skip


def test_codes_and_names_of_children_are_told_apart() -> None:
    text = "bom_parent,bom_parent_name,bom_child,bom_child_name,quantity\n"
    text += "M,TV,FA-1,Frame assembly,1\nFA-1,Frame assembly,B-2,Bracket,4\n"
    reading = read(text)
    assert [(line.name, line.texts["id"]) for line in reading.lines] == [
        ("Frame assembly", "FA-1"), ("Bracket", "B-2"),
    ]  # fmt: skip


def test_counts_of_spares_leave_no_part_out_and_marks_do() -> None:
    text = "id,name,qty,spare,unit\nC1,Board,1,0,pcs\nC2,Hub,1,1,pcs\nB2,Resistor,2,8,pcs\n"
    assert [line.quantity for line in read(text).lines] == [1.0, 1.0, 2.0]
    marked = text.replace("8,pcs", "1,pcs")
    assert [line.name for line in read(marked).lines] == ["Board"]


def test_numbers_name_parts_where_the_rest_is_said_of_all() -> None:
    given = "-4863-4dc2-ad11-fcd5fb5439d"
    text = "Action,Level,Number,Organization ID,Quantity,Unit of Measure,Type,Component Id\n"
    text += f",0,100 SLED,OEM,,,,\nAdd,1,0114032,OEM,1.0,ea,TYPE|part,fe346626{given}2\n"
    text += f"Add,2,1263038_SW,OEM,2.0,ea,TYPE|part,fe346626{given}3\n"
    text += f"Add,1,0114659-11,OEM,1.0,ea,TYPE|part,fe346626{given}4\n"
    reading = read(text)
    assert [line.name for line in reading.lines] == ["0114032", "1263038_SW", "0114659-11"]
    assert [line.quantity for line in reading.lines] == [1.0, 2.0, 1.0]
    assert reading.lines[1].parent_row == reading.lines[0].row


def test_who_is_asked_for_headings_is_shown_the_one_above_the_numbers() -> None:
    text = "Name,Number,Url,Memo\ntop board,1,attached,White\nJoint,2,https://a.example,\n"
    with pytest.raises(InputRefused) as refused:
        read(text)
    assert "--map 'Name=name' --map 'Number=quantity'" in refused.value.problems[0].hint

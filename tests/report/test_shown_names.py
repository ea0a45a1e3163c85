"""Lines are called so that whoever reads a report can read it; the list's own name stays in it."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from report_kit import example, form, html_tags, of_text, report, squeezed, text_of

from footprint.bom.hashing import bom_hash
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.report.flows import flows_of
from footprint.report.shown_names import names_apart, shown_name, shown_names
from footprint.scripts import has_han, is_read_in_english
from footprint.uncertainty.simulate import SimulationSettings, add_uncertainty
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.supplier import SupplierPcf
from label_templates.report.words import report_words

HEAD = """\
# name: Torch
# declared_unit: 1 piece
# mass: 0.1 kg
# reference_period: 2025
"""
#: Two lines of one dataset and no English name, one with both names, a screw that has its own.
TORCH = (
    HEAD
    + """\
id,name,name_en,name_zh,quantity,unit,dataset
A1,外壳,,,0.05,kg,steel-cold-rolled-cn
A2,底盖,,,0.02,kg,steel-cold-rolled-cn
A3,Wickel,Coil 5 µH,线圈,0.01,kg,copper-primary-glo
A4,Screw M3,,,0.01,kg,steel-stainless-304-coil-rna
"""
)
STEEL = "Steel, cold-rolled sheet and strip, China"


def _line(name: str, **said: str) -> Line:
    return Line(7, said.pop("id", "A1"), name, 1.0, "kg", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        (_line("铝板"), "Sheet", "铝板"),
        (_line("铝板", name_en="Cover"), "Cover", "铝板"),
        (_line("铝板", name_en="铝 cover"), "铝 cover", "铝板"),
        (_line("Cover, 5 µm, Ø 3 Ω"), "Cover, 5 µm, Ø 3 Ω", "板材"),
        (_line("Đèn pin, nắp"), "Đèn pin, nắp", "板材"),
        (_line("Cover", name_zh="PC 盖"), "Cover", "PC 盖"),
        (_line("Cover", name_zh="PCB"), "Cover", "PCB"),
        (_line("Крышка"), "Sheet", "板材"),
        (_line("カバー"), "Sheet", "板材"),
        (_line("アルミ板"), "Sheet", "アルミ板"),
        (_line("덮개"), "Sheet", "板材"),
        (_line("ฝาครอบ"), "Sheet", "板材"),
        (_line("（株）Cover"), "Sheet", "（株）Cover"),
        (_line("㈱Cover"), "Sheet", "㈱Cover"),
        (_line("ＡＢＳ　㎏ ①"), "ＡＢＳ　㎏ ①".replace("\u3000", " "), "板材"),
        (_line("100n"), "100n", "板材"),
        (_line("——"), "Sheet", "板材"),
    ],
)
def test_a_line_is_called_by_its_name_for_the_reader_else_by_what_stands_for_it(
    line: Line, english: str, chinese: str
) -> None:
    found = shown_name(line, "Sheet", "板材")
    assert (found.en, found.zh) == (english, chinese)


def test_where_nothing_that_stands_for_it_can_be_read_a_line_is_called_by_its_id_or_row() -> None:
    assert shown_name(_line("铝板")).en == "A1"
    assert shown_name(_line("铝板"), "铝板材").en == "A1"
    assert shown_name(_line("铝板", id="外-1"), "铝板材").en == "row-7"
    assert shown_name(_line("Крышка"), "Sheet", "Sheet").zh == "Крышка"


@given(st.text(), st.text(), st.text(), st.text(), st.sampled_from(["", "铝 cover", "Cover"]))
def test_an_english_name_has_a_chinese_character_only_where_the_file_gives_it_for_english(
    own: str, name: str, stand_in: str, stand_in_zh: str, given_en: str
) -> None:
    line = _line(own, id=name, name_en=given_en)
    shown = shown_name(line, stand_in, stand_in_zh).en
    assert shown.strip()
    if not given_en:
        plain = unicodedata.normalize("NFKC", shown)
        assert not any("CJK" in unicodedata.name(char, "") for char in plain)
        assert not has_han(shown)
        assert is_read_in_english(shown)


def test_the_first_page_in_english_has_no_line_in_chinese(inventory: CompiledInventory) -> None:
    made = example("power-bank.csv", inventory)
    data = form(made, inventory, "pdf", "en")
    page = squeezed(PdfReader(io.BytesIO(data)).pages[0].extract_text())
    product = made[1].product
    for name in (product.name_zh, product.company_zh):
        page = page.replace(squeezed(name), "")
    assert not has_han(page)
    assert squeezed("Battery pack, nickel manganese cobalt (NMC)") in page
    found = text_of(data, "pdf")
    assert "5三元锂电池组37Wh" in found  # what the list calls line no. 5


def test_the_first_page_in_chinese_has_the_names_of_the_list(inventory: CompiledInventory) -> None:
    data = form(example("power-bank.csv", inventory), inventory, "pdf", "zh")
    page = squeezed(PdfReader(io.BytesIO(data)).pages[0].extract_text())
    assert "三元锂电池组37Wh" in page
    assert "Batterypack" not in page


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_names_of_both_languages_stand_in_the_report_that_is_for_their_readers(
    kind: str, inventory: CompiledInventory
) -> None:
    made = of_text(TORCH, inventory)
    english, chinese = (text_of(form(made, inventory, kind, one), kind) for one in ("en", "zh"))
    assert squeezed("3 Wickel") in english
    assert squeezed("3 Wickel") in chinese
    assert squeezed("Coil 5 µH") in english.replace("\u03bc", "µ")
    assert "线圈" in chinese
    assert "线圈" not in english
    assert "ScrewM3" in english


def test_lines_that_are_called_alike_are_told_apart(inventory: CompiledInventory) -> None:
    view = report(of_text(TORCH, inventory), inventory)
    names = [line.shown for line in view.lines]
    assert names_apart(names, "en")[:3] == (f"{STEEL} (A1)", f"{STEEL} (A2)", "Coil 5 µH")
    assert names_apart(names, "zh")[:3] == ("外壳", "底盖", "线圈")
    page = text_of(form(of_text(TORCH, inventory), inventory, "html"), "html")
    assert squeezed(f"{STEEL} (A1)") in page
    assert squeezed("Coil 5 µH (") not in page
    stops = {stop.name for stop in flows_of(view, language="en").stops if stop.column == 0}
    assert {f"A1 {STEEL}", f"A2 {STEEL}", "A3 Coil 5 µH"} <= stops
    own = {stop.name for stop in flows_of(view).stops if stop.column == 0}
    assert {"A1 外壳", "A2 底盖", "A3 Wickel"} <= own


def test_causes_of_an_interval_are_called_as_the_lines_are(inventory: CompiledInventory) -> None:
    result, bom = of_text(TORCH, inventory)
    drawn = add_uncertainty(result, inventory, SimulationSettings(draws=100))
    view = report((drawn, bom), inventory)
    assert view.interval is not None
    assert view.interval.causes
    assert not any(has_han(name.en) for name, _ in view.interval.causes)
    assert squeezed(f"{STEEL} (A1)") in text_of(form((drawn, bom), inventory, "pdf"), "pdf")


def test_a_line_by_a_gas_a_class_or_its_transport_alone(inventory: CompiledInventory) -> None:
    text = (
        HEAD
        + "id,parent,name,quantity,unit,dataset,stage,transport\n"
        + "A,,组件,1,piece,,,road 100 km\nB,A,外壳,0.05,kg,steel-cold-rolled-cn,,\n"
        + "C,,制冷剂,0.001,kg,hfc-134a,direct_emission,\n"
    )
    view = report(of_text(text, inventory), inventory)
    found = {line.line: (line.shown.en, line.shown.zh) for line in view.lines}
    assert found["A"] == ("A", "组件")
    assert found["B"] == (STEEL, "外壳")
    assert found["C"] == (inventory.substances["hfc-134a"].names[0], "制冷剂")


def test_the_workbook_has_the_shown_name_and_that_of_the_list(
    inventory: CompiledInventory,
) -> None:
    data = form(of_text(TORCH, inventory), inventory, "xlsx", "en")
    rows = list(openpyxl.load_workbook(io.BytesIO(data))["Lines"].iter_rows(values_only=True))
    at = {str(name): place for place, name in enumerate(rows[0])}
    found = {row[at["Id"]]: (row[at["Line"]], row[at["Name in the list"]]) for row in rows[1:]}
    assert found["A1"] == (STEEL, "外壳")
    assert found["A3"] == ("Coil 5 µH", "Wickel")


def test_names_do_nothing_in_html(inventory: CompiledInventory) -> None:
    made = of_text(TORCH.replace("Coil 5 µH", "<b onclick=x>Coil</b>{{1}}"), inventory)
    data = form(made, inventory, "html")
    assert squeezed("<b onclick=x>Coil</b>{{1}}") in text_of(data, "html")
    assert "b" not in html_tags(data)


def test_only_a_bill_that_has_such_names_has_another_hash(inventory: CompiledInventory) -> None:
    _, bom = of_text(TORCH, inventory)
    bare = [replace(line, name_en="", name_zh="") for line in bom.lines]
    _, without = of_text(
        TORCH.replace(",name_en,name_zh", "").replace("Coil 5 µH,线圈,", "").replace(",,,0", ",0"),
        inventory,
    )
    assert bom_hash(bom.product, bare) == without.hash != bom.hash


def test_report_words_know_whose_names_they_show() -> None:
    assert [report_words(one).reads for one in ("en", "zh")] == ["en", "zh"]


@pytest.mark.parametrize(("product", "english"), [("Coil DC01", "Coil DC01"), ("钢卷", "c")])
def test_a_line_by_a_suppliers_document_or_a_class_of_material(
    product: str, english: str, inventory: CompiledInventory
) -> None:
    coil = SupplierPcf(
        file="coil.json",
        hash="sha256:0",
        kind="pact",
        id="urn:1",
        company="钢厂",
        product=product,
        unit="kilogram",
        mass_kg=1.0,
        parts={"fossil": 2.0},
        gwp_sets=("AR6",),
        valid_until=None,
    )
    lines = (
        Line(2, "c", "钢带", 1.0, "kg", supplier_pcf="coil.json"),
        Line(3, "f", "胶脚", 4.0, "piece", unit_mass_kg=0.01, material="EPDM"),
    )
    bom = Bom(Product("Lamp"), lines, "lamp.csv", "sha256:0", suppliers=(coil,))
    made = calculate(bom, inventory, screening=True)
    names = shown_names(made.contributions, bom, inventory)
    assert (names[2, "c"].en, names[2, "c"].zh) == (english, "钢带")
    assert (names[3, "f"].en, names[3, "f"].zh) == ("rubber and silicone", "胶脚")


def test_lines_of_one_name_and_one_id_are_told_apart_by_their_rows(
    inventory: CompiledInventory,
) -> None:
    rows = "7,Same,1,kg,steel-cold-rolled-cn,material\n7,Same,2,kg,abs-resin-rna,material\n"
    made = of_text(f"# name: Two\nid,name,quantity,unit,dataset,stage\n{rows}", inventory)
    names = [line.shown for line in report(made, inventory).lines]
    assert names_apart(names, "en") == ("Same (row-3)", "Same (row-4)")


def test_a_cause_of_two_lines_bears_the_name_of_neither(inventory: CompiledInventory) -> None:
    rows = (
        "S1,钢,1,kg,steel-cold-rolled-cn,material,Steel one\n"
        "S1,钢,1,kg,abs-resin-rna,material,ABS two\n"
    )
    text = f"# name: Two\nid,name,quantity,unit,dataset,stage,name_en\n{rows}"
    result, bom = of_text(text, inventory)
    drawn = add_uncertainty(result, inventory, SimulationSettings(draws=100))
    interval = report((drawn, bom), inventory).interval
    assert interval is not None
    assert [(name.en, name.zh) for name, _ in interval.causes] == [("S1", "钢")]

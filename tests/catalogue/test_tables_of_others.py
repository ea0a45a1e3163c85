"""Tables of products as other programs write them: headings, encodings, separators, numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.bom.read import read_bom_bytes
from footprint.catalogue.form import TableAnswers, TableForm, form_of_table
from footprint.catalogue.gaps import Gaps
from footprint.catalogue.headings import ColumnMeant, Told, column_told, columns_meant
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue
from footprint.catalogue.texts import TextForm, decimal_mark_of, text_form
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory

STEEL, GRID = "steel-cold-rolled-cn", "electricity-grid-cn"
OURS = f"""product,line,name,dataset,quantity,unit
P1,1,钢板,{STEEL},1.25,kg
P1,2,用电,{GRID},3,kWh
P2,1,钢板,{STEEL},1250.5,kg
"""
CHINESE = f"""产品编码;行号;物料名称;数据集;用量;单位
P1;1;钢板;{STEEL};1,25;千克
P1;2;用电;{GRID};3;度
P2;1;钢板;{STEEL};1.250,5;千克
"""


def run(
    products: Path, cache: Path, told: tuple[str, ...] = (), **more: Any
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """The manifest, the results and the refusals of a table."""
    results = products.with_suffix(".results.parquet")
    answers = TableAnswers(dict(map(column_told, told)), more.pop("decimal", None))
    inventory = partial(ensure_compiled, cache)
    question = CatalogueQuestion(products, results, inventory, answers=answers, **more)
    manifest = run_catalogue(question, 1, lambda *_: None)
    tables = [pq.read_table(one).to_pylist() for one in (results, question.refused)]
    return manifest, *tables


def totals(results: list[dict[str, Any]]) -> dict[str, float]:
    return {row["product"]: row["excluding_biogenic_uptake_kg_co2e"] for row in results}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (CHINESE.replace(";", "\t"), "utf-16"),
        ("sep=;\n" + CHINESE, "gb18030"),
    ],
)
def test_a_chinese_table_says_the_same_as_ours(
    text: str, encoding: str, cache: Path, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(OURS, "utf-8")
    theirs.write_bytes(text.encode(encoding))
    manifest, results, refused = run(theirs, cache)
    assert (manifest["products"], refused) == (2, [])
    plain, expected, _ = run(ours, cache)
    assert totals(results) == totals(expected)
    assert "read_as" not in plain
    how = manifest["read_as"]["theirs.csv"]
    assert how["decimal"] == ","
    assert how["columns"]["用量"] == "quantity"
    first = 3 if text.startswith("sep=") else 2
    assert [row["row"] for row in results] == [first, first + 2]


def test_letters_of_another_encoding_far_behind_are_seen(cache: Path, tmp_path: Path) -> None:
    line = f"P1,{{}},plate,{STEEL},1,kg\n"
    many = "".join(line.format(at) for at in range(45_000))
    text = f"product,line,name,dataset,quantity,unit\n{many}P2,1,冷轧钢板一二三四,{STEEL},2,kg\n"
    path = tmp_path / "long.csv"
    path.write_bytes(text.encode("gb18030"))
    assert path.stat().st_size > 2**20
    assert text_form(path) == TextForm("gb18030", ",", 1)
    _, results, refused = run(path, cache)
    assert [row["product"] for row in results] == ["P1", "P2"]
    assert not refused


def test_damage_far_behind_names_its_row(tmp_path: Path) -> None:
    rows = "".join(f"P{at},冷轧钢板,1\n" for at in range(60_000)).encode()
    at = rows.index(b"P50000,")
    path = tmp_path / "damaged.csv"
    path.write_bytes(b"product,name,quantity\n" + rows[:at] + b"P\xff" + rows[at:])
    with pytest.raises(InputRefused) as refused:
        text_form(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.row) == ("BOM-002", 50_002)


def test_a_number_of_two_readings_is_asked(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    head = "product;name;dataset;quantity;unit\n"
    path.write_text(f"{head}P1;a;{STEEL};3;kg\nP1;b;{STEEL};1.234;kg\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        run(path, cache)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.row) == ("BOM-008", 3)
    assert "--decimal" in problem.hint
    assert not path.with_suffix(".results.parts").exists()
    point = totals(run(path, cache, decimal=".")[1])["P1"]
    comma = totals(run(path, cache, decimal=",")[1])["P1"]
    assert comma / point == pytest.approx((3 + 1234) / (3 + 1.234))


def test_a_lone_point_behind_commas_is_a_decimal_point(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("product,quantity\nP1,1.234\nP2,3\n", "utf-8")
    assert decimal_mark_of(path, text_form(path), [1]) == "."
    path.write_text('product,quantity\nP1,"1,234"\nP2,3\n', "utf-8")
    with pytest.raises(InputRefused):
        decimal_mark_of(path, text_form(path), [1])
    path.write_text('product,quantity\nP1,"1,234"\nP2,"3,5"\n', "utf-8")
    assert decimal_mark_of(path, text_form(path), [1]) == ","


@given(st.lists(st.decimals("0.01", "9999", places=2), min_size=1, max_size=20))
def test_numbers_with_a_comma_are_those_with_a_point(numbers: list[Decimal]) -> None:
    swapped = str.maketrans(",.", ".,")
    lines = "".join(f"P;{one:,.2f}\n".translate(swapped) for one in numbers)
    columns = (ColumnMeant("产品", "product"), ColumnMeant("用量", "quantity"))
    form = TableForm(columns, TextForm(delimiter=";"), ",")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(f"产品;用量\n{lines}", "utf-8")
        found = pa.Table.from_batches(form.batches(path, 100)).column("quantity").to_pylist()
    assert [float(one) for one in found] == [float(one) for one in numbers]


def meant(headings: str, told: Told | None = None) -> dict[str, str]:
    return {one.heading: one.column for one in columns_meant(headings.split("|"), told or {}, "f")}


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("产品|名称|数量|单位", "product|name|quantity|unit"),
        ("产品编码|产品名称|物料名称|用量|计量单位", "product|product_name|name|quantity|unit"),
        ("产品名称|物料名称|用量|单位", "product|name|quantity|unit"),
        ("Product ID|Component|Qty|UoM", "product|name|quantity|unit"),
        ("SKU|Part number|Part name|Quantity|Unit", "product|line|name|quantity|unit"),
        ("产品|序号|物料编码|物料名称|数量|单位", "product||line|name|quantity|unit"),
        ("产品|序号|物料名称|数量|单位", "product|line|name|quantity|unit"),
        ("Produkt|Bezeichnung|Menge|Einheit", "product|name|quantity|unit"),
        ("product|name|用量(g)", "product|name|quantity"),
        ("Product|Name|Quantity|Unit|Unit mass", "product|name|quantity|unit|unit_mass"),
        ("产品|名称|用量(kg)|产地|报告期", "product|name|quantity|location|reference_period"),
        (
            "产品|名称|数量|单位|产品重量(kg)|单重(g)",
            "product|name|quantity|unit|product_mass|unit_mass",
        ),
    ],
)
def test_headings_of_others_are_our_columns(headings: str, columns: str) -> None:
    assert list(meant(headings).values()) == columns.split("|")


def test_a_heading_brings_its_unit(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    text = (
        f"产品,名称,数据集,用量(g),损耗率(%)\nP1,钢板,{STEEL},1500,20\nP2,钢板,{STEEL},1500,20%\n"
    )
    path.write_text(text, "utf-8")
    manifest, results, refused = run(path, cache)
    path.write_text(f"product,name,dataset,quantity,unit\nP,a,{STEEL},1.875,kg\n", "utf-8")
    expected = totals(run(path, cache)[1])["P"]
    assert not refused
    assert totals(results) == pytest.approx({"P1": expected, "P2": expected}, rel=1e-12)
    assert manifest["read_as"]["t.csv"]["columns"]["损耗率(%)"] == "loss x 0.01"
    assert manifest["read_as"]["t.csv"]["columns"]["用量(g)"] == "quantity in g"


@pytest.mark.parametrize(
    ("headings", "wrong", "hint"),
    [
        ("产品|名称|数量|单位|单重", "单重", "--map '单重=unit_mass:g'"),
        ("产品|名称|数量|单位|损耗率", "损耗率", "--map '损耗率=loss:%'"),
        ("产品|名称|数量|单位|库位", "库位", "--map '库位=COLUMN'"),
        ("产品|名称|品名|数量|单位", "名称", "--map '名称=COLUMN'"),
        ("名称|数量|单位", "product", "--map 'HEADING=product'"),
        ("产品|名称|用量(g)|单位", "quantity", "--map 'HEADING=quantity'"),
    ],
)
def test_what_is_not_understood_is_asked(headings: str, wrong: str, hint: str) -> None:
    with pytest.raises(InputRefused) as refused:
        meant(headings)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where.column) == ("CAT-001", wrong)
    assert hint in problem.hint


def test_a_person_says_what_headings_mean() -> None:
    told = dict(map(column_told, ("单重=unit_mass:g", "库位=other", "损耗率=loss")))
    found = columns_meant("产品|名称|数量|单位|单重|库位|损耗率".split("|"), told, "f")
    assert [one.column for one in found[4:]] == ["unit_mass", "", "loss"]
    assert [one.factor for one in found[4:]] == [1e-3, 1.0, 1.0]


@pytest.mark.parametrize("text", ["单重", "=name", "单重=weight", "单重=unit_mass:m", "a=loss:kg"])
def test_a_malformed_answer_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        column_told(text)
    assert [one.code for one in refused.value.problems] == ["CAT-001"]


def test_an_answer_about_a_heading_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        meant("product|name|quantity|unit", {"Menge": ("quantity", "")})
    assert [one.where.column for one in refused.value.problems] == ["Menge"]


def test_a_parquet_file_with_other_headings(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    columns = {"产品": ["P"], "名称": ["a"], "数据集": [STEEL], "数量": [2.0], "单位": ["千克"]}
    weighed = pa.table(columns | {"单重(g)": [500]})
    pq.write_table(weighed, path)
    manifest, results, refused = run(path, cache)
    assert not refused
    assert manifest["read_as"]["t.parquet"]["columns"]["单重(g)"] == "unit_mass x 0.001"
    assert form_of_table(path, TableAnswers()).is_our_own is False
    own = tmp_path / "own.parquet"
    named = ["product", "name", "dataset", "quantity", "unit", "unit_mass"]
    pq.write_table(pa.table([*columns.values(), [0.5]], named), own)
    assert form_of_table(own, TableAnswers()).is_our_own
    assert totals(run(own, cache)[1]) == totals(results)


def test_refusals_are_told_in_chinese(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(OURS.replace("1250.5", "一些"), "utf-8")
    _, results, refused = run(path, cache, language="zh")
    assert [row["product"] for row in results] == ["P1"]
    (one,) = refused
    assert (one["code"], one["row"], one["message"]) == ("BOM-006", 4, "'一些' 不是数字")
    manifest = json.loads(path.with_suffix(".results.manifest.json").read_text("utf-8"))
    assert manifest["language"] == "zh"


def test_a_refused_table_leaves_nothing_behind(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(OURS + "P3,1,one,cell,too,many,here\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        run(path, cache)
    assert [one.code for one in refused.value.problems] == ["CAT-004"]
    assert [one.name for one in tmp_path.iterdir()] == ["t.csv"]
    path.write_text(OURS, "utf-8")
    assert run(path, cache)[0]["products"] == 2


@pytest.mark.parametrize("gaps", [Gaps(allow_gaps=True), Gaps(screening=True), Gaps(True, True)])
def test_gaps_are_those_of_single_products(
    gaps: Gaps, inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    rows = {
        "whole": f"钢板,{STEEL},1.5,kg,,",
        "unknown": "unobtainium,,2,kg,,",
        "plastic": "plastic part,,3,piece,0.2,塑料",
    }
    head = "product,name,dataset,quantity,unit,unit_mass,material\n"
    lines = [f"{name},{row}\n" for name, row in rows.items()]
    lines += [f"both,{rows['whole']}\n", f"both,{rows['unknown']}\n"]
    path.write_text(head + "".join(lines), "utf-8")
    manifest, results, refused = run(path, cache, gaps=gaps)
    assert manifest.get("allow_gaps", False) is gaps.allow_gaps
    seen = {row["product"] for row in refused}
    for name in [*rows, "both"]:
        own = [line.split(",", 1)[1] for line in lines if line.startswith(f"{name},")]
        head = "product,name,dataset,quantity,unit,unit_mass (kg),material\n"
        table = (
            f"# name: P\n# declared unit: 1 piece\n{head.split(',', 1)[1]}{''.join(own)}".encode()
        )
        try:
            made = calculate(
                read_bom_bytes(table, "t.csv"), inventory,
                allow_gaps=gaps.allow_gaps, screening=gaps.screening,
            )  # fmt: skip
        except InputRefused:
            assert name in seen
            continue
        (row,) = [one for one in results if one["product"] == name]
        expected = made.split.excluding_biogenic_uptake
        assert row["excluding_biogenic_uptake_kg_co2e"] == pytest.approx(expected, rel=1e-12)
        assert row["completeness"] == made.completeness.word
        assert row["coverage_mass"] == pytest.approx(made.coverage.mass)
    assert ("both" in seen) is not gaps.allow_gaps


@pytest.mark.parametrize("stage", ["material", "packaging", "production", "waste", ""])
@pytest.mark.parametrize(
    ("name", "dataset", "unit"),
    [
        ("Bracket", "steel-cold-rolled-cn", "pcs"),
        ("Part", "electric-motor-glo", "个"),
        ("Steel", "steel-cold-rolled-cn", "kg"),
        ("Steel, cold-rolled sheet and strip, China", "", "pcs"),
        ("ABS 注塑加工", "injection-moulding-cn", "pcs"),
    ],
)
def test_pieces_of_a_raw_material_are_as_complete_as_in_a_single_list(
    inventory: CompiledInventory, cache: Path, tmp_path: Path,
    name: str, dataset: str, unit: str, stage: str,
) -> None:  # fmt: skip
    path, mass = tmp_path / "t.csv", "" if unit == "kg" else "0.1"
    head, row = "name,dataset,stage,quantity,unit", f'"{name}",{dataset},{stage},1,{unit},{mass}'
    path.write_text(f"product,{head},unit_mass\nP1,{row}\n", "utf-8")
    _, (found,), _ = run(path, cache)
    single = f"# name: P\n# declared unit: 1 piece\n{head},unit_mass (kg)\n{row}\n".encode()
    made = calculate(read_bom_bytes(single, "t.csv"), inventory)
    assert found["completeness"] == made.completeness.word
    said = "ENG-020" in {one.code for one in made.warnings}
    assert said == ("ENG-020" in found["warnings"]) == (made.completeness.word == "at least")


def test_what_a_part_is_made_of_chooses_its_dataset_as_in_a_list(
    inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    head, row = "name,material,quantity,unit", "Housing,ABS,1,piece,0.05"
    path.write_text(f"product,{head},unit_mass\nP1,{row}\nP2,Housing,,1,piece,0.05\n", "utf-8")
    _, results, refused = run(path, cache)
    assert [(one["product"], one["code"]) for one in refused] == [("P2", "ENG-001")]
    single = f"# name: P\n# declared unit: 1 piece\n{head},unit_mass (kg)\n{row}\n".encode()
    made = calculate(read_bom_bytes(single, "t.csv"), inventory)
    expected = made.split.excluding_biogenic_uptake
    assert totals(results) == {"P1": pytest.approx(expected, rel=1e-12)}


@pytest.mark.parametrize("fact", ["product_name", "country", "reference_period"])
def test_facts_are_the_same_on_all_lines_of_a_product(
    fact: str, cache: Path, tmp_path: Path
) -> None:
    values = {"product_name": ("Alpha", "Beta"), "country": ("CN", "DE")}
    one, other = values.get(fact, ("2024", "2025"))
    path = tmp_path / "t.csv"
    row = f"P1,a,{STEEL},1,kg"
    path.write_text(f"product,name,dataset,quantity,unit,{fact}\n{row},{one}\n{row},{other}\n")
    _, results, refused = run(path, cache)
    assert not results
    assert [(one["code"], one["row"], one["column"]) for one in refused] == [("CAT-003", 3, fact)]

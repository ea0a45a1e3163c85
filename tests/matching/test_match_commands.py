"""`footprint match` and `footprint data search`, as typed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import forked
import openpyxl
import pytest

from footprint.bom.read import read_bom
from footprint.importers.install import install
from footprint.importers.run import ImportOptions

BOM = """# name: Lamp
# country: CN
# reference_period: 2025
层级,料号,名称,数量,单位,产地,阶段,单重,数据集
1,A,灯体组件,1,套,,原材料,,
2,A1,"SPCC 冷轧板 1.0mm, 底盘","0,5",千克,CN,原材料,,
2,A2,碳纤维布,2,个,CN,原材料,3 g,
2,A3,ABS 外壳粒料,"0,2",千克,CN,原材料,,pp-resin-cn
1,E,注塑车间用电,3,度,CN,生产,,
1,G,co2-fossil,1,千克,CN,直接排放,,
"""


def run(*arguments: str | Path, cache: Path) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "FOOTPRINT_CACHE": str(cache)}
    return forked.footprint([str(one) for one in arguments], variables)


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.csv"
    path.write_text(BOM, "utf-8")
    return path


def lines_of(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {row["line"]: row for row in json.loads(done.stdout)["lines"]}


def test_every_line_is_accounted_for(lamp: Path, cache: Path) -> None:
    rows = lines_of(run("match", lamp, "--format", "json", cache=cache))
    assert {line: row["status"] for line, row in rows.items()} == {
        "A": "assembly",
        "A1": "matched",
        "A2": "refused",
        "A3": "given",
        "E": "matched",
        "G": "emission",
    }
    assert rows["A1"]["dataset"] == "steel-cold-rolled-cn"
    assert 0.7 < rows["A1"]["score"] <= 1.0
    assert "SPCC" in rows["A1"]["reason"]
    assert rows["A2"]["problem"]["code"] == "ENG-001"
    assert rows["A2"]["dataset"] == ""


def test_the_table_has_a_row_per_line_and_counts(lamp: Path, cache: Path) -> None:
    done = run("match", lamp, cache=cache)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2 + 6
    assert "1 given, 2 matched, 1 refused, 1 assembly, 1 emission" in done.stderr


def test_the_copy_is_filled_where_it_is_sure_and_else_the_same(
    lamp: Path, tmp_path: Path, cache: Path
) -> None:
    out = tmp_path / "filled.csv"
    run("match", lamp, "--write", out, cache=cache)
    before, after = read_bom(lamp), read_bom(out)
    assert after.product == before.product
    assert [line.dataset for line in after.lines] == [
        "",
        "steel-cold-rolled-cn",
        "",
        "pp-resin-cn",
        "electricity-grid-cn",
        "",
    ]
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row[:8] for row in rows[3:]] == [
        row[:8] for row in list(csv.reader(io.StringIO(BOM)))[3:]
    ]


def test_a_workbook_without_the_column_gets_one(tmp_path: Path, cache: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "quantity", "unit", "location"])
    sheet.append(["SUS304 sheet 1.2 mm", 0.25, "kg", "CN"])
    product = book.create_sheet("product")
    for row in (["name", "Tray, deep"], ["country", "CN"]):
        product.append(row)
    path, out = tmp_path / "tray.xlsx", tmp_path / "tray.csv"
    book.save(path)
    run("match", path, "--write", out, cache=cache)
    filled = read_bom(out)
    assert filled.product.name == "Tray, deep"
    assert filled.lines[0].dataset == "steel-stainless-304-coil-rna"
    assert filled.lines[0].quantity == 0.25


def test_the_bill_of_materials_itself_is_never_overwritten(lamp: Path, cache: Path) -> None:
    done = run("match", lamp, "--write", lamp, cache=cache)
    assert done.returncode == 1
    assert "BOM-001" in done.stderr
    assert lamp.read_text("utf-8") == BOM


def test_a_copy_that_cannot_be_written_is_an_error(lamp: Path, tmp_path: Path, cache: Path) -> None:
    done = run("match", lamp, "--write", tmp_path / "no" / "such.csv", cache=cache)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_the_search_ranks_and_says_why(cache: Path) -> None:
    done = run(
        "data", "search", "冷轧板", "--unit", "千克", "--location", "CN", "--format", "json",
        cache=cache,
    )  # fmt: skip
    document = json.loads(done.stdout)
    assert document["accepted"] == "steel-cold-rolled-cn"
    first = document["candidates"][0]
    assert (first["dataset"], first["score"]) == ("steel-cold-rolled-cn", 1.0)
    scores = [candidate["score"] for candidate in document["candidates"]]
    assert 1 < len(scores) <= 10


def test_the_search_takes_codes_and_says_when_it_would_refuse(cache: Path) -> None:
    found = run("data", "search", "CAS 9003-56-9", cache=cache)
    assert "abs-resin-rna" in found.stdout
    refused = run("data", "search", "碳纤维布", cache=cache)
    assert "would not be matched" in refused.stderr


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--unit", "furlong", "BOM-012"), ("--location", "Atlantis", "BOM-018")],
)
def test_an_unknown_unit_or_place_is_refused(
    option: str, value: str, code: str, cache: Path
) -> None:
    done = run("data", "search", "steel", option, value, cache=cache)
    assert done.returncode == 1
    assert code in done.stderr


ECOSPOLD_1 = """<?xml version="1.0" encoding="UTF-8"?>
<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">
<dataset number="1" generator="test" timestamp="2020-01-01T00:00:00">
<metaInformation><processInformation>
<referenceFunction name="Quuxium ingot" localName="Quuxium" category="metals" subCategory="x"
 amount="1" unit="kg" infrastructureProcess="false" datasetRelatesToProduct="true"/>
<geography location="CN"/><technology text=""/><timePeriod dataValidForEntirePeriod="true">
<startYear>2020</startYear><endYear>2020</endYear></timePeriod>
<dataSetInformation type="1" impactAssessmentResult="false" timestamp="2020-01-01T00:00:00"
 version="1" internalVersion="1" energyValues="0" languageCode="en" localLanguageCode="de"/>
</processInformation></metaInformation>
<flowData>
<exchange number="1" category="metals" subCategory="x" name="Quuxium ingot" location="CN" unit="kg"
 meanValue="1" infrastructureProcess="false"><outputGroup>0</outputGroup></exchange>
<exchange number="2" category="air" subCategory="unspecified" name="Carbon dioxide, fossil"
 unit="kg" meanValue="7" infrastructureProcess="false"><outputGroup>4</outputGroup></exchange>
</flowData>
</dataset>
</ecoSpold>
"""


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    file = tmp_path / "quuxium.xml"
    file.write_text(ECOSPOLD_1, "utf-8")
    install(file, ImportOptions("mine"), tmp_path / "mine")
    return tmp_path / "mine"


def test_an_imported_inventory_is_matched_and_searched_too(
    imported: Path, tmp_path: Path, cache: Path
) -> None:
    bom = tmp_path / "ingot.csv"
    bom.write_text("# name: Ingot\nname,quantity,unit,location\nquuxium ingot,1,kg,CN\n", "utf-8")
    asked = ("match", bom, "--format", "json")
    (without,) = json.loads(run(*asked, cache=cache).stdout)["lines"]
    assert (without["status"], without["dataset"]) == ("refused", "")
    (found,) = json.loads(run(*asked, "--inventory", imported, cache=cache).stdout)["lines"]
    assert found["status"] == "matched"
    assert found["dataset"].startswith("mine-")
    search = ("data", "search", "quuxium", "--format", "json", "--inventory", imported)
    for more in ((), ("--only-imported",)):
        document = json.loads(run(*search, *more, cache=cache).stdout)
        assert document["accepted"] == found["dataset"]
    alone = run("data", "search", "quuxium", "--only-imported", cache=cache)
    assert alone.returncode == 2
    assert "--only-imported needs" in alone.stderr


GUESSED = """# name: Tube
name,quantity,unit,unit_mass,dataset
Corrugated tube NW10,1,piece,80 g,
Steel sheet,1,kg,,
"""


@pytest.mark.parametrize(("lang", "word"), [("en", "our guess"), ("zh", "待确认")])
def test_a_guess_is_called_as_on_the_page_of_lines_and_is_not_filled_in(
    lang: str, word: str, tmp_path: Path, cache: Path
) -> None:
    path, out = tmp_path / "tube.csv", tmp_path / "filled.csv"
    path.write_text(GUESSED, "utf-8")
    done = run("match", path, "--lang", lang, "--write", out, cache=cache)
    (tube,) = [line for line in done.stdout.splitlines() if "NW10" in line and word in line]
    assert "0.78" in tube
    assert f"1 {word}" in done.stderr
    assert "--pick ROW=DATASET" in done.stdout
    assert read_bom(out).lines[0].dataset == ""
    assert read_bom(out).lines[1].dataset
    first, _ = lines_of(run("match", path, "--format", "json", cache=cache)).values()
    assert first["status"] == "guess"
    run("match", path, "--pick", f"{first['row']}={first['dataset']}", cache=cache)
    again, _ = lines_of(run("match", path, "--format", "json", cache=cache)).values()
    assert again["status"] == "chosen"

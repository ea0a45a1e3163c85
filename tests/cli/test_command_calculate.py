"""`footprint calculate` and `check`, typed as a newcomer would."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import EXAMPLES, footprint

from footprint.pact.model import ProductFootprint

NAMES = ("biscuits.csv", "t-shirt.xlsx", "power-bank.csv")


@pytest.mark.parametrize("name", NAMES)
def test_the_json_has_the_documented_keys(name: str, cache: Path) -> None:
    document = footprint("calculate", EXAMPLES / name, "--format", "json", cache=cache).document
    assert document["product"]["name"]
    assert set(document["declared_unit"]) == {"amount", "unit"}
    assert document["boundary"] == "cradle-to-gate"
    assert document["gwp_set"] == "AR6"
    totals = document["totals"]
    assert totals["excluding_biogenic_uptake_kg_co2e"] > 0
    assert "including_biogenic_uptake_kg_co2e" in totals
    first = document["contributions"][0]
    assert {"line", "name", "dataset", "kg_co2e", "share"} <= set(first)
    assert document["coverage"] == {"mass": 1.0, "lines": 1.0}
    assert set(document["quality"]) == {
        "primary_data_share",
        "technological",
        "geographical",
        "temporal",
    }
    assert set(document["provenance"]) == {"engine", "inventory", "bom"}
    assert {"code", "message", "row", "column"} <= set(document["warnings"][0])


@pytest.mark.parametrize("name", NAMES)
def test_the_pact_document_validates_against_our_model(name: str, cache: Path) -> None:
    result = footprint("calculate", EXAMPLES / name, "--format", "pact", cache=cache)
    document = ProductFootprint.model_validate(result.document)
    assert document.model_dump(mode="json", by_alias=True, exclude_none=True) == result.document
    assert document.pcf.ipcc_characterization_factors[0] == "AR6"


def test_the_same_input_gives_the_same_bytes(cache: Path) -> None:
    command = ("calculate", EXAMPLES / "biscuits.csv", "--format", "json")
    assert footprint(*command, cache=cache).out == footprint(*command, cache=cache).out


def test_the_table_names_the_total_the_lines_and_the_hashes(cache: Path) -> None:
    result = footprint("calculate", EXAMPLES / "power-bank.csv", cache=cache)
    assert result.status == 0
    assert "移动电源" in result.out
    assert "kg CO2e per 1 piece" in result.out
    assert "battery-pack-nmc-cn" in result.out
    assert "Inventory sha256:" in result.out


HEAD = "# name: x\nid,parent,name,quantity,unit,dataset\n"
BAD = {
    "unknown unit": (HEAD + "a,,Steel,1,sqyd,steel-rebar-cn\n", "BOM-012", 3, "unit"),
    "negative mass": (HEAD + "a,,Steel,-1,kg,steel-rebar-cn\n", "BOM-007", 3, "quantity"),
    "missing dataset": (HEAD + "a,,Unobtainium,1,kg,\n", "ENG-001", 3, "name"),
    "wrong dataset": (HEAD + "a,,Steel,1,kg,steel-from-mars\n", "ENG-001", 3, "dataset"),
    "cycle": (HEAD + "a,b,A,1,piece,\nb,a,B,1,piece,\n", "BOM-015", 3, "parent"),
    "formula": (HEAD + "a,,Steel,=A1*2,kg,steel-rebar-cn\n", "BOM-009", 3, "quantity"),
    "empty": ("", "BOM-003", None, None),
    "encoding": ("# name: x\nname,quantity,unit\nSt\x00el,1,kg\n", "BOM-002", 3, None),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_a_code_a_place_status_1_and_no_traceback(
    case: str, cache: Path, tmp_path: Path
) -> None:
    text, code, row, column = BAD[case]
    path = tmp_path / "bad.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    told = footprint("calculate", path, cache=cache)
    assert told.status == 1
    assert told.out == ""
    assert code in told.err
    assert "Traceback" not in told.err
    document = footprint("calculate", path, "--format", "json", cache=cache).document
    problem = document["problems"][0]
    assert (problem["code"], problem["row"], problem["column"]) == (code, row, column)


def test_a_hundred_thousand_rows_simply_work(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    rows = (f"r{n},,Steel,0.001,kg,steel-rebar-cn\n" for n in range(100_000))
    path.write_text(HEAD + "".join(rows))
    document = footprint("calculate", path, "--format", "json", cache=cache).document
    total = document["totals"]["excluding_biogenic_uptake_kg_co2e"]
    one = document["contributions"][0]["kg_co2e"]
    assert total == pytest.approx(100_000 * one, rel=1e-12)


def test_a_missing_file_is_said_plainly(cache: Path) -> None:
    result = footprint("calculate", "nowhere.csv", cache=cache)
    assert (result.status, "BOM-001" in result.err) == (1, True)


def test_wrong_usage_has_status_2(cache: Path) -> None:
    assert footprint("calculate", cache=cache).status == 2
    assert footprint("calculate", "x.csv", "--format", "xml", cache=cache).status == 2


@pytest.mark.parametrize("name", NAMES)
def test_check_finds_nothing_wrong_with_the_examples(name: str, cache: Path) -> None:
    result = footprint("check", EXAMPLES / name, "--format", "json", cache=cache)
    assert result.status == 0
    codes = {warning["code"] for warning in result.document["warnings"]}
    assert codes <= {"ENG-010", "ENG-013", "ENG-020"}


def test_calculate_imports_no_brightway_when_the_inventory_is_compiled(cache: Path) -> None:
    """`import bw2data` and `import bw2calc` cost 2-5 s; a warm calculation needs neither."""
    script = (
        "import sys, json\n"
        "from footprint.cli.bom_commands import calculated_file\n"
        "from pathlib import Path\n"
        f"calculated_file(Path({str(EXAMPLES / 'biscuits.csv')!r}), Path({str(cache)!r}))\n"
        "print(json.dumps([m for m in sys.modules if m.startswith('bw')]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


def test_help_has_an_example_for_every_command(cache: Path) -> None:
    for command in ("calculate", "check", "decide", "issue", "verify", "demo", "serve"):
        assert "Example: footprint" in footprint(command, "--help", cache=cache).out


@pytest.mark.parametrize("command", ["check", "calculate"])
def test_problems_are_said_in_the_language_asked_for(
    command: str, cache: Path, tmp_path: Path
) -> None:
    table = tmp_path / "parts.csv"
    table.write_text("# name: a\nname,quantity,unit\nbolt,many,kg\n", "utf-8")
    result = footprint(command, table, "--lang", "zh", cache=cache)
    assert result.status == 1
    assert "BOM-006（parts.csv，第 3 行，“quantity”列）：'many' 不是数字" in result.err
    printed = footprint(command, table, "--lang", "zh", "--format", "json", cache=cache)
    assert printed.document["problems"][0]["message"] == "'many' 不是数字"

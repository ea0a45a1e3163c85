"""`footprint calculate --format catena-x` and `exchange check`, typed as a newcomer would."""

from __future__ import annotations

import json
import os
from pathlib import Path

import forked
import pytest

ROOT = Path(__file__).parents[2]
TABLE = """# name: Bolt
# company: Works
# company_ids: {ids}
# product_ids: urn:gtin:06901234567892
# classifications: CPC:42999
# reference_period: 2025
# mass: 1 kg
# country: CN
name,quantity,unit,dataset
Bar,1,kg,steel-bar-cn
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "bolt.csv"
    file.write_text(TABLE.format(ids="urn:bpn:BPNL00000000EXMP"), "utf-8")
    return file


def run(cache: Path, *arguments: str | Path) -> tuple[int, str, str]:
    variables = {**os.environ, "FOOTPRINT_CACHE": str(cache)}
    done = forked.footprint([str(one) for one in arguments], variables, ROOT)
    return done.returncode, done.stdout, done.stderr


def test_what_is_written_has_no_fault(table: Path, cache: Path) -> None:
    out = table.with_name("bolt.json")
    status, _, _ = run(cache, "calculate", table, "--format", "catena-x", "--out", out)
    assert status == 0
    assert json.loads(out.read_text("utf-8"))["scopeOfPcfForm"]
    status, _, err = run(cache, "exchange", "check", out)
    assert (status, err.splitlines()[-1]) == (0, "0 faults, 0 remarks.")


def test_a_refusal_is_json_and_names_what_is_missing(table: Path, cache: Path) -> None:
    table.write_text(TABLE.format(ids="urn:a:b"), "utf-8")
    status, out, _ = run(cache, "calculate", table, "--format", "catena-x-7")
    codes = [one["code"] for one in json.loads(out)["problems"]]
    assert status == 1
    assert codes == ["EXC-003"]


def test_a_finding_is_printed_in_chinese_too(table: Path, cache: Path) -> None:
    out = table.with_name("bolt.json")
    run(cache, "calculate", table, "--format", "catena-x", "--out", out)
    out.write_text(out.read_text("utf-8").replace('"CN"', '"CHINA"'), "utf-8")
    status, _, err = run(cache, "exchange", "check", out, "--lang", "zh")
    assert status == 1
    assert "不是两个字母的国家代码" in err
    status, told, _ = run(cache, "exchange", "check", out, "--format", "json")
    (problem,) = json.loads(told)["problems"]
    assert (status, problem["column"]) == (1, "geographyCountry")


def test_a_passport_is_written_and_names_what_remains_to_be_done(table: Path, cache: Path) -> None:
    out = table.with_name("bolt.dpp.json")
    status, _, err = run(cache, "calculate", table, "--format", "untp", "--out", out)
    assert (status, "EXC-104" in err) == (0, True)
    assert json.loads(out.read_text("utf-8"))["credentialSubject"]["name"] == "Bolt"
    status, _, err = run(cache, "exchange", "check", out)
    assert (status, err.splitlines()[-1]) == (0, "0 faults, 1 remark.")
    table.write_text(TABLE.format(ids="urn:a:b").replace("# country: CN\n", ""), "utf-8")
    status, told, _ = run(cache, "calculate", table, "--format", "untp")
    assert status == 1
    assert [one["code"] for one in json.loads(told)["problems"]] == ["EXC-003"]


@pytest.mark.parametrize("form", ["catena-x", "catena-x-7", "untp", "pact", "json", "openepd"])
def test_a_refused_file_is_told_in_sentences_and_nothing_is_printed(
    form: str, table: Path, cache: Path
) -> None:
    """Without a file the result goes to stdout, and so does what a program reads instead of it."""
    table.write_text(TABLE.format(ids="urn:a:b").replace("steel-bar-cn", "no-such-steel"), "utf-8")
    out = table.with_name("bolt.out")
    status, printed, err = run(cache, "calculate", table, "--format", form, "--out", out)
    assert (status, printed, out.exists()) == (1, "", False)
    assert "no-such-steel" in err
    assert "problem found." in err or "problems found." in err
    assert not err.lstrip().startswith("{")


def test_an_explanation_that_is_refused_is_told_in_sentences(table: Path, cache: Path) -> None:
    table.write_text(TABLE.format(ids="urn:a:b").replace("steel-bar-cn", "no-such-steel"), "utf-8")
    out = table.with_name("bolt.json")
    status, printed, err = run(cache, "explain", table, "--format", "json", "--out", out)
    assert (status, printed, out.exists()) == (1, "", False)
    assert "no-such-steel" in err

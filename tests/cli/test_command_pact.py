"""`footprint pact check`, typed as a newcomer would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import EXAMPLES, footprint


@pytest.mark.parametrize("name", ["biscuits.csv", "t-shirt.xlsx", "power-bank.csv"])
def test_our_own_documents_have_no_fault(name: str, cache: Path, tmp_path: Path) -> None:
    file = tmp_path / "pact.json"
    made = footprint("calculate", EXAMPLES / name, "--format", "pact", "--out", file, cache=cache)
    assert made.status == 0
    checked = footprint("pact", "check", file, cache=cache)
    assert checked.status == 0
    assert checked.err.splitlines()[-1].startswith("0 faults, ")


def test_what_is_wrong_is_printed_with_its_place(cache: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    footprint(
        *("calculate", EXAMPLES / "biscuits.csv", "--format", "pact", "--out", file), cache=cache
    )
    document = json.loads(file.read_text("utf-8"))
    document["pcf"]["declaredUnitAmount"] = "0"
    file.write_text(json.dumps({"data": [document]}), "utf-8")
    text = footprint("pact", "check", file, cache=cache)
    assert text.status == 1
    assert "PAC-102 at answer.json, column data[0].pcf.declaredUnitAmount" in text.err
    as_json = footprint("pact", "check", file, "--format", "json", cache=cache)
    assert as_json.status == 1
    (problem,) = as_json.document["problems"]
    assert problem["column"] == "data[0].pcf.declaredUnitAmount"


def test_a_file_that_is_not_there_is_refused(cache: Path, tmp_path: Path) -> None:
    assert "BOM-001" in footprint("pact", "check", tmp_path / "no.json", cache=cache).err

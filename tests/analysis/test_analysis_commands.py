"""`footprint explain`, `scenario` and `compare-methods`, typed as a user would."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from footprint.cli.main import application
from footprint.cli.output import run
from footprint.inventory.model import GWP_SETS

EXAMPLES = Path(__file__).parents[2] / "examples"
BOM = str(EXAMPLES / "power-bank.csv")


class Command:
    """Runs `footprint ARGUMENTS` in this process, through its own entry point."""

    def __init__(
        self, cache: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]
    ) -> None:
        patch.setenv("FOOTPRINT_CACHE", str(cache))
        self.patch = patch
        self.captured = captured

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        self.patch.setattr(sys, "argv", ["footprint", *arguments])
        self.captured.readouterr()
        status = run(application())
        return (status, *self.captured.readouterr())

    def document(self, *arguments: str) -> dict[str, Any]:
        """What stands on standard output: one JSON document."""
        status, out, err = self(*arguments)
        assert status == 0, err
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def command(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    return Command(cache, monkeypatch, capsys)


@pytest.mark.parametrize("by", ["line", "stage", "upstream"])
def test_explain_prints_json_that_adds_up(by: str, command: Command) -> None:
    found = command.document("explain", BOM, "--by", by, "--format", "json", "--cut-off", "2%")
    total = found["total_kg_co2e"]
    if by == "upstream":
        emitters = found["emitters"]
        parts = [emitter["direct_kg_co2e"] for emitter in emitters]
        parts += [found["lines_kg_co2e"], found["remainder_kg_co2e"]]
    else:
        rows = found["rows" if by == "line" else "stages"]
        parts = [row["kg_co2e"] for row in rows if row["inside"] and row.get("depth", 0) == 0]
    assert math.isclose(math.fsum(parts), total, rel_tol=1e-9)


def test_explain_writes_csv_xlsx_and_sankey(command: Command, tmp_path: Path) -> None:
    status, out, _ = command("explain", BOM, "--by", "upstream", "--format", "csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert status == 0
    assert rows[0][0] == "dataset"
    path = tmp_path / "result.xlsx"
    arguments = ("explain", BOM, "--format", "xlsx", "--out", str(path), "--lang", "zh")
    assert command(*arguments)[0] == 0
    assert load_workbook(path).sheetnames[0] == "摘要"
    first = path.read_bytes()
    assert command(*arguments)[0] == 0
    assert path.read_bytes() == first
    diagram = command.document("explain", BOM, "--format", "sankey")
    assert {"nodes", "links"} <= set(diagram)
    written = tmp_path / "lines.csv"
    assert command("explain", BOM, "--format", "csv", "--out", str(written))[0] == 0
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")


def test_explain_without_a_file_for_a_workbook_is_wrong_usage(command: Command) -> None:
    assert command("explain", BOM, "--format", "xlsx")[0] == 2
    assert command("explain", BOM, "--cut-off", "a lot")[0] == 2
    status, out, _ = command("explain", BOM, "--cut-off", "200%", "--format", "json")
    assert (status, json.loads(out)["problems"][0]["code"]) == (1, "ANA-001")


def test_a_scenario_is_printed_by_row(command: Command, tmp_path: Path) -> None:
    changes = tmp_path / "changes.yaml"
    changes.write_text(
        "scenarios:\n"
        "  - name: Power from Viet Nam\n"
        "    name_zh: 越南电力\n"
        "    changes: [{change: grid, to: VN}]\n"
        "  - name: Less packaging\n"
        "    changes: [{change: quantity, where: {stage: packaging}, factor: 0.5}]\n",
        "utf-8",
    )
    found = command.document("scenario", BOM, "--changes", str(changes), "--format", "json")
    scenarios = found["scenarios"]
    assert [one["name"] for one in scenarios] == ["Power from Viet Nam", "Less packaging"]
    for one in scenarios:
        rows = math.fsum(row["difference_kg_co2e"] for row in one["rows"])
        assert math.isclose(rows, one["difference_kg_co2e"], abs_tol=1e-12)
        assert one["difference_kg_co2e"] < 0
    status, out, _ = command("scenario", BOM, "--changes", str(changes), "--lang", "zh")
    assert (status, "越南电力" in out, "差异" in out) == (0, True, True)


def test_a_bad_file_of_changes_has_a_code_and_no_traceback(
    command: Command, tmp_path: Path
) -> None:
    changes = tmp_path / "changes.yaml"
    changes.write_text("scenarios: [{name: a, changes: [{change: dream}]}]")
    status, out, err = command("scenario", BOM, "--changes", str(changes))
    assert (status, out) == (1, "")
    assert "ANA-003" in err
    assert "Traceback" not in err
    missing = str(tmp_path / "missing.yaml")
    status, _, err = command("scenario", BOM, "--changes", missing)
    assert (status, "ANA-003" in err) == (1, True)


def test_methods_are_compared_in_both_languages(command: Command) -> None:
    found = command.document("compare-methods", BOM, "--format", "json")
    rows = found["methods"]
    assert [(row["gwp_set"], row["biogenic_included"]) for row in rows] == [
        (gwp_set, biogenic) for gwp_set in GWP_SETS for biogenic in (False, True)
    ]
    _, english, _ = command("compare-methods", BOM)
    _, chinese, _ = command("compare-methods", BOM, "--lang", "zh")
    assert "cannot be converted" in english
    assert "无法换算" in chinese


def test_gaps_are_said_beside_every_total(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "gap.csv"
    path.write_text(
        "# name: x\nname,quantity,unit,dataset\nSteel,1,kg,steel-rebar-cn\nUnobtainium,3,kg,\n"
    )
    for arguments in (("explain",), ("compare-methods",)):
        status, out, _ = command(*arguments, str(path), "--allow-gaps")
        assert (status, "covers 25 % of the mass, 50 % of the lines" in out) == (0, True)

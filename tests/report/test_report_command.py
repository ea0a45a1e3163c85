"""`footprint calculate --format html|pdf|xlsx` as a user runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "cli"))
from command import EXAMPLES, footprint

BISCUITS = EXAMPLES / "biscuits.csv"
BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "xlsx": b"PK"}


@pytest.mark.parametrize("kind", BEGINS)
def test_the_report_is_written_to_the_file(kind: str, cache: Path, tmp_path: Path) -> None:
    out = tmp_path / f"report.{kind}"
    arguments = ("--format", kind, "--lang", "zh", "--out", out, "--date", "2026-11-21")
    done = footprint("calculate", BISCUITS, *arguments, cache=cache)
    assert (done.status, done.out) == (0, "")
    assert str(out) in done.err
    data = out.read_bytes()
    assert data.startswith(BEGINS[kind])
    if kind == "html":
        assert "2026-11-21" in data.decode()
        assert "产品碳足迹报告" in data.decode()


@pytest.mark.parametrize("kind", BEGINS)
def test_without_a_file_nothing_is_printed_and_the_option_is_named(kind: str, cache: Path) -> None:
    done = footprint("calculate", BISCUITS, "--format", kind, cache=cache)
    assert (done.status, done.out) == (2, "")
    assert "--out" in done.err


def test_a_file_that_cannot_be_written_is_refused(cache: Path, tmp_path: Path) -> None:
    out = tmp_path / "missing" / "report.html"
    done = footprint("calculate", BISCUITS, "--format", "html", "--out", out, cache=cache)
    assert done.status == 2
    assert "cannot be written" in done.err
    assert not list(tmp_path.iterdir())


def test_other_formats_may_go_to_a_file_too(cache: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    printed = footprint("calculate", BISCUITS, "--format", "json", cache=cache)
    done = footprint("calculate", BISCUITS, "--format", "json", "--out", out, cache=cache)
    assert done.out == ""
    assert json.loads(out.read_text("utf-8")) == printed.document


def test_a_bill_of_materials_with_mistakes_leaves_no_file(cache: Path, tmp_path: Path) -> None:
    bom, out = tmp_path / "bom.csv", tmp_path / "report.pdf"
    bom.write_text("# name: x\nid,name,quantity,unit,dataset\n1,a,1,kg,no-such-dataset\n")
    done = footprint("calculate", bom, "--format", "pdf", "--out", out, cache=cache)
    assert done.status == 1
    assert "ENG-001" in done.err
    assert not out.exists()


def test_letters_that_cannot_be_printed_are_refused_with_the_way_out(
    cache: Path, tmp_path: Path
) -> None:
    bom, out = tmp_path / "bom.csv", tmp_path / "report"
    bom.write_text("# name: \U0001f50b\nid,name,quantity,unit,dataset\n1,a,1,kg,board-gb\n")
    done = footprint("calculate", bom, "--format", "pdf", "--out", out, cache=cache)
    assert (done.status, out.exists()) == (1, False)
    assert "RPT-001" in done.err
    assert "U+1F50B" in done.err
    assert "html" in done.err


def test_the_table_imports_nothing_of_the_report() -> None:
    import subprocess

    code = (
        "import sys, footprint.cli.bom_commands; "
        "assert not {'jinja2', 'typst', 'openpyxl', 'label_templates'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""`footprint issue-all`: a folder of tables becomes certificates; a refused one stops no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from served import BOM, EVIDENCE, command

SCHEME = ("--scheme", "th-tgo", "--tier", "disclosure")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "products"
    made.mkdir()
    for at in range(3):
        (made / f"p{at}.csv").write_text(BOM.replace("Wall bracket", f"Bracket {at}"), "utf-8")
        (made / f"p{at}.evidence.yaml").write_text(yaml.safe_dump(EVIDENCE), "utf-8")
    (made / "wrong.csv").write_text("Name,Quantity,Unit\nNo such thing,1,kg\n", "utf-8")
    (made / "notes.md").write_text("no table", "utf-8")
    return made


def _rows(folder: Path, store: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    options = ("--store", store, "--format", "json", "--processes", "1")
    done = command("issue-all", folder, *SCHEME, *options, *more)
    return done.returncode, json.loads(done.stdout)["tables"]


def test_each_table_gets_its_certificate_or_the_reason_why_not(
    folder: Path, tmp_path: Path
) -> None:
    code, rows = _rows(folder, tmp_path / "store", "--draft")
    assert code == 1
    assert [one["file"] for one in rows] == ["p0.csv", "p1.csv", "p2.csv", "wrong.csv"]
    numbers = [one["certificate"] for one in rows[:3]]
    assert len(set(numbers)) == 3
    assert all(number.startswith("FP-") for number in numbers)
    assert rows[3]["certificate"] == ""
    assert "No such thing" in rows[3]["refused"]
    out = tmp_path / "files"
    done = command("files", numbers[1], "--out", out, "--store", tmp_path / "store")
    assert done.returncode == 0
    assert "Bracket 1" in (out / f"{numbers[1]}.json").read_text("utf-8")


def test_the_same_folder_again_needs_replace(folder: Path, tmp_path: Path) -> None:
    (folder / "wrong.csv").unlink()
    store = tmp_path / "store"
    code, first = _rows(folder, store, "--draft")
    assert code == 0
    code, again = _rows(folder, store, "--draft")
    assert code == 1
    assert [one["refused"][:7] for one in again] == ["API-531"] * 3
    code, replaced = _rows(folder, store, "--draft", "--replace")
    assert code == 0
    assert not {one["certificate"] for one in first} & {one["certificate"] for one in replaced}


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    done = command("issue-all", tmp_path, *SCHEME, "--store", tmp_path / "store")
    assert done.returncode == 1
    assert "holds no table" in done.stderr
    assert not (tmp_path / "store").exists()


def test_the_list_says_how_many_lines_rest_on_guesses(tmp_path: Path) -> None:
    folder = tmp_path / "products"
    folder.mkdir()
    facts = "".join(line for line in BOM.splitlines(keepends=True) if line.startswith("#"))
    lines = "name,quantity,unit,weight (g)\nSteel plate,1,pcs,480\nPaper label roll,1,pcs,20\n"
    (folder / "a.csv").write_text(BOM.replace("Wall bracket", "Sure"), "utf-8")
    (folder / "b.csv").write_text(facts.replace("Wall bracket", "Guessed") + lines, "utf-8")
    for name in "ab":
        (folder / f"{name}.evidence.yaml").write_text(yaml.safe_dump(EVIDENCE), "utf-8")
    code, rows = _rows(folder, tmp_path / "store", "--draft")
    assert (code, [one["guesses"] for one in rows]) == (0, [0, 1])
    options = ("--store", tmp_path / "store", "--processes", "1", "--draft", "--replace")
    said = command("issue-all", folder, *SCHEME, *options).stderr
    assert "Guesses that nobody confirmed: 1 in 1 of these certificates" in said
    assert f"match {folder / 'b.csv'}" in said

"""The Chinese pages: every command in them works as it stands, and every link leads somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import forked
import pytest
from evidence import some

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "zh").glob("*.md"))
_BLOCK = re.compile(r"```sh\n(.*?)```", re.S)
_LINK = re.compile(r"\]\(([^)#]+)\)")
_HAN = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_every_command_of_the_page_answers(
    page: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    lines = [
        line for block in _BLOCK.findall(page.read_text("utf-8")) for line in block.splitlines()
    ]
    for line in some(lines):
        program, *arguments = shlex.split(line)
        assert program == "footprint"
        done = forked.footprint(arguments, {**os.environ, "FOOTPRINT_CACHE": str(cache)})
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        if "zh" in arguments and "--out" not in arguments:
            assert _HAN.search(done.stdout + done.stderr), line
        if "--out" in arguments:
            assert (tmp_path / arguments[arguments.index("--out") + 1]).stat().st_size > 1000


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.stem)
def test_every_link_of_the_page_leads_to_a_file(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(_HAN.findall(text)) > 200
    for link in _LINK.findall(text):
        assert (page.parent / link).resolve().is_file(), link


def test_the_number_of_the_first_page_is_the_one_that_comes_out(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    command = ["calculate", "examples/fan-erp.xlsx", "--allow-gaps", "--lang", "zh"]
    done = forked.footprint(command, {**os.environ, "FOOTPRINT_CACHE": str(cache)})
    kg = re.search(r"至少：每 1 件 ([\d.]+) kg", done.stdout)
    assert kg is not None
    page = (ROOT / "docs" / "zh" / "first-number.md").read_text("utf-8")
    assert f"每件至少 {kg.group(1)} 千克" in page

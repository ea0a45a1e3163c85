"""A folder where a file is wanted is refused by every command, and never with a traceback."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from forked import footprint

STEEL = "steel-cold-rolled-cn"


def typed(words: list[str], cache: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command as it is typed in a folder."""
    return footprint(words, os.environ | {"FOOTPRINT_CACHE": str(cache)}, folder)


@pytest.mark.parametrize("command", ["read", "calculate", "check", "match", "explain"])
@pytest.mark.parametrize("place", [".", "..", "/"])
def test_a_folder_is_no_list_of_parts(
    command: str, place: str, cache: Path, tmp_path: Path
) -> None:
    done = typed([command, place], cache, tmp_path)
    assert done.returncode == 1
    assert "BOM-001" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", [".", "nothing.parquet"])
def test_a_summary_needs_a_table(place: str, cache: Path, tmp_path: Path) -> None:
    done = typed(["catalogue", "summary", place], cache, tmp_path)
    assert done.returncode == 1
    assert f"CAT-004 at {place}: there is no table of results here" in done.stderr


def test_a_catalogue_says_why_products_were_refused(cache: Path, tmp_path: Path) -> None:
    row = f"钢板,{STEEL},1,千克"
    wrong = f"P1,{row}\nP2,钢板,{STEEL},一些,千克\nP3,钢板,{STEEL},许多,千克\n"
    (tmp_path / "t.csv").write_text(f"产品,名称,数据集,数量,单位\n{wrong}", "gb18030")
    done = typed(["catalogue", "run", "t.csv", "-o", "r.parquet", "--lang", "zh"], cache, tmp_path)
    assert done.returncode == 1
    assert "1 个产品：r.parquet" in done.stdout
    assert "2 个产品，BOM-006：'一些' 不是数字（如 t.csv 第 3 行）" in done.stdout
    assert "产品 = product" in done.stdout

"""Words that commands print, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import footprint

CARTON = (
    "# name: Cups\n# declared_unit: {unit}\nname,quantity,unit,dataset\n"
    "Steel,1,kg,steel-rebar-cn\nBoard,1,kg,corrugated-board-us\nUnobtainium,1,kg,\n"
)


@pytest.fixture
def cups(tmp_path: Path) -> Path:
    path = tmp_path / "cups.csv"
    path.write_text(CARTON.format(unit="24 piece"))
    return path


def test_a_total_is_for_24_pieces(cache: Path, cups: Path) -> None:
    for arguments in (("calculate",), ("explain",), ("compare-methods",)):
        out = footprint(*arguments, cups, "--allow-gaps", cache=cache).out
        assert "per 24 pieces" in out
        assert "24 piece " not in out


def test_a_line_that_is_left_out_is_not_advised_to_be_left_out(cache: Path, cups: Path) -> None:
    refused = footprint("calculate", cups, cache=cache)
    assert refused.status == 1
    assert "--allow-gaps" in refused.err
    for language in ("en", "zh"):
        done = footprint("calculate", cups, "--allow-gaps", "--lang", language, cache=cache)
        assert done.status == 0
        assert "ENG-008" in done.err
        assert "--allow-gaps" not in done.err
        assert "--pick ROW=DATASET" in done.err


def test_schemes_are_listed_in_chinese(cache: Path) -> None:
    day = ("--as-of", "2026-11-30")
    lines = footprint("schemes", "list", "--lang", "zh", *day, cache=cache).out.splitlines()
    assert lines[0].split()[:3] == ["编号", "状态", "等级"]
    words = {word for line in lines[2:] for word in line.split()[1:4]}
    assert {"现在颁发", "披露", "受理"} <= words
    assert words.isdisjoint({"active", "ended", "unknown", "disclosure", "offered"})
    english = footprint("schemes", "list", *day, cache=cache).out.splitlines()
    assert english[0].split()[:3] == ["id", "status", "tier"]
    assert len(english) == len(lines)


def test_sets_of_potentials_are_words_in_chinese(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("# name: x\nname,quantity,unit,dataset\nABS,1,kg,abs-resin-rna\n"
                    "Board,1,kg,corrugated-board-us\n")  # fmt: skip
    english = footprint("compare-methods", path, cache=cache).out
    chinese = footprint("compare-methods", path, "--lang", "zh", cache=cache).out
    assert "unstated" in english
    assert "unstated" not in chinese
    assert "未说明版本" in chinese

"""No command prints a total that lacks something as if it were all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import EXAMPLES, footprint

#: Its steel screws count as steel alone: "at least".
LACKING, WHOLE = str(EXAMPLES / "power-bank.csv"), str(EXAMPLES / "biscuits.csv")
CHANGES = "scenarios: [{name: greener, changes: [{change: grid, to: FR}]}]"
LEAST = {"en": "at least 4.14", "zh": "至少 4.14"}
MISSING = {
    "en": "the making of parts of which only the material counts",
    "zh": "仅按材料计入的零件的制造",
}


def _typed(cache: Path, folder: Path, command: str, bom: str, *more: str) -> str:
    (folder / "changes.yaml").write_text(CHANGES, "utf-8")
    beside = {
        "compare": (bom,),
        "scenario": ("--changes", "changes.yaml"),
    }.get(command, ())
    result = footprint(command, bom, *beside, *more, cache=cache, cwd=folder)
    assert result.status == 0, result.err
    return result.out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "command", ["calculate", "explain", "scenario", "compare-methods", "compare"]
)
def test_a_total_that_lacks_something_says_so(
    cache: Path, tmp_path: Path, command: str, lang: str
) -> None:
    told = _typed(cache, tmp_path, command, LACKING, "--lang", lang)
    assert MISSING[lang] in told
    if command not in {"calculate", "compare-methods"}:
        assert told.count(LEAST[lang]) == (2 if command == "compare" else 1)
    whole = _typed(cache, tmp_path, command, WHOLE, "--lang", lang)
    assert "at least 0." not in whole
    assert "至少 0." not in whole


@pytest.mark.parametrize("command", ["explain", "compare-methods"])
def test_documents_of_analyses_say_what_their_total_lacks(
    cache: Path, tmp_path: Path, command: str
) -> None:
    said = json.loads(_typed(cache, tmp_path, command, LACKING, "--format", "json"))
    assert said["completeness"] == {"word": "at least", "lacks": ["making_of_parts"]}


def test_documents_of_two_products_say_what_each_lacks(cache: Path, tmp_path: Path) -> None:
    sides = json.loads(_typed(cache, tmp_path, "scenario", LACKING, "--format", "json"))
    (one,) = sides["scenarios"]
    assert one["before"]["completeness"] == one["after"]["completeness"]
    assert one["before"]["completeness"]["lacks"] == ["making_of_parts"]
    compared = json.loads(_typed(cache, tmp_path, "compare", LACKING, "--format", "json"))
    assert compared["old_lacks"] == compared["new_lacks"] == ["making_of_parts"]

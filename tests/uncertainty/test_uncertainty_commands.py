"""`footprint calculate --draws` and `footprint compare`, typed as a newcomer would."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import forked

ROOT = Path(__file__).parents[2]
BISCUITS = ROOT / "examples" / "biscuits.csv"


def footprint(*arguments: str | Path, cache: Path) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "FOOTPRINT_CACHE": str(cache)}
    return forked.footprint([str(one) for one in arguments], variables)


def document(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_calculate_adds_the_interval_and_the_same_seed_gives_the_same_bytes(cache: Path) -> None:
    command = ("calculate", BISCUITS, "--draws", "300", "--seed", "7", "--format", "json")
    result = footprint(*command, cache=cache)
    found = document(result)["uncertainty"]
    total = document(result)["totals"]["excluding_biogenic_uptake_kg_co2e"]
    assert found["low"] < total < found["high"]
    assert (found["level"], found["draws"], found["seed"]) == (0.95, 300, 7)
    assert footprint(*command, cache=cache).stdout == result.stdout


def test_the_table_says_between_what_and_never_more_digits_than_that(cache: Path) -> None:
    result = footprint("calculate", BISCUITS, "--draws", "300", cache=cache)
    assert result.returncode == 0, result.stderr
    assert "95% of 300 draws (seed 1) lie between" in result.stdout
    assert "UNC-007" in result.stderr


def test_a_product_compared_with_itself_is_certainly_no_worse(cache: Path) -> None:
    command = ("compare", BISCUITS, BISCUITS, "--draws", "200")
    found = document(footprint(*command, "--format", "json", cache=cache))
    assert found["probability"] == 1.0
    assert found["low"] == found["high"] == found["reduction"] == 0.0
    text = footprint(*command, "--threshold", "5%", cache=cache).stdout
    assert "Probability of a reduction of at least 5 %: 0.0%" in text


def test_settings_out_of_range_get_a_code_and_status_1(cache: Path) -> None:
    result = footprint(
        "compare", BISCUITS, BISCUITS, "--draws", "5", "--format", "json", cache=cache
    )
    assert result.returncode == 1
    assert [problem["code"] for problem in document(result)["problems"]] == ["UNC-001"]
    assert "Traceback" not in result.stderr


def test_a_threshold_that_cannot_be_read_is_wrong_usage(cache: Path) -> None:
    result = footprint("compare", BISCUITS, BISCUITS, "--threshold", "lots", cache=cache)
    assert result.returncode == 2
    assert "5% or 0.05" in result.stderr

"""Every file of the corpus, recomputed twice: by ten lines of numpy from what a person read in it,
and by bw2io with bw2calc where Brightway reads the layout (`differences.yaml` says where not)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from footprint.importers.allocation import ProductSplit
from footprint.importers.run import Imported, ImportOptions, import_inventory
from footprint.inventory.compile import compile_inventory
from footprint.inventory.compiled import load_compiled
from footprint.inventory.model import EXCLUDING_BIOGENIC

HERE = Path(__file__).parent
FILES = HERE / "files"
EXPECTED: dict[str, Any] = yaml.safe_load((HERE / "expected.yaml").read_text("utf-8"))
DIFFERENCES: dict[str, Any] = yaml.safe_load((HERE / "differences.yaml").read_text("utf-8"))


def by_hand(processes: dict[str, Any]) -> dict[str, float]:
    """kg CO2e per unit of each product: solves A^T h = f, with nothing of ours."""
    names = list(processes)
    matrix = np.diag([float(p["makes"]) for p in processes.values()])
    for user, process in processes.items():
        for supplier, amount in process.get("uses", {}).items():
            matrix[names.index(supplier), names.index(user)] -= amount
    emitted = np.array([float(p["emits"]) for p in processes.values()])
    return dict(zip(names, np.linalg.solve(matrix.T, emitted).tolist(), strict=True))


def imported(name: str) -> Imported:
    allocation = ProductSplit(EXPECTED[name].get("allocation", "refuse"))
    return import_inventory(FILES / name, ImportOptions("x", allocation=allocation))


def ours(name: str, folder: Path) -> dict[str, float]:
    """The intensities that a calculation uses, by id."""
    folder.mkdir()
    compile_inventory(imported(name).inventory, folder)
    compiled = load_compiled(folder)
    totals = compiled.tables["AR6"][list(EXCLUDING_BIOGENIC)].sum(axis=0)
    return {entry.id: float(totals[entry.column]) for entry in compiled.datasets.values()}


def the_one(values: dict[str, float], word: str) -> float:
    found = [value for name, value in values.items() if word in name]
    assert len(found) == 1, f"{word}: {sorted(values)}"
    return found[0]


def test_the_corpus_and_what_is_expected_of_it_are_the_same_files() -> None:
    assert {path.name for path in FILES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_gives_what_a_person_reads_in_it(name: str, tmp_path: Path) -> None:
    found = ours(name, tmp_path / "compiled")
    expected = by_hand(EXPECTED[name]["processes"])
    assert len(found) == len(expected)
    assert {word: the_one(found, word) for word in expected} == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_of_the_corpus_is_left_out(name: str) -> None:
    report = imported(name).report
    assert (report.status, report.coverage.inputs) == ("complete", 1.0)


@pytest.fixture(scope="session")
def brightway(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What bw2io and bw2calc make of each file: scores by name, or an error. Runs in a process of
    its own with private folders, since importing bw2data makes a project in the home directory."""
    folder = tmp_path_factory.mktemp("brightway")
    environment = os.environ | {"BRIGHTWAY2_DIR": str(folder), "HOME": str(folder)}
    command = [sys.executable, "-W", "ignore", str(HERE / "by_brightway.py"), str(FILES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def kind_of(name: str) -> str:
    return next((kind for kind, row in DIFFERENCES.items() if name in row["files"]), "")


def test_brightway_agrees_or_differs_for_a_reason_that_is_written_down(
    brightway: dict[str, Any],
) -> None:
    unexplained, overcome = {}, []
    for name, found in brightway.items():
        expected = by_hand(EXPECTED[name]["processes"])
        same = "scores" in found and sorted(found["scores"].values()) == pytest.approx(
            sorted(expected.values()), rel=1e-6
        )
        kind = kind_of(name)
        if same and kind:
            overcome.append(name)
        if not same and (not kind or DIFFERENCES[kind]["says"] not in json.dumps(found)):
            unexplained[name] = found
    assert not unexplained
    assert not overcome, "these agree now: take them out of differences.yaml"


def test_brightway_was_asked_about_every_layout_that_it_reads(brightway: dict[str, Any]) -> None:
    assert set(brightway) == {n for n in EXPECTED if not n.startswith(("ilcd", "template"))}
    agreeing = [name for name in brightway if not kind_of(name)]
    assert len(agreeing) >= 10

"""Seeded bugs: how many of them do the tests catch? `python -m bench.mutations [--only WORD]`.

Each bug of `mutants.yaml` is put into a copy of the package, one at a time, and a fast part of the
tests runs against the copy. A bug that no test notices survives: add a test for it. `make bench`
leaves this out: a run takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
BAR = 0.95
TIMEOUT = 240
WORKERS = 2
#: First the closed forms of the vectors, without plugins: 2 s that catch most bugs.
QUICK = ("tests/vectors/test_vectors.py", "-k", "closed_form and engine")
#: Then the rest. Left out is what is slow: files of 100,000 rows, and comparisons with plain
#: Brightway, which the closed forms make superfluous here.
REST = (
    *("tests/engine", "tests/bom", "tests/analysis/test_seeded_bugs.py"),
    *("--ignore", "tests/engine/test_against_brightway.py"),
    *("-k", "not hundred_thousand and not zip_bomb", "--hypothesis-seed=0"),
)


@dataclass(frozen=True)
class Mutant:
    """One seeded bug; `inventory` bugs show only when the inventory is compiled anew."""

    number: int
    file: str
    bug: str
    find: str
    put: str
    inventory: bool


@dataclass(frozen=True)
class Outcome:
    """What the tests made of a mutant."""

    mutant: Mutant
    caught: bool
    by: str
    seconds: float


def mutants(root: Path) -> Iterator[Mutant]:
    """The bugs of the list, checked: each text to find stands in its file exactly once."""
    groups = yaml.safe_load((ROOT / "bench" / "mutants.yaml").read_text("utf-8"))
    number = 0
    stale = []
    for group in groups:
        source = (root / group["file"]).read_text("utf-8")
        for bug in group["bugs"]:
            number += 1
            if source.count(bug["find"]) != 1:
                stale.append(f"{group['file']}: {bug['bug']} ({source.count(bug['find'])} places)")
                continue
            yield Mutant(
                number,
                group["file"],
                bug["bug"],
                bug["find"],
                bug["put"],
                group.get("inventory", False),
            )
    if stale:
        print("These bugs no longer fit the code; write them anew:\n  " + "\n  ".join(stale))


def snapshot(folder: Path) -> None:
    """The project as it is now: who edits it meanwhile changes nothing of the run."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("footprint", "tests", "examples", "lci_data", "label_templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)


def run_tests(frozen: Path, folder: Path, cache: Path, tests: tuple[str, ...]) -> str:
    """Run tests of `frozen` against the package in `folder`.

    Returns the first failure, `time` if they took too long, or an empty text if all passed.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no"]
    command += ["-p", "no:cacheprovider", "-c", str(frozen / "pyproject.toml")]
    command += ["--rootdir", str(frozen)]
    command += [str(frozen / word) if word.startswith("tests/") else word for word in tests]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(folder), str(frozen))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FOOTPRINT_CACHE": str(cache),
    }
    if tests is QUICK:
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "time"
    if done.returncode == 0:
        return ""
    lines = done.stdout.splitlines() or done.stderr.splitlines()
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split("::")[-1][:70] if failed else (lines or ["died"])[-1][:70]


def try_mutant(mutant: Mutant, frozen: Path, cache: Path) -> Outcome:
    """Put one bug into a copy and see whether the tests notice."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        folder = Path(name)
        shutil.copytree(frozen / "footprint", folder / "footprint")
        path = folder / mutant.file
        source = path.read_text("utf-8")
        path.write_text(source.replace(mutant.find, mutant.put), "utf-8")
        # A bug of the inventory shows in what is compiled with it.
        own_cache = folder / "cache" if mutant.inventory else cache
        by = run_tests(frozen, folder, own_cache, QUICK)
        if not by and not mutant.inventory:
            by = run_tests(frozen, folder, cache, REST)
    return Outcome(mutant, bool(by), by, time.perf_counter() - start)


def show(outcome: Outcome) -> None:
    """One line for one bug."""
    mutant, word = outcome.mutant, "caught" if outcome.caught else "SURVIVED"
    where = Path(mutant.file).name
    print(f"{mutant.number:4} {word:8} {outcome.seconds:5.1f} s  {where}: {mutant.bug}", end="")
    print(f"  [{outcome.by}]" if outcome.by else "", flush=True)


def run() -> int:
    """Try every bug; exit status 0 if the score reaches the bar."""
    parser = argparse.ArgumentParser(description="Seeded bugs, and whether the tests catch them.")
    parser.add_argument("--only", default="", help="Only bugs whose file or text has this word.")
    wanted = parser.parse_args().only
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="mutations-") as name:
        frozen, cache = Path(name) / "frozen", Path(name) / "cache"
        snapshot(frozen)
        chosen = [m for m in mutants(frozen) if wanted in f"{m.file} {m.bug}"]
        # Without a bug all tests must pass; this also compiles the inventories once.
        failed = "".join(run_tests(frozen, frozen, cache, tests) for tests in (QUICK, REST))
        if failed:
            print(f"The tests fail without any bug: {failed}")
            return 2
        with ThreadPoolExecutor(WORKERS) as pool:
            outcomes = []
            for outcome in pool.map(lambda mutant: try_mutant(mutant, frozen, cache), chosen):
                outcomes.append(outcome)
                show(outcome)
    caught = sum(outcome.caught for outcome in outcomes)
    score = caught / len(outcomes) if outcomes else 0.0
    seconds = time.perf_counter() - start
    print(f"\n{caught} of {len(outcomes)} seeded bugs caught: {score:.1%} (bar {BAR:.0%})")
    print(f"{seconds:.0f} s with {WORKERS} processes")
    for outcome in outcomes:
        if not outcome.caught:
            print(f"  survived: {outcome.mutant.file}: {outcome.mutant.bug}")
    return 0 if score >= BAR else 1


if __name__ == "__main__":
    sys.exit(run())

"""The bugs of bench/mutations.py and bench/drawn_mutants.py still fit the code and its tests."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from evidence import some

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))

from bench.drawn_mutants_map import EQUAL, FAST, ROOMS, TESTS  # noqa: E402
from bench.drawn_mutants_map import tests_for as answering_tests  # noqa: E402


def test_each_seeded_bug_fits_one_place_of_the_code() -> None:
    groups = yaml.safe_load((ROOT / "bench" / "mutants.yaml").read_text("utf-8"))
    places = {
        f"{group['file']}: {bug['bug']}": (ROOT / group["file"])
        .read_text("utf-8")
        .count(bug["find"])
        for group in groups
        for bug in group["bugs"]
    }
    assert len(places) >= 100
    assert {name for name, count in places.items() if count != 1} == set()


def test_the_map_of_tests_names_modules_and_tests_that_are_there() -> None:
    for beginning, tests in some([*TESTS.items(), *FAST.items()]):
        assert list(ROOT.glob(f"{beginning}*")), beginning
        assert all((ROOT / one).exists() for one in tests), (beginning, tests)
    for name in EQUAL:
        assert (ROOT / name.partition(": ")[0]).is_file(), name


def test_every_module_that_is_drawn_from_has_tests_of_its_own() -> None:
    modules = [
        path.relative_to(ROOT).as_posix()
        for room in ROOMS.values()
        for folder in room.folders
        for path in (ROOT / folder).rglob("*.py")
    ]
    for module in some(modules):
        assert answering_tests(module), module

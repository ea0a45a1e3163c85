"""No test is a test in name only: its assertions run, and none fails for being slow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from assertions_in_loops import silent_tests
from evidence import some
from hypothesis import settings

TESTS = Path(__file__).parents[1]
FILES = sorted(TESTS.rglob("test_*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_asserts_only_in_a_loop_that_may_be_empty(path: Path) -> None:
    found = list(silent_tests(path))
    assert not found, "wrap what is looped over: for one in some(...)"


SILENT = {
    "a loop": "for x in given: assert x",
    "a loop in a loop": "for x in (1, 2):\n        for y in given: assert y",
    "a filtered list": "for x in [y for y in given]: assert x",
    "all of nothing": "assert all(x for x in given)",
    "while": "while given: assert given.pop()",
    "raises in a loop": "for x in given:\n        with pytest.raises(ValueError): int(x)",
    "an empty list": "for x in []: assert x",
    "a list that was emptied": "wanted = [1]\n    wanted = []\n    for x in wanted: assert x",
}
SPEAKING = {
    "an assertion behind the loop": "for x in given: assert x\n    assert given",
    "a list written out": "for x in (1, 2): assert x",
    "a constant of the module": "for x in CASES.items(): assert x",
    "some": "for x in some(given): assert x",
    "some, sorted and numbered": "for n, x in enumerate(sorted(some(given))): assert x",
    "a range": "for x in range(5): assert x",
    "all of some": "assert all(x for x in some(given))",
    "nothing at all": "pass",
}


@pytest.mark.parametrize("name", [*SILENT, *SPEAKING])
def test_the_search_finds_what_it_is_for(tmp_path: Path, name: str) -> None:
    body = {**SILENT, **SPEAKING}[name]
    file = tmp_path / "test_x.py"
    file.write_text(f"CASES = {{1: 2}}\n\n\ndef test_x(given):\n    {body}\n", "utf-8")
    assert list(silent_tests(file)) == (["test_x:4"] if name in SILENT else [])


def test_nothing_is_not_some() -> None:
    assert some(x for x in "ab") == ["a", "b"]
    with pytest.raises(AssertionError, match="nothing to look at"):
        some([])


def test_one_profile_says_for_all_properties_that_slow_is_no_fault() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    own = [
        f"{path.relative_to(TESTS)}:{node.value.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "deadline"
    ]
    assert not own, "the profile in tests/conftest.py says it once"

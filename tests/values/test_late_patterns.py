"""Expressions that are compiled when they are first used: each is sound, and behaves as one."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from evidence import some

from footprint.late_pattern import LatePattern, late_pattern

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "footprint").rglob("*.py")
    if "late_pattern(" in path.read_text("utf-8") and path.stem != "late_pattern"
)


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_of_a_module_can_be_compiled(name: str) -> None:
    module = vars(import_module(name)).values()
    inside = [one for many in module if isinstance(many, list | tuple) for one in many]
    deeper = [one for many in inside if isinstance(many, tuple) for one in many]
    of_names = [one for many in module if isinstance(many, dict) for one in many.values()]
    found = [one for one in (*module, *inside, *deeper, *of_names) if isinstance(one, LatePattern)]
    for pattern in some(found):
        assert isinstance(pattern.compiled(), re.Pattern)


def test_a_late_expression_does_what_the_expression_does() -> None:
    late, plain = late_pattern(r"(?P<a>x)(\d)", re.I), re.compile(r"(?P<a>x)(\d)", re.I)
    assert late.sub("-", "aX1b") == plain.sub("-", "aX1b") == "a-b"
    assert late.pattern == plain.pattern
    assert late.groupindex == plain.groupindex
    assert [one.span() for one in late.finditer("x1 X2")] == [(0, 2), (3, 5)]
    assert late_pattern(rb"\d").search(b"a1") is not None


def test_it_is_compiled_when_it_is_first_used() -> None:
    wrong = late_pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.search("")

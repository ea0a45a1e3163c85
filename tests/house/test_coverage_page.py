"""The page of coverage: every command, route, page and case that it names is there, and it says of
each scheme what the scheme says of itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from footprint.cli.main import application
from footprint.rules.load import load_rules

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "coverage.md"
HEAD = ["no.", "system", "state", "command or route", "how", "cases", "missing or unknown"]
STATES = ("complete", "partial", "unknown", "none", "see there")
_LINK = re.compile(r"\]\(([^)]+)\)")
_CODE = re.compile(r"`([^`]+)`")
_ROUTE = re.compile(r"(GET|POST|PUT|DELETE) /")


def table() -> list[dict[str, str]]:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0] == HEAD
    return [dict(zip(HEAD, row, strict=True)) for row in cells[2:]]


ROWS = table()
NAMES = [row["no."] for row in ROWS]


def test_every_row_is_there_once_in_order() -> None:
    assert [str(number) for number in range(1, 34)] == NAMES


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_row_has_a_state_pages_and_cases_that_exist(row: dict[str, str]) -> None:
    assert row["state"] in STATES
    assert row["missing or unknown"]
    for column, folders in (("how", ("docs",)), ("cases", ("tests", "footprint/rules/data"))):
        linked = _LINK.findall(row[column])
        assert linked, f"row {row['no.']} names nothing in column {column!r}"
        for target in linked:
            file = (PAGE.parent / target).resolve()
            assert file.is_file(), target
            assert any(file.is_relative_to(ROOT / folder) for folder in folders), target


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_row_has_commands_and_routes_that_exist(row: dict[str, str]) -> None:
    named = _CODE.findall(row["command or route"])
    assert named
    routes = (ROOT / "docs" / "routes.md").read_text("utf-8")
    for one in named:
        if _ROUTE.match(one):
            assert f"`{one}`" in routes, one
        else:
            _check_command(one.split(), row)


def _check_command(words: list[str], row: dict[str, str]) -> None:
    command: Any = typer.main.get_command(application())
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    assert command.name != "footprint", row["command or route"]
    options = {name for each in command.params for name in each.opts}
    schemes = load_rules().schemes
    for word in words:
        known = word in options if word.startswith("--") else word in schemes
        assert known, f"{command.name}: {word}"


def named_schemes(row: dict[str, str]) -> list[str]:
    known = load_rules().schemes
    return [word for word in re.split(r"[`\s,]+", row["command or route"]) if word in known]


SCHEMES = [(row, one) for row in ROWS for one in named_schemes(row)]


@pytest.mark.parametrize(("row", "scheme"), SCHEMES, ids=[one for _, one in SCHEMES])
def test_a_scheme_is_as_far_here_as_it_says_itself_and_has_cases(
    row: dict[str, str], scheme: str
) -> None:
    rule = load_rules().scheme(scheme)
    if not rule.tiers:
        assert row["state"] == "complete"  # nothing to award
    elif rule.coverage.extent == "none":
        assert row["state"] == "unknown"
    else:
        assert row["state"] == rule.coverage.extent
    files = [PAGE.parent / target for target in _LINK.findall(row["cases"])]
    assert f"{scheme}.cases.yaml" in {file.name for file in files} or not rule.tiers


def test_every_label_of_the_rules_stands_on_the_page() -> None:
    labels = {one.id for one in load_rules().schemes.values() if one.kind != "method"}
    assert labels - {scheme for _, scheme in SCHEMES} == set()

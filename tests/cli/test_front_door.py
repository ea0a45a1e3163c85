"""One command alone is the command that all commands have: the same words, options and help."""

from __future__ import annotations

from typing import Any

import pytest
import typer
from evidence import some

from footprint.cli.main import GROUPS, MODULES, application

ALL: Any = typer.main.get_command(application())


def says(command: Any, name: str) -> str:
    """What `--help` says of a command, or of a group and of each command in it."""
    context = typer.Context(command, info_name=name)
    inside = getattr(command, "commands", {})
    return "\n".join([command.get_help(context), *(says(inside[one], one) for one in inside)])


@pytest.mark.parametrize("name", ALL.commands)
def test_a_command_by_itself_is_the_same_as_among_all(name: str) -> None:
    alone: Any = typer.main.get_command(application(name))
    assert says(alone.commands[name], name) == says(ALL.commands[name], name)
    assert len(alone.commands) < len(ALL.commands)


def test_the_table_names_every_command_where_it_is_made() -> None:
    listed = [name for _, _, brings in MODULES for name in brings]
    assert sorted([*listed, *GROUPS]) == sorted(ALL.commands)
    for module, _, brings in some(MODULES):
        alone: Any = typer.main.get_command(application(brings[0])) if brings else None
        assert alone is None or set(brings) <= set(alone.commands), module


@pytest.mark.parametrize("asked", ["", "footprint", "calculat", "--help", "-h"])
def test_what_is_no_command_finds_all_of_them(asked: str) -> None:
    found: Any = typer.main.get_command(application(asked))
    assert list(found.commands) == list(ALL.commands)

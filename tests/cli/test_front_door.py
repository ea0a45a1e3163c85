"""One command alone is the command that all commands have: the same words, options and help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from evidence import some

from footprint.cli.main import GROUPS, MODULES, application
from footprint.cli.plain_values import UNKNOWN, plain_value

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


def parameters(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every parameter of a command and of those inside it, with how it is reached."""
    for word, inner in getattr(command, "commands", {}).items():
        yield from parameters(inner, f"{name} {word}")
    yield from ((f"{name} {one.name}", one) for one in command.params)


#: What people type, the sound and the strange, for parameters of any kind.
TYPED = (
    *("", "a", "json", "JSON", "table", "1", "1.5", "-1", "0", "nan", "1e400", "２", "en", "无"),
    *("/", "2026-11-20", "no/such/file", ".", "\udcff", "pdf", "true", "a=b", "../x", "5%"),
)


def checked(parameter: Any, context: Any, value: Any) -> Any:
    """What Typer says of a value: (its type, it), or the sentence with which it refuses it."""
    runtime = parameter.get_runtime_param()
    try:
        found = runtime.coerce(value, param=parameter, ctx=context)
    except typer.BadParameter as refused:
        return refused.message
    return type(found), found


def test_plain_values_are_what_typer_makes_of_them(tmp_path: Path) -> None:
    context, taken = typer.Context(ALL), 0
    (tmp_path / "there").write_text("x", "utf-8")
    for name, parameter in some(list(parameters(ALL))):
        default = parameter.get_default(context, call=True)
        for word in (None, default, *TYPED, str(tmp_path), str(tmp_path / "there")):
            many = parameter.multiple and word is not None and word is not default
            given = [word, word] if many else word
            found = plain_value(parameter, given)
            if found is not UNKNOWN:
                taken += 1
                assert (type(found), found) == checked(parameter, context, given), (name, given)
    assert taken > 5_000

"""The list of all commands is made from their names alone, and says what the whole would."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import footprint
from typer.testing import CliRunner

from footprint.cli.main import application, only_names


@pytest.mark.parametrize("typed", [["--help"], []])
def test_the_list_of_commands_is_that_of_the_whole_application(typed: list[str]) -> None:
    light = application()
    only_names(light)
    whole = CliRunner().invoke(application(), typed)
    listed = CliRunner().invoke(light, typed)
    assert "calculate" in whole.output
    assert "catalogue" in whole.output
    assert (listed.output, listed.exit_code) == (whole.output, whole.exit_code)


def test_help_of_a_command_names_its_options_and_of_a_group_its_commands(tmp_path: Path) -> None:
    assert "--format" in footprint("calculate", "--help", cache=tmp_path).out
    assert "build" in footprint("data", "--help", cache=tmp_path).out

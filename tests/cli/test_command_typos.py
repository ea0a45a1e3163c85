"""Misspelt variables, settings and options end with one line; terminals get plain text only."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT, Result, footprint

from api.settings import Settings
from footprint.printable import shown, unprintable
from footprint.variables import KNOWN, OTHERS, SETTINGS, unknown_variables


def run(*arguments: str, **environment: str) -> Result:
    done = subprocess.run(
        [Path(sys.executable).parent / "footprint", *arguments],
        env=os.environ | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("FOOTPRINT_FOUREYES", "FOOTPRINT_FOUR_EYES"),
        ("FOOTPRINT_BASEURL", "FOOTPRINT_BASE_URL"),
        ("FOOTPRINT_STORE", "FOOTPRINT_STORE_DIR"),
        ("FOOTPRINT_SEAL_PASWORD", "FOOTPRINT_SEAL_PASSWORD"),
        ("footprint_cahce", "FOOTPRINT_CACHE"),
    ],
)
def test_a_misspelt_variable_ends_every_command_with_one_line(name: str, near: str) -> None:
    done = run("schemes", "list", **{name: "x"})
    assert (done.status, done.out) == (2, "")
    assert done.err == f"{name} is no setting. Did you mean {near}?\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTPRINT_FOUR_EYES", "perhaps"),
        ("FOOTPRINT_BASE_URL", "labels.example.com"),
        ("FOOTPRINT_MAX_BODY_BYTES", "10 MB"),
        ("FOOTPRINT_RATE_PER_ADDRESS", "often"),
        ("FOOTPRINT_DATABASE_URL", "secret-word"),
        ("FOOTPRINT_JOB_WORKERS", "-1"),
    ],
)
def test_a_setting_that_cannot_be_read_ends_with_one_line(
    name: str, value: str, tmp_path: Path
) -> None:
    done = run("keys", "list", "--store", str(tmp_path / "store"), **{name: value})
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{name}: ")
    assert done.err.count("\n") == 1
    assert "secret-word" not in done.err
    assert not (tmp_path / "store").exists()


def test_what_only_looks_at_a_store_says_a_wrong_setting_in_one_line_too(tmp_path: Path) -> None:
    """It printed a traceback, with the value of the setting in it."""
    held = tmp_path / "held.json"
    held.write_text("{}")
    setting = {"FOOTPRINT_DATABASE_URL": "secret-word"}
    done = run("verify", str(held), "--store", str(tmp_path / "store"), **setting)
    assert (done.status, done.out) == (2, "")
    assert (
        done.err == "FOOTPRINT_DATABASE_URL: it is no address such as postgresql://user@host/name\n"
    )


def test_every_setting_is_in_the_list_of_variables() -> None:
    assert {f"FOOTPRINT_{name.upper()}" for name in Settings.model_fields} == set(SETTINGS)


#: Constants of the code whose names look like variables.
CONSTANTS = {"FOOTPRINT_DOCUMENT", "FOOTPRINT_METRIC"}


def test_every_variable_that_is_named_anywhere_is_in_the_list() -> None:
    files = [
        *(
            path
            for room in ("api", "bench", "footprint", "tests")
            for path in (ROOT / room).rglob("*.py")
        ),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in ("Makefile", ".ci/run", "README.md")),
    ]
    named = {
        name
        for file in files
        if file != Path(__file__)
        for name in re.findall(r"FOOTPRINT_[A-Z_]*[A-Z]", file.read_text("utf-8"))
    }
    assert named - CONSTANTS - {"FOOTPRINT_FOUREYES"} <= KNOWN
    assert set(OTHERS) <= named


def test_every_variable_is_explained() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert all(f"| `{name}` |" in page for name in KNOWN)


def test_what_is_not_ours_is_nobodys_mistake() -> None:
    assert unknown_variables(["HOME", "MY_FOOTPRINT_X", "FOOTPRINTS"]) == []


def test_gwp_set_is_the_name_here_too(cache: Path) -> None:
    bom = "examples/biscuits.csv"
    one = footprint("calculate", bom, "--gwp-set", "AR5", "--format", "json", cache=cache)
    other = footprint("calculate", bom, "--gwp", "AR5", "--format", "json", cache=cache)
    assert one.document["gwp_set"] == "AR5"
    assert one.out == other.out
    help_text = footprint("calculate", "--help", cache=cache).out
    assert "--gwp-set" in help_text


def test_a_file_without_end_is_refused_early(cache: Path) -> None:
    start = time.monotonic()
    for device in ("/dev/full", "/dev/zero"):
        done = footprint("check", device, cache=cache)
        assert done.status == 1
        assert "BOM-024" in done.err
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("hidden", ["\x1b]0;title\x07", "\u009b31m", "\u202e", "\x7f"], ids=ascii)
def test_a_terminal_never_gets_what_a_file_would_do_to_it(
    cache: Path, tmp_path: Path, hidden: str
) -> None:
    text = f"# name: A{hidden}\nname{hidden},quantity,unit,col{hidden}\nsteel{hidden},1,kg,x\n"
    named = tmp_path / f"a{hidden}.csv"
    plain = tmp_path / "a.csv"
    for path in (named, plain):
        path.write_text(text, "utf-8")
        for form in ("table", "json"):
            done = footprint("check", path, "--format", form, cache=cache)
            said = done.out + done.err
            assert not unprintable(said)
            assert "\u202e" not in said


def test_what_is_shown_of_a_text() -> None:
    assert shown("a\x1b[0m\tb\r\n中文\u202e\ud800") == "a\\u001b[0m\tb\r\n中文\\u202e\\ud800"
    assert unprintable("tab\tline\nend\r") == ""

"""Nothing half-done: full, read-only, locked, foreign and broken stores are one line each.

The runs on small file systems are a sample of `bench/soak_store.py`.
"""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from served import command, settings_for
from store_kit import (
    SPOILT,
    Template,
    can_mount,
    facts_of,
    full_disk_run,
    hold,
    read_only_run,
    template,
)

from api.opening import opened
from api.store.trouble import trouble_of
from footprint.faults import InputRefused

MOUNTS = pytest.mark.skipif(not can_mount(), reason="this user may not mount file systems")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Template:
    made = template(tmp_path_factory.mktemp("stores"))
    hold(made)
    return made


@MOUNTS
@pytest.mark.parametrize("seed", range(2))
def test_a_disk_that_fills_leaves_nothing_or_all(
    start: Template, seed: int, tmp_path: Path
) -> None:
    wrong = full_disk_run(start, tmp_path, random.Random(seed))  # noqa: S311 - no secret
    assert not wrong, facts_of(wrong)


@MOUNTS
@pytest.mark.parametrize("seed", range(2))
def test_keepers_read_a_copy_that_cannot_be_written(
    start: Template, seed: int, tmp_path: Path
) -> None:
    wrong = read_only_run(start, tmp_path, random.Random(seed))  # noqa: S311 - no secret
    assert not wrong, facts_of(wrong)


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_no_store_is_one_line_and_stays_as_it_is(kind: str, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with opened(settings):
        pass
    spoil, code = SPOILT[kind]
    database = settings.store_dir / "footprint.sqlite3"
    spoil(database)
    before = database.read_bytes()
    for words in (["verify-audit"], ["keys", "rotate"], ["serve", "--port", "0"]):
        done = command(*words, "--store", settings.store_dir)
        assert (done.returncode, done.stdout) == (1, "")
        assert code in done.stderr
        assert "1 problem found." in done.stderr
        assert "Traceback" not in done.stderr
    assert database.read_bytes() == before


def test_a_locked_store_is_told_as_locked() -> None:
    locked = sqlite3.OperationalError("database is locked")
    import sqlalchemy.exc

    told = trouble_of(sqlalchemy.exc.OperationalError("SELECT 1", {}, locked), "store")
    assert told is not None
    assert "another program keeps it locked" in told.problems[0].message


def test_an_empty_token_file_says_so_at_the_first_start(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    settings.store_dir.mkdir()
    (settings.store_dir / "access-token").write_text(" \n")
    with pytest.raises(InputRefused, match="STO-004"), opened(settings):
        pass
    (settings.store_dir / "access-token").unlink()
    with opened(settings):
        assert (settings.store_dir / "access-token").read_text().startswith("fpt_")


def test_the_files_of_a_certificate_can_be_written_again(start: Template, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    done = command("files", start.number, "--out", blocked, "--store", start.store)
    assert done.returncode == 1
    assert "CLI-002" in done.stderr
    assert "Traceback" not in done.stderr
    done = command("files", start.number, "--out", tmp_path / "out", "--store", start.store)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 13

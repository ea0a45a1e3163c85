"""A store as one file: made while it is written to, put back, and killed in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import BOTH, database_address
from served import running, settings_for
from still_clock import NOON

from api.opening import opened
from api.services.backups import restore_backup, write_backup
from footprint.faults import InputRefused

KILLS = 6


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with database_address(request.param, tmp_path) as found:
        yield found if request.param == "postgresql" else None


def test_what_is_put_back_is_what_was(address: Any, tmp_path: Path) -> None:
    if address is not None and shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump on this machine")
    settings, out = settings_for(tmp_path / "a", database_url=address), tmp_path / "b.tar"
    with running(settings) as site:
        number = site.certificate()["number"]
        manifest = write_backup(settings, out, NOON)  # the service runs
        site.certificate()  # comes too late
    assert oct(out.stat().st_mode)[-3:] == "600"
    assert {"access-token", *(f for f in manifest["files"] if f.startswith("keys/"))} <= set(
        manifest["files"]
    )
    with database_address("postgresql" if address else "sqlite", tmp_path) as other:
        target = settings_for(tmp_path / "c", database_url=other if address else None)
        restore_backup(target, out)
        with opened(target) as service:
            assert service.check_audit_log().intact
            assert service.register.standing(number).status.state == "issued"
            with service.database.reading() as uow:
                rows = uow.connection.exec_driver_sql("SELECT number FROM certificates").all()
            assert [row[0] for row in rows] == [number]
            secret = (target.store_dir / "access-token").read_text()
        assert secret == (settings.store_dir / "access-token").read_text()
        with pytest.raises(InputRefused, match="a store already"):
            restore_backup(target, out)


def test_without_the_tool_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    settings = settings_for(tmp_path, database_url="postgresql://u:secret@127.0.0.1:1/none")
    with pytest.raises(InputRefused, match="pg_dump is not on the path") as refused:
        write_backup(settings, tmp_path / "b.tar", NOON)
    assert "secret" not in str(refused.value)
    assert not (tmp_path / "b.tar").exists()


def test_a_changed_backup_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    settings, out = settings_for(tmp_path / "a"), tmp_path / "b.tar"
    with opened(settings):
        write_backup(settings, out, NOON)
    with tarfile.open(out) as archive:
        at = archive.getmember("footprint.sqlite3").offset_data
    data = bytearray(out.read_bytes())
    data[at + 5_000] ^= 1
    for content in (bytes(data), bytes(data[: len(data) // 2]), b"none"):
        out.write_bytes(content)
        target = settings_for(tmp_path / "c")
        with pytest.raises(InputRefused):
            restore_backup(target, out)
        assert not target.store_dir.exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_killed_in_between_a_backup_is_whole_or_not_there(tmp_path: Path) -> None:
    settings, out = settings_for(tmp_path / "a"), tmp_path / "b.tar"
    with opened(settings) as service, service.database.writing() as uow:
        uow.connection.exec_driver_sql("CREATE TABLE heavy (x BLOB)")
        for _ in range(40):
            uow.connection.exec_driver_sql("INSERT INTO heavy VALUES (randomblob(1000000))")
    write_backup(settings, out, NOON)
    first = out.read_bytes()
    whole = 0
    for kill in range(KILLS):
        started = _started("backup", "--out", out, "--store", settings.store_dir)
        _kill_once(started, out.parent, kill)
        with tarfile.open(out) as archive:  # the earlier one, or the new one: whole in any case
            whole += len(archive.getnames()) > 1
        target = settings_for(tmp_path / f"c{kill}")
        restoring = _started("restore", out, "--store", target.store_dir)
        _kill_once(restoring, target.store_dir.parent, kill)
        if target.store_dir.exists():
            assert (target.store_dir / "footprint.sqlite3").stat().st_size > 40_000_000
        else:
            restore_backup(target, out)
        with opened(target) as service:
            assert service.check_audit_log().intact
        shutil.rmtree(target.store_dir)
    assert whole == KILLS
    assert len(out.read_bytes()) == len(first)


def _started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    code = "from footprint.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stderr=subprocess.DEVNULL,
    )


def _kill_once(process: subprocess.Popen[bytes], folder: Path, kill: int) -> None:
    """Kill it once it works in `folder`, a little later each time."""
    folder.mkdir(parents=True, exist_ok=True)
    while process.poll() is None and not any(one.name.startswith(".") for one in folder.iterdir()):
        time.sleep(0.002)
    time.sleep(0.02 * kill)
    process.kill()
    process.wait()

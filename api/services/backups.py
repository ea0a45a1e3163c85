"""Backups: database, keys and tokens in one file, which is whole or not there.

SQLite is copied by its own online backup while the service runs; PostgreSQL by `pg_dump`, which
must be on the path. A backup holds private keys: keep it like them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from api.settings import Settings
from api.store.faults import BACKUP_BROKEN, NO_DUMP, STORE_TAKEN
from footprint.faults import Where
from footprint.version import __version__

MANIFEST, SQLITE, DUMP, KEYS = "manifest.json", "footprint.sqlite3", "database.dump", "keys/"
TOKEN = "access-token"  # noqa: S105 - the name of a file
_PIECE = 1 << 20


def write_backup(settings: Settings, out: Path, now: datetime) -> dict[str, Any]:
    """Write everything into `out`; its manifest. Whatever stops it, `out` is whole or not there.

    Raises InputRefused (STO-005: no pg_dump, or it failed), OSError, sqlite3.Error.
    """
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=out.parent) as folder:
        work = Path(folder)
        members = dict(_database(settings, work))
        for path in sorted(settings.keys_folder.glob("*")):
            if path.is_file():
                members[KEYS + path.name] = path
        token = settings.store_dir / TOKEN
        if token.exists():
            members[TOKEN] = token
        manifest = {
            "type": "backup",
            "schema": "1",
            "engine": __version__,
            "made_at": now.isoformat(),
            "files": {name: _hash(path) for name, path in members.items()},
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        draft = work / "backup.tar"
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w") as archive:
            for name, path in {MANIFEST: work / MANIFEST, **members}.items():
                archive.add(path, name, recursive=False)
        _to_disk(draft)
        draft.replace(out)
        _to_disk(out.parent)
    return manifest


def _database(settings: Settings, work: Path) -> Iterator[tuple[str, Path]]:
    address = settings.database
    if not address.startswith("sqlite"):
        copy = work / DUMP
        _run(address, "pg_dump", "--format=custom", f"--file={copy}")
        yield DUMP, copy
        return
    copy = work / SQLITE
    source = Path(address.partition(":///")[2])
    source.stat()  # connecting would make it
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    yield SQLITE, copy


def restore_backup(settings: Settings, file: Path) -> dict[str, Any]:
    """Put a backup into an empty place: the store's folder must not hold a store, a PostgreSQL
    database must be empty. Everything is checked first; its manifest.

    Raises InputRefused: STO-005, STO-006 (the file is no whole backup), STO-007 (there is a store
    already), OSError.
    """
    target = settings.store_dir
    if target.exists() and any(target.iterdir()):
        raise STORE_TAKEN.refuse(
            "There is a store already; a backup is put into an empty place only.",
            Where(str(target)),
            "Give another folder by --store, or move this one away.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with _unpacked(file, target.parent) as (folder, manifest):
        dump = folder / DUMP
        if dump.exists():
            whole = ("--no-owner", "--exit-on-error", "--single-transaction")
            _run(settings.database, "pg_restore", *whole, str(dump))
            dump.unlink()
        for path in folder.rglob("*"):
            if path.is_file():
                _to_disk(path)
        if target.exists():
            target.rmdir()
        folder.rename(target)
        _to_disk(target.parent)
    return manifest


@contextmanager
def _unpacked(file: Path, beside: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The members of a backup in a folder of their own, each as its manifest says."""
    folder = Path(tempfile.mkdtemp(prefix=".restore-", dir=beside))
    try:
        try:
            with tarfile.open(file, "r:") as archive:
                archive.extractall(folder, filter="data")
            manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
            files = {name: _hash(folder / name) for name in manifest["files"]}
        except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as error:
            raise _broken(file, f"it cannot be read: {error}") from None
        if files != manifest["files"]:
            raise _broken(file, "a file in it is not what its manifest says")
        (folder / MANIFEST).unlink()
        (folder / KEYS).mkdir(mode=0o700, exist_ok=True)
        yield folder, manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _broken(file: Path, why: str) -> Exception:
    return BACKUP_BROKEN.refuse(why, Where(str(file)), "Nothing was changed. Take another backup.")


def _run(address: str, program: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on the database of `address`. The password is in no argument, which
    others on this machine may see, and in no message."""
    found = shutil.which(program)
    if found is None:
        raise NO_DUMP.refuse(
            f"{program} is not on the path of this machine.",
            hint="Install PostgreSQL's client programs, of the server's version or newer.",
        )
    url = make_url(address)
    # `url.set` takes None for "as it was", and writes stars for what it hides.
    plain = url.set(drivername="postgresql")._replace(password=None).render_as_string()
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    done = subprocess.run(  # noqa: S603 - our own arguments
        [found, f"--dbname={plain}", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "://" not in line]
        raise NO_DUMP.refuse(f"{program} failed: {' '.join(lines)[:300]}")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return f"sha256:{digest.hexdigest()}"


def _to_disk(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder. Windows opens no folder (its file system
    keeps names in a log), and lets only those who may write have a file written out."""
    try:
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

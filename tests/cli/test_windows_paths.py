"""Paths of Windows: in addresses of databases, in commands to be typed, in names of uploads.

`PureWindowsPath` is what `Path` is there; what opens files is tried where the tests run.
"""

from __future__ import annotations

import ast
import errno
import os
import shlex
import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from evidence import some
from sqlalchemy.engine import make_url

from api.routes.upload import base_name
from api.services.backups import _to_disk
from api.settings import sqlite_address
from api.store.database import _uri
from footprint.bom.facts_read import stem_of
from footprint.cli.output import typed

ROOT = Path(__file__).parents[2]
STORE = PureWindowsPath(r"C:\Users\李 伟\footprint store")
SHARE = PureWindowsPath(r"\\server\pcf data\store")
#: What Windows lacks, by module; `os.name` or `sys.platform` may stand guard.
POSIX_ONLY = {
    "os": set(
        """
        fork forkpty getuid geteuid getgid getegid setuid setgid chown fchown lchown fchmod killpg
        setsid getpgid mkfifo mknod uname nice statvfs fdatasync sync pread pwrite confstr sysconf
        sched_getaffinity O_DIRECTORY O_NOFOLLOW O_CLOEXEC O_NONBLOCK O_SYNC WNOHANG waitid
        """.split()
    ),
    "signal": set("SIGKILL SIGHUP SIGUSR1 SIGUSR2 SIGALRM SIGCHLD SIGPIPE alarm pause".split()),
    "socket": {"AF_UNIX", "SO_REUSEPORT"},
}
MODULES = frozenset("fcntl pwd grp resource termios tty pty crypt syslog readline".split())
#: Where such a thing stands, and why no user on Windows gets there.
KNOWN = {
    ("api/shared_counts.py", "fcntl"): "of several processes, which Windows is refused (API-528)",
}


@pytest.mark.parametrize(
    ("store", "kept"),
    [
        (STORE, "C:/Users/李 伟/footprint store/footprint.sqlite3"),
        (SHARE, "//server/pcf data/store/footprint.sqlite3"),
        (PurePosixPath("/srv/a b"), "/srv/a b/footprint.sqlite3"),
    ],
)
def test_the_address_of_the_embedded_database_keeps_its_path(store: PurePath, kept: str) -> None:
    assert make_url(sqlite_address(store)).database == kept


def test_sqlite_reads_a_path_of_windows_from_its_root() -> None:
    address = _uri(STORE / "footprint.sqlite3", "mode=ro")
    assert address == (
        "file:///C:/Users/%E6%9D%8E%20%E4%BC%9F/footprint%20store/footprint.sqlite3?mode=ro"
    )


@pytest.mark.parametrize("name", ["plain", "a b", "铝#1", "50%20", "why?"])
def test_sqlite_opens_the_file_that_is_meant(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.sqlite3"
    with sqlite3.connect(file) as made:
        made.execute(f"PRAGMA user_version = {len(name)}")
    made.close()
    found = sqlite3.connect(_uri(file, "mode=ro"), uri=True)
    assert found.execute("PRAGMA user_version").fetchone() == (len(name),)
    found.close()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (PureWindowsPath(r"C:\data\store"), r"C:\data\store"),
        (STORE, r'"C:\Users\李 伟\footprint store"'),
        (PureWindowsPath(r"C:\R&D\store"), r'"C:\R&D\store"'),
        (PureWindowsPath(r"C:\it's\store"), r'"C:\it' + r"'s\store" + '"'),
        (PurePosixPath("/srv/store"), "/srv/store"),
    ],
)
def test_a_command_is_printed_as_it_is_typed(path: PurePath, shown: str) -> None:
    assert typed(path) == shown


@pytest.mark.parametrize("text", ["/srv/a b", "/srv/it's", "/srv/$HOME", "/srv/李"])
def test_a_path_comes_back_from_the_shell_as_it_was(text: str) -> None:
    assert shlex.split(typed(PurePosixPath(text))) == [text]


def test_names_of_uploads_and_of_products_have_no_folder() -> None:
    file = PureWindowsPath(r"C:\Users\李 伟\Desktop\台灯 BOM.csv")
    assert base_name(str(file)) == "台灯 BOM.csv"
    assert stem_of(str(file)) == "台灯 BOM"


def test_a_backup_reaches_the_disk_where_folders_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to open a folder, and to write out a file that was opened for reading."""
    held: list[int] = []
    opened = os.open

    def windows(path: Path, flags: int) -> int:
        if path.is_dir():
            raise PermissionError(errno.EACCES, "Permission denied")
        assert flags & os.O_RDWR
        held.append(opened(path, flags))
        return held[-1]

    monkeypatch.setattr("api.services.backups.os.open", windows)
    file = tmp_path / "backup.tar"
    file.write_bytes(b"x")
    _to_disk(file)
    _to_disk(tmp_path)
    assert len(held) == 1


def test_nothing_is_called_that_windows_lacks() -> None:
    folders = some(["footprint", "api", "label_templates", "lci_data"])
    found = {one for folder in folders for one in _used(ROOT / folder)}
    assert found == set(KNOWN), "give it another way, or tell here why nobody gets there"


def _used(folder: Path) -> Iterator[tuple[str, str]]:
    for path in some(sorted(folder.rglob("*.py"))):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names=names):
                    yield from ((name, one.name) for one in names if one.name in MODULES)
                case ast.ImportFrom(module=str(module), names=names):
                    if module in MODULES:
                        yield name, module
                    lacking = POSIX_ONLY.get(module, set())
                    yield from ((name, one.name) for one in names if one.name in lacking)
                case ast.Attribute(value=ast.Name(id=module), attr=attr):
                    if attr in POSIX_ONLY.get(module, set()):
                        yield name, f"{module}.{attr}"
                case ast.Constant(value=str(text)) if text.startswith(("/dev/", "/proc/")):
                    yield name, text

"""The files of an import: one file, a folder, or a zip, behind limits.

A stranger's archive is never unpacked to disk, and nothing of it is read before its directory has
been checked as a whole: sizes, ratio, names, links, encryption, archives inside.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.archives import open_tar, zip_members
from footprint.importers.member import PROJECT_DATABASE, ImportMember, refuse_all, size_problems


@dataclass(frozen=True, slots=True)
class Members:
    """All files of an import, sorted by name; `name` is the file or folder itself."""

    name: str
    files: tuple[ImportMember, ...]

    def digest(self) -> str:
        """SHA-256 over the names and contents of all files, hexadecimal."""
        whole = hashlib.sha256()
        for member in self.files:
            content = hashlib.sha256(member.read()).hexdigest()
            whole.update(f"{member.name} {content}\n".encode())
        return whole.hexdigest()


@contextmanager
def open_members(path: Path) -> Iterator[Members]:
    """The files behind a path. Raises `InputRefused` (IMP-001, IMP-002, IMP-003)."""
    where = Where(path.name)
    if (path / PROJECT_DATABASE).is_file():
        # A Brightway project holds more, such as packed arrays of the same figures.
        yield Members(path.name, (_project_member(path),))
    elif path.is_dir():
        yield Members(path.name, _folder_members(path))
    elif not path.is_file():
        raise faults.UNREADABLE.refuse(f"there is no file or folder {path}", where)
    elif path.name.lower().endswith((".tar.gz", ".tgz")):
        with open_tar(path) as files:
            yield Members(path.name, files)
    elif path.suffix.lower() != ".xlsx" and zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                yield Members(path.name, zip_members(archive, path.stat().st_size))
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise faults.UNREADABLE.refuse(f"the archive is damaged: {error}", where) from None
    else:
        member = _file_member(path, path.name)
        refuse_all(size_problems([(member.name, member.size)]))
        yield Members(path.name, (member,))


def _file_member(path: Path, name: str) -> ImportMember:
    def read(count: int) -> bytes:
        with path.open("rb") as file:
            return file.read(count)

    return ImportMember(name, path.stat().st_size, read)


def _project_member(root: Path) -> ImportMember:
    path = root / PROJECT_DATABASE
    if not stat.S_ISREG(path.lstat().st_mode):
        message = "this is a link or a device; only plain files are read"
        raise faults.UNSAFE_ARCHIVE.refuse(message, Where(PROJECT_DATABASE))
    member = _file_member(path, PROJECT_DATABASE)
    refuse_all(size_problems([(member.name, member.size)]))
    return member


def _folder_members(root: Path) -> tuple[ImportMember, ...]:
    members = []
    problems = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            continue
        if not stat.S_ISREG(mode):
            message = "this is a link or a device; only plain files are read"
            problems.append(faults.UNSAFE_ARCHIVE.at(Where(name), message))
            continue
        members.append(_file_member(path, name))
    refuse_all([*problems, *size_problems([(m.name, m.size) for m in members])])
    return tuple(members)

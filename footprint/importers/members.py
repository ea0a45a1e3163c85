"""The files of an import: one file, a folder, or a zip, behind limits.

A stranger's archive is never unpacked to disk, and nothing of it is read before its directory has
been checked as a whole: sizes, ratio, names, links, encryption, archives inside.
"""

from __future__ import annotations

import hashlib
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from footprint.faults import InputRefused, Problem, Where
from footprint.importers import faults

#: The largest national database published as single files has about 100,000.
MAX_MEMBERS = 250_000
#: ecoinvent's 20,000 processes take 2-3 GB; a single file of 11,000 processes about 400 MB.
MAX_MEMBER_BYTES = 1_000_000_000
MAX_TOTAL_BYTES = 16_000_000_000
#: XML of life-cycle data packs to a tenth, repetitive JSON to a fortieth.
MAX_RATIO = 200
_RATIO_FROM = 1_000_000
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zolca", ".bw2package")
#: The one file that is taken from a Brightway project, or from the `.tar.gz` of one.
PROJECT_DATABASE = "lci/databases.db"
_PACKED_MAGIC = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True, slots=True)
class Member:
    """A file to import: its name (with `/`), and how to read it."""

    name: str
    size: int
    _read: Callable[[int], bytes]

    @property
    def suffix(self) -> str:
        """The lower-case suffix, such as `.xml`."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def folder(self) -> str:
        """The name of the folder that the file lies in, lower-case; empty at the top."""
        return PurePosixPath(self.name).parent.name.lower()

    def head(self, count: int = 4096) -> bytes:
        """The first bytes of the file."""
        return self._read(count)

    def read(self) -> bytes:
        """The whole content. Raises `InputRefused` (IMP-002, IMP-003)."""
        data = self._read(MAX_MEMBER_BYTES + 1)
        if len(data) > MAX_MEMBER_BYTES:
            raise faults.TOO_LARGE.refuse(f"more than {MAX_MEMBER_BYTES:,} bytes", Where(self.name))
        if data.startswith(_PACKED_MAGIC) and self.suffix != ".xlsx":
            raise faults.UNSAFE_ARCHIVE.refuse(
                "this is an archive inside an archive, or one of an unknown kind",
                Where(self.name),
                "Unpack it, and import the folder.",
            )
        return data


@dataclass(frozen=True, slots=True)
class Members:
    """All files of an import, sorted by name; `name` is the file or folder itself."""

    name: str
    files: tuple[Member, ...]

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
                yield Members(path.name, _zip_members(archive, path.stat().st_size))
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise faults.UNREADABLE.refuse(f"the archive is damaged: {error}", where) from None
    else:
        member = _file_member(path, path.name)
        _refuse(_size_problems([(member.name, member.size)]))
        yield Members(path.name, (member,))


@contextmanager
def open_tar(path: Path) -> Iterator[tuple[Member, ...]]:
    """The database of the one Brightway project in a `.tar.gz`; nothing else of it is unpacked.

    Such an archive can be read from its beginning only, so its files are gone through once. Raises
    `InputRefused` (IMP-001, IMP-002, IMP-003).
    """
    where = Where(path.name)
    packed = path.stat().st_size
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            total = 0
            for number, info in enumerate(archive):
                total += info.size
                _refuse([*_tar_problems(info, number), *_total_problems(total, packed)])
                wanted = info.name.endswith(PROJECT_DATABASE)
                file = archive.extractfile(info) if wanted else None
                if file is not None:
                    found[info.name] = file.read(MAX_MEMBER_BYTES + 1)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise faults.UNREADABLE.refuse(f"the archive is damaged: {error}", where) from None
    if not found:
        hint = "Unpack it, and import the folder."
        message = "of .tar.gz only the backup of a Brightway project is read; this is none"
        raise faults.UNREADABLE.refuse(message, where, hint)
    yield tuple(_bytes_member(name, data) for name, data in sorted(found.items()))


def _tar_problems(info: tarfile.TarInfo, number: int) -> Iterator[Problem]:
    where = Where(info.name[:200])
    parts = PurePosixPath(info.name).parts
    if info.name.startswith("/") or ".." in parts or "\\" in info.name or "\x00" in info.name:
        yield faults.UNSAFE_ARCHIVE.at(where, "the name leads out of the archive")
    if not (info.isreg() or info.isdir()):
        yield faults.UNSAFE_ARCHIVE.at(where, "this is a link or a device; only files are read")
    if number >= MAX_MEMBERS:
        yield faults.TOO_LARGE.at(Where(), f"more than {MAX_MEMBERS:,} files")
    if info.size > MAX_MEMBER_BYTES:
        message = f"{info.size:,} bytes; the limit is {MAX_MEMBER_BYTES:,}"
        yield faults.TOO_LARGE.at(where, message)


def _bytes_member(name: str, data: bytes) -> Member:
    return Member(name, len(data), lambda count: data[:count])


def _file_member(path: Path, name: str) -> Member:
    def read(count: int) -> bytes:
        with path.open("rb") as file:
            return file.read(count)

    return Member(name, path.stat().st_size, read)


def _project_member(root: Path) -> Member:
    path = root / PROJECT_DATABASE
    if not stat.S_ISREG(path.lstat().st_mode):
        message = "this is a link or a device; only plain files are read"
        raise faults.UNSAFE_ARCHIVE.refuse(message, Where(PROJECT_DATABASE))
    member = _file_member(path, PROJECT_DATABASE)
    _refuse(_size_problems([(member.name, member.size)]))
    return member


def _folder_members(root: Path) -> tuple[Member, ...]:
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
    _refuse([*problems, *_size_problems([(m.name, m.size) for m in members])])
    return tuple(members)


def _zip_members(archive: zipfile.ZipFile, packed: int) -> tuple[Member, ...]:
    check_archive(archive, packed)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    members = [_zip_member(archive, info) for info in infos]
    return tuple(sorted(members, key=lambda member: member.name))


def check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    """Check the directory of a zip of `packed` bytes. Raises `InputRefused` with all problems.

    The sizes are those that the archive declares; reading never goes beyond them.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    problems = [problem for info in infos for problem in _info_problems(info)]
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        problems.append(faults.UNSAFE_ARCHIVE.at(Where(), "two files have the same name"))
    problems += _size_problems([(info.filename, info.file_size) for info in infos])
    problems += _total_problems(sum(info.file_size for info in infos), packed)
    _refuse(problems)


def _total_problems(total: int, packed: int) -> Iterator[Problem]:
    """What is wrong with an archive of `packed` bytes that unpacks to `total`."""
    if total > _RATIO_FROM and total > MAX_RATIO * packed:
        message = f"{packed:,} bytes unpack to {total:,}: more than {MAX_RATIO} times as much"
        yield faults.TOO_LARGE.at(Where(), message)


def _info_problems(info: zipfile.ZipInfo) -> Iterator[Problem]:
    name = info.filename
    where = Where(name[:200])
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\x00" in name:
        yield faults.UNSAFE_ARCHIVE.at(where, "the name leads out of the archive")
    if stat.S_ISLNK(info.external_attr >> 16):
        yield faults.UNSAFE_ARCHIVE.at(where, "this is a symbolic link")
    if info.flag_bits & 0x1:
        yield faults.UNSAFE_ARCHIVE.at(where, "the file is encrypted")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        yield faults.UNSAFE_ARCHIVE.at(where, "the compression is neither none nor deflate")
    if PurePosixPath(name).suffix.lower() in _NESTED:
        hint = "Unpack it, and import what is inside."
        yield faults.UNSAFE_ARCHIVE.at(where, "this is an archive inside an archive", hint)
    if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
        message = f"{info.compress_size:,} bytes unpack to {info.file_size:,}"
        yield faults.TOO_LARGE.at(where, message)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    def read(count: int) -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(count)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error) as error:
            raise faults.UNREADABLE.refuse(
                f"the archive is damaged: {error}", Where(info.filename)
            ) from None

    return Member(info.filename, info.file_size, read)


def _size_problems(sizes: list[tuple[str, int]]) -> Iterator[Problem]:
    if len(sizes) > MAX_MEMBERS:
        yield faults.TOO_LARGE.at(Where(), f"{len(sizes):,} files; the limit is {MAX_MEMBERS:,}")
    for name, size in sizes:
        if size > MAX_MEMBER_BYTES:
            message = f"{size:,} bytes; the limit is {MAX_MEMBER_BYTES:,}"
            yield faults.TOO_LARGE.at(Where(name[:200]), message)
    total = sum(size for _, size in sizes)
    if total > MAX_TOTAL_BYTES:
        yield faults.TOO_LARGE.at(Where(), f"{total:,} bytes; the limit is {MAX_TOTAL_BYTES:,}")


def _refuse(problems: list[Problem] | Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputRefused(found)

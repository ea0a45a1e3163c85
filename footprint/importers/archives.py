"""Packed imports: zip and tar behind limits, without writing anything to disk."""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from footprint.faults import Problem, Where
from footprint.importers import faults
from footprint.importers.member import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    NESTED,
    PROJECT_DATABASE,
    RATIO_FROM,
    ImportMember,
    refuse_all,
    size_problems,
)


@contextmanager
def open_tar(path: Path) -> Iterator[tuple[ImportMember, ...]]:
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
                refuse_all([*_tar_problems(info, number), *_total_problems(total, packed)])
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


def _bytes_member(name: str, data: bytes) -> ImportMember:
    return ImportMember(name, len(data), lambda count: data[:count])


def zip_members(archive: zipfile.ZipFile, packed: int) -> tuple[ImportMember, ...]:
    """The files of a zip, once its directory is found harmless. Raises InputRefused."""
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
    problems += size_problems([(info.filename, info.file_size) for info in infos])
    problems += _total_problems(sum(info.file_size for info in infos), packed)
    refuse_all(problems)


def _total_problems(total: int, packed: int) -> Iterator[Problem]:
    """What is wrong with an archive of `packed` bytes that unpacks to `total`."""
    if total > RATIO_FROM and total > MAX_RATIO * packed:
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
    if PurePosixPath(name).suffix.lower() in NESTED:
        hint = "Unpack it, and import what is inside."
        yield faults.UNSAFE_ARCHIVE.at(where, "this is an archive inside an archive", hint)
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
        message = f"{info.compress_size:,} bytes unpack to {info.file_size:,}"
        yield faults.TOO_LARGE.at(where, message)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ImportMember:
    def read(count: int) -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(count)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error) as error:
            raise faults.UNREADABLE.refuse(
                f"the archive is damaged: {error}", Where(info.filename)
            ) from None

    return ImportMember(info.filename, info.file_size, read)

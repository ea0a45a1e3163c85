"""One file of an import, and the limits that every import keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from footprint.faults import InputRefused, Problem, Where
from footprint.importers import faults

#: The largest national database published as single files has about 100,000.
MAX_MEMBERS = 250_000
#: ecoinvent's 20,000 processes take 2-3 GB; a single file of 11,000 processes about 400 MB.
MAX_MEMBER_BYTES = 1_000_000_000
MAX_TOTAL_BYTES = 16_000_000_000
#: XML of life-cycle data packs to a tenth, repetitive JSON to a fortieth.
MAX_RATIO = 200
RATIO_FROM = 1_000_000
NESTED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zolca", ".bw2package")
#: The one file that is taken from a Brightway project, or from the `.tar.gz` of one.
PROJECT_DATABASE = "lci/databases.db"
_PACKED_MAGIC = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True, slots=True)
class ImportMember:
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


def size_problems(sizes: list[tuple[str, int]]) -> Iterator[Problem]:
    """What is too many or too large, of names and bytes."""
    if len(sizes) > MAX_MEMBERS:
        yield faults.TOO_LARGE.at(Where(), f"{len(sizes):,} files; the limit is {MAX_MEMBERS:,}")
    for name, size in sizes:
        if size > MAX_MEMBER_BYTES:
            message = f"{size:,} bytes; the limit is {MAX_MEMBER_BYTES:,}"
            yield faults.TOO_LARGE.at(Where(name[:200]), message)
    total = sum(size for _, size in sizes)
    if total > MAX_TOTAL_BYTES:
        yield faults.TOO_LARGE.at(Where(), f"{total:,} bytes; the limit is {MAX_TOTAL_BYTES:,}")


def refuse_all(problems: list[Problem] | Iterator[Problem]) -> None:
    """Raise InputRefused with all problems, if there are any."""
    found = list(problems)
    if found:
        raise InputRefused(found)

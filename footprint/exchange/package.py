"""Zip packages from strangers, unpacked within limits."""

from __future__ import annotations

import io
import zipfile

from footprint.exchange.faults import NOT_A_DOCUMENT
from footprint.faults import Where
from footprint.sheets.archive import BROKEN_ZIP
from footprint.sheets.limits import MAX_RATIO

#: Most bytes and files that are unpacked: a published declaration has some hundred small files.
_MAX_UNPACKED = 100_000_000
_MAX_FILES = 5_000


def is_package(data: bytes) -> bool:
    """Whether bytes begin as a zip archive does."""
    return data[:4] == b"PK\x03\x04"


def unpacked(data: bytes, file: str, *endings: str) -> dict[str, bytes]:
    """The files in a package whose names end so, by their paths; pictures and pages are left alone.

    Raises `InputRefused` (EXC-001) for what is broken, too large or has a name twice.
    """
    where = Where(file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if len(members) > _MAX_FILES or size > min(
                _MAX_UNPACKED, MAX_RATIO * len(data) + 10**6
            ):
                message = f"the package holds {len(members):,} files of {size:,} bytes, too many"
                raise NOT_A_DOCUMENT.refuse(message, where)
            names = [member.filename for member in members]
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                message = f"the package holds {twice!r} twice, and which one counts is open"
                raise NOT_A_DOCUMENT.refuse(message, where)
            return {
                name.replace("\\", "/").lstrip("/"): archive.read(name)
                for name in names
                if name.lower().endswith(endings)
            }
    except (*BROKEN_ZIP, ValueError) as error:
        message = f"this is not a sound package: {str(error)[:80]}"
        raise NOT_A_DOCUMENT.refuse(message, where) from None

"""Workbooks are zip archives: what is in one, unpacked within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from footprint.faults import Where
from footprint.sheets import faults
from footprint.sheets.limits import MAX_RATIO, MAX_UNPACKED

#: What `zipfile` raises for archives that are broken or encrypted.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, NotImplementedError)

Members = dict[str, bytes]


def member_names(data: bytes, where: Where) -> list[str]:
    """The names in an archive whose stated sizes are within the limits.

    Raises `InputRefused` (BOM-001, 024).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (*BROKEN_ZIP, ValueError) as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound workbook: {error}", where) from None
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data) + 1_000_000:
        raise faults.TOO_LARGE.refuse(f"the workbook unpacks to {unpacked:,} bytes", where)
    return [member.filename for member in members]


def unpack(data: bytes, where: Where) -> Members:
    """The XML files of a workbook by name; pictures and macros are left alone.

    Raises `InputRefused` (BOM-001, 024).
    """
    member_names(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                name.replace("\\", "/").lstrip("/"): archive.read(name)
                for name in archive.namelist()
                if name.lower().endswith((".xml", ".rels", "mimetype"))
            }
    except (*BROKEN_ZIP, ValueError) as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound workbook: {error}", where) from None


def repack(members: Members) -> io.BytesIO:
    """The same files as an archive without compression, each exactly as long as it says.

    A reader in another language may unpack until the stream ends whatever size the archive states;
    what was measured and what is read are so the same bytes.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed

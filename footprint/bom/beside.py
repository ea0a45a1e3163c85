"""What stands in a bill's file and beside it: bytes, choices, answers to questions."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from footprint.bom import faults
from footprint.bom.choices import FOLDER_FILE, SUFFIX
from footprint.bounded import read_bounded
from footprint.faults import Where
from footprint.reading.header import choose_sheet
from footprint.reading.mapping import fingerprint_in, options_from, with_answers
from footprint.reading.options import ReadingOptions
from footprint.reading.read import fingerprint
from footprint.sheets.limits import MAX_BYTES
from footprint.sheets.open import open_book


def answers_of(
    mapping: bytes | None, filename: str, options: ReadingOptions | None
) -> ReadingOptions:
    """The saved answers with those of now over them. Raises `InputRefused` (BOM-046)."""
    if mapping is None:
        return options or ReadingOptions()
    saved = options_from(mapping, str(PurePath(filename).with_suffix(".mapping.yaml")))
    return with_answers(saved, options) if options is not None else saved


def mapping_beside(path: Path) -> bytes | None:
    """The saved answers for a file: `NAME.mapping.yaml`, or any `*.mapping.yaml` in its folder
    that was saved for the same headings."""
    own = bytes_beside(path, ".mapping.yaml")
    if own is not None:
        return own
    try:
        with os.scandir(path.parent) as folder:
            beside = [one.name for one in folder if one.name.endswith(".mapping.yaml")]
    except OSError:  # no folder, or none that may be listed
        beside = []
    if not beside:
        return None
    table, _ = choose_sheet(open_book(bytes_of(path), path.name), None, None)
    wanted = fingerprint(table) if table is not None else ""
    found = (bytes_of(path.parent / name) for name in sorted(beside))
    return next((data for data in found if wanted and fingerprint_in(data) == wanted), None)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises `InputRefused` (BOM-001) if it cannot be read."""
    try:
        return read_bounded(path, MAX_BYTES)  # a longer one is refused by whoever reads it
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise faults.UNREADABLE.refuse(
            f"the file cannot be read: {reason}", Where(str(path))
        ) from None


def bytes_beside(path: Path, suffix: str) -> bytes | None:
    """The bytes of the file beside a table that has this suffix instead; None if there is none."""
    if not path.name:  # a folder such as `.`
        return None
    path = path.with_suffix(suffix)
    return bytes_of(path) if path.is_file() else None


def choices_beside(path: Path) -> bytes | None:
    """The bytes of the choices for a table: its own file, else that of its folder."""
    own = bytes_beside(path, SUFFIX)
    folder = path.parent / FOLDER_FILE
    return own if own is not None or not folder.is_file() else bytes_of(folder)

"""Read a file that somebody named, within the size that any of the readers takes."""

from __future__ import annotations

from pathlib import Path

from footprint.bom import faults
from footprint.faults import Where

#: The largest file that any of the readers takes: a bundle.
_MOST_BYTES = 100_000_000


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises `InputRefused` (BOM-001) if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)  # a longer file is refused by whoever reads it
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        where = Where(str(path))
        raise faults.UNREADABLE.refuse(f"the file cannot be read: {reason}", where) from None

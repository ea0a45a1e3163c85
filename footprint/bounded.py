"""Read a file of which nobody knows how long it is: `/dev/full` and a pipe may never end."""

from __future__ import annotations

from pathlib import Path


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most one more than `limit`, by which the caller knows that it is too
    long. Raises OSError."""
    with path.open("rb") as file:
        return file.read(limit + 1)

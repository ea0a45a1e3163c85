"""The console's own files: style and script, named by their hash so that browsers keep them."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "console"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent: its name with the hash, its type, its bytes, and those compressed."""

    name: str
    media_type: str
    content: bytes
    packed: bytes


@cache
def static_files() -> dict[str, StaticFile]:
    """The files by the name that they are asked for by."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in _TYPES:
            content = path.read_bytes()
            mark = hashlib.sha256(content).hexdigest()[:12]
            name = f"{path.stem}.{mark}{path.suffix}"
            packed = gzip.compress(content, 9, mtime=0)
            found[name] = StaticFile(name, _TYPES[path.suffix], content, packed)
    return found


@cache
def static_address(name: str) -> str:
    """The address of one of our files (`console.css`). Raises StopIteration for another name."""
    stem, _, ending = name.rpartition(".")
    known = static_files()
    return "/static/" + next(
        one for one in known if one.startswith(f"{stem}.") and one.endswith(f".{ending}")
    )

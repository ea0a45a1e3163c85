"""The engine manifest: which program calculated, file by file, and with which libraries.

A version number says what a program should be; the hash of its files says what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from footprint.canonical import bytes_hash, content_hash
from footprint.version import __version__

#: The rooms and files that a footprint or a decision passes through.
ROOMS = (
    *("bom", "brightway", "documents", "engine", "inventory", "matching", "method", "rules"),
    *("site", "supplier", "values"),
)
FILES = (
    *("bounds.py", "canonical.py", "canonical_fast.py", "locations.py", "study.py", "units.py"),
    "validity.py",
)
_SUFFIXES = (".py", ".yaml", ".json", ".txt", ".csv")
#: Libraries whose arithmetic decides the last digit: matrices, solver, the matrices' builder.
LIBRARIES = ("numpy", "scipy", "bw2calc", "bw_processing")


@cache
def engine_manifest() -> Mapping[str, Any]:
    """The manifest of the engine that runs now: {version, files: {path: hash}, libraries}.

    Rule files are not part of it: they have a hash of their own.
    """
    package = resources.files("footprint")
    found: dict[str, str] = {name: bytes_hash((package / name).read_bytes()) for name in FILES}
    for room in ROOMS:
        if (package / room).is_dir():
            found |= _hashes(package / room, room)
    return {
        "type": "engine",
        "schema": "1",
        "version": __version__,
        "files": dict(sorted(found.items())),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
    }


@cache
def engine_manifest_hash() -> str:
    """The content hash of `engine_manifest`, as certificates name it."""
    return content_hash(dict(engine_manifest()))


def differing_files(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """The files that two manifests disagree on, sorted; those that only one has are among them."""
    first, second = there.get("files"), here.get("files")
    if not isinstance(first, Mapping) or not isinstance(second, Mapping):
        return ["(no list of files)"]
    names = {str(name) for name in (*first, *second)}
    return sorted(name for name in names if first.get(name) != second.get(name))


def _hashes(folder: Traversable, path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            # The rules' data is the rule book, which changes by date and is hashed on its own.
            if entry.name != "__pycache__" and name != "rules/data":
                found |= _hashes(entry, name)
        elif entry.name.endswith(_SUFFIXES):
            found[name] = bytes_hash(entry.read_bytes())
    return found

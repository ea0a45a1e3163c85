"""The engine manifest: which program calculated, file by file, and with which libraries.

A version number says what a program should be; the hash of its files says what it was. The files
are the import closure of `footprint.study`, which every footprint and decision comes through, and
the data files that these modules read: a fact, and no list that somebody keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from footprint.canonical import bytes_hash, content_hash
from footprint.proof.closure import closure_of
from footprint.version import __version__

#: The module that everything certified comes through.
ENGINE = "study"


@cache
def engine_manifest() -> Mapping[str, Any]:
    """The manifest of the engine that runs now: {version, files: {path: hash}, libraries}.

    Rule files are not part of it: they have a hash of their own.
    """
    return manifest_of(resources.files("footprint"))


def manifest_of(package: Traversable) -> dict[str, Any]:
    """The manifest of the engine whose package has this folder, with the libraries of this one."""
    closure = closure_of(package, ENGINE)
    return {
        "type": "engine",
        "schema": "1",
        "version": __version__,
        "files": {name: bytes_hash((package / name).read_bytes()) for name in closure.files},
        "libraries": {name: _version(name) for name in closure.libraries},
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


@cache
def _version(name: str) -> str:
    """The version of the distribution that has a top-level module of this name."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return metadata.version(metadata.packages_distributions()[name][0])

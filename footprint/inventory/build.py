"""Compile the inventory once and keep it in a cache folder, named by its content hash.

The build runs in a process of its own (see `build_process.py`); this module never imports
Brightway. A compiled folder is complete or absent: it is written beside and renamed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

from footprint.faults import InputRefused, Problem, Where
from footprint.inventory import faults
from footprint.inventory.compiled import CompiledInventory, load_compiled
from footprint.inventory.shipped import shipped

#: Raise it when the compiled form of the same figures changes.
COMPILED_FORM = "8"


def compiled_store(cache: Path) -> Path:
    """Where compiled inventories of today's form are: installations of two versions that share a
    cache must not read, or replace, each other's."""
    return cache / "compiled" / COMPILED_FORM


def files_key(root: Traversable) -> str:
    """A key for the figure files as they are: SHA-256 over names and contents (a few ms)."""
    digest = hashlib.sha256()
    for folder in sorted((f for f in root.iterdir() if f.is_dir()), key=lambda f: f.name):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith((".csv", ".yaml")):
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                digest.update(f"{folder.name}/{file.name} {content}\n".encode())
    return digest.hexdigest()


def ensure_compiled(
    cache: Path, progress: Callable[[str], None] | None = None, root: Path | None = None
) -> CompiledInventory:
    """The compiled inventory of `root` (default: the shipped figures), built if it is not in
    `cache`. Raises `InputRefused` with the problems of the figures."""
    pointer = compiled_store(cache) / f"{files_key(root or shipped())}.txt"
    if pointer.is_file():
        folder = pointer.parent / pointer.read_text("utf-8").strip()
        if (folder / "manifest.json").is_file():
            return load_compiled(folder)
    if progress:
        progress("Compiling the inventory with Brightway (once, about 10 s) ...")
    return _build(cache, root, replace=False)


def rebuild(cache: Path, root: Path | None = None) -> CompiledInventory:
    """Compile again, whatever the cache holds, and return the result."""
    return _build(cache, root, replace=True)


def _build(cache: Path, root: Path | None, *, replace: bool) -> CompiledInventory:
    """Build beside the store and rename into it. Two processes may do so at once: the same
    content has the same name, so the one that comes second keeps what is there."""
    store = compiled_store(cache)
    store.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=store) as scratch:
        made = Path(scratch) / "inventory"
        made.mkdir()
        manifest = _run_build(made, root)
        folder = store / manifest["hash"].removeprefix("sha256:")[:32]
        whole = (folder / "manifest.json").is_file()
        if folder.exists() and (replace or not whole):
            folder.rename(Path(scratch) / "replaced")
        with contextlib.suppress(OSError):
            made.rename(folder)
    (store / f"{files_key(root or shipped())}.txt").write_text(folder.name + "\n", "utf-8")
    return load_compiled(folder)


def _run_build(folder: Path, root: Path | None) -> dict[str, str]:
    command = [sys.executable, "-W", "ignore", "-m", "footprint.inventory.build_process"]
    command += [str(folder), *([str(root)] if root else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    lines = done.stdout.strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        raise faults.NOT_COMPILED.refuse(f"the build process failed:\n{done.stderr[-2000:]}")
    document: dict[str, str] = json.loads(lines[-1])
    if "problems" in document:
        raise InputRefused(_problem(item) for item in json.loads(lines[-1])["problems"])
    return document


def _problem(item: dict[str, str]) -> Problem:
    row = item["row"]
    where = Where(item["file"], int(row) if row else None, item["column"])
    return Problem(item["code"], item["message"], where, item["hint"])

"""The build, as a process of its own: `python -m footprint.inventory.build_process FOLDER [ROOT]`.

Reads the figures, calculates with bw2calc in a private directory below FOLDER, and leaves the
compiled inventory in FOLDER. Prints one JSON document: the manifest, or the problems found.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from footprint.faults import InputRefused
from footprint.inventory.compile import compile_inventory
from footprint.inventory.lca import own_directory
from footprint.inventory.read import read_inventory


def build(folder: Path, root: Path | None) -> dict[str, Any]:
    """Compile the figures in `root` (default: the shipped ones) into `folder`."""
    inventory = read_inventory(root)
    private = folder / "brightway"
    own_directory(private)
    manifest = compile_inventory(inventory, folder)
    shutil.rmtree(private)
    return manifest


def main(arguments: list[str]) -> int:
    """Entry point. Exit status 0 and a manifest, or 1 and the problems."""
    folder = Path(arguments[0])
    root = Path(arguments[1]) if len(arguments) > 1 else None
    try:
        document: dict[str, Any] = build(folder, root)
        status = 0
    except InputRefused as refused:
        document = {"problems": [problem.as_json() for problem in refused.problems]}
        status = 1
    sys.stdout.write(json.dumps(document) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write a Brightway project: `python -m footprint.brightway.project_process < request`.

Request (JSON on stdin): `data` (see `project_data`), `project` its name, `directory` the folder of
Brightway's projects (empty: Brightway's own), `replace`, and `backup`, a file for bw2io's archive.
Answer: `directory`, counts, or `exists`.

A bw2data project keeps amounts twice: as written (float64), and in the arrays that its LCA reads
(float32), so scores agree with ours to about 1e-6.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from footprint.brightway.project_data import BACKGROUND, FLOWS, PRODUCT

Written = dict[tuple[str, str], dict[str, Any]]


def write_project(request: dict[str, Any]) -> dict[str, Any]:
    """Write the project and, if asked for, its backup. Imports bw2data."""
    if request["directory"]:
        os.environ["BRIGHTWAY2_DIR"] = request["directory"]
    import bw2data

    name, data = request["project"], request["data"]
    if name in bw2data.projects:
        if not request["replace"]:
            return {"exists": str(bw2data.projects._base_data_dir)}
        _remove(name)
    bw2data.projects.set_current(name)
    _database(FLOWS, data["flows"])
    _database(BACKGROUND, data["activities"])
    if data["product"]:
        _database(PRODUCT, data["product"])
    for method in data["methods"]:
        made = bw2data.Method(tuple(method["name"]))
        made.register(unit=method["unit"], **data["about"])
        made.write([((FLOWS, flow), factor) for flow, factor in method["factors"]])
    if request["backup"]:
        _backup(name, Path(request["backup"]))
    return {
        "directory": str(bw2data.projects.dir),
        "activities": len(data["activities"]),
        "methods": len(data["methods"]),
    }


def _database(name: str, nodes: list[dict[str, Any]]) -> None:
    import bw2data

    written: Written = {}
    for node in nodes:
        exchanges = [
            {**exchange, "input": tuple(exchange["input"])}
            for exchange in node.get("exchanges", ())
        ]
        values = {**node, "database": name, "exchanges": exchanges}
        if "categories" in node:
            values["categories"] = tuple(node["categories"])
        written[name, node["code"]] = values
    bw2data.Database(name).write(written)


def _remove(name: str) -> None:
    """Delete a project; bw2data refuses to delete the only one there is."""
    import bw2data

    bw2data.projects.set_current("default")
    if name != "default":
        bw2data.projects.delete_project(name, delete_dir=True)
        return
    for database in list(bw2data.databases):
        del bw2data.databases[database]
    for method in list(bw2data.methods):
        bw2data.Method(method).deregister()


def _backup(name: str, file: Path) -> None:
    """bw2io's backup of the project, under the name that was asked for."""
    from bw2io.backup import backup_project_directory

    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as scratch:
        backup_project_directory(name, timestamp=False, dir_backup=scratch)
        (made,) = Path(scratch).iterdir()
        shutil.move(made, file)


if __name__ == "__main__":
    asked = json.loads(sys.stdin.read())
    with contextlib.redirect_stdout(io.StringIO()):  # bw2data and bw2io print what they do
        answer = write_project(asked)
    sys.stdout.write(json.dumps(answer) + "\n")

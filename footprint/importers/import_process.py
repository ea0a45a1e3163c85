"""An import, as a process of its own: `python -m footprint.importers.import_process < request`.

The request is one JSON object (see `install.py`). A stranger's file is parsed here, where it can
disturb nothing else, and compiled into the folder of the request. Prints one JSON object: `report`,
and `manifest` or `problems`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from footprint.faults import InputRefused
from footprint.importers.allocation import ProductSplit
from footprint.importers.layouts import FileLayout
from footprint.importers.report import ImportRefused
from footprint.importers.run import ImportOptions, import_inventory
from footprint.inventory.compile import compile_inventory
from footprint.inventory.lca import own_directory


def perform(request: dict[str, Any]) -> dict[str, Any]:
    """Import and compile into `request["folder"]`, which exists and is empty."""
    options = ImportOptions(
        name=request["name"],
        layout=FileLayout(request["layout"]) if request["layout"] else None,
        allocation=ProductSplit(request["allocation"]),
        cut_off=request["cut_off"],
        leave_out=request["leave_out"],
        confirmed=tuple(request["confirmed"]),
        suppliers=Path(request["suppliers"]) if request["suppliers"] else None,
        allocations=Path(request["allocations"]) if request["allocations"] else None,
    )
    folder = Path(request["folder"])
    try:
        imported = import_inventory(Path(request["path"]), options)
    except ImportRefused as refused:
        return {"report": refused.report.as_json(), "problems": _problems(refused)}
    report = imported.report.as_json()
    private = folder / "brightway"
    own_directory(private)
    try:
        manifest = compile_inventory(imported.inventory, folder)
    except InputRefused as refused:
        return {"report": report | {"status": "refused"}, "problems": _problems(refused)}
    shutil.rmtree(private)
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    return {"report": report, "manifest": manifest}


def _problems(refused: InputRefused) -> list[dict[str, object]]:
    return [problem.as_json() for problem in refused.problems]


def main() -> int:
    """Entry point. Exit status 0 and a manifest, or 1 and the problems."""
    os.umask(0o077)
    answer = perform(json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0 if "manifest" in answer else 1


if __name__ == "__main__":
    sys.exit(main())

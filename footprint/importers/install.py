"""Import a file into a folder of its own: complete or absent, and readable by its owner only."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from footprint.faults import InputRefused, Problem, Where
from footprint.importers import faults
from footprint.importers.run import ImportOptions
from footprint.inventory.compiled import CompiledInventory, load_compiled

PRIVATE = 0o700


class ImportRejected(InputRefused):
    """An import that was refused; `report` is its JSON report."""

    def __init__(self, problems: list[Problem], report: dict[str, Any]) -> None:
        self.report = report
        super().__init__(problems)


@dataclass(frozen=True, slots=True)
class Installed:
    """The compiled inventory of an import, and its JSON report."""

    inventory: CompiledInventory
    report: dict[str, Any]


def install(
    path: Path, options: ImportOptions, folder: Path, *, replace: bool = False
) -> Installed:
    """Import `path` and compile it into `folder`.

    The work is done beside and renamed when it is complete. A folder that holds the same content
    is left as it is; one that holds anything else is replaced only with `replace`, and only if it
    is a compiled inventory. Raises `Refused` with the report, or `InputRefused` (IMP-023, IMP-024).
    """
    target = folder.absolute()
    _check_target(target)
    target.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=target.parent) as scratch:
        made = Path(scratch) / "inventory"
        made.mkdir(mode=PRIVATE)
        answer = _run(path, options, made)
        if "problems" in answer:
            raise ImportRejected([_problem(item) for item in answer["problems"]], answer["report"])
        if target.exists() and any(target.iterdir()):
            if not replace and _hash(target) != answer["manifest"]["hash"]:
                raise _exists(target, "another import")
            target.rename(Path(scratch) / "replaced")
        elif target.exists():
            target.rmdir()
        made.rename(target)
    return Installed(load_compiled(target), answer["report"])


def _check_target(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise _exists(target, "a file")
    if any(target.iterdir()) and not (target / "manifest.json").is_file():
        raise _exists(target, "something that is no compiled inventory")


def _exists(target: Path, what: str) -> InputRefused:
    return faults.EXISTS.refuse(
        f"the folder holds {what}",
        Where(str(target)),
        "Choose another --name or --out, or give --replace.",
    )


def _hash(folder: Path) -> str:
    return str(json.loads((folder / "manifest.json").read_bytes())["hash"])


def _run(path: Path, options: ImportOptions, folder: Path) -> dict[str, Any]:
    request = {
        "path": str(path.absolute()),
        "name": options.name,
        "layout": options.layout.value if options.layout else "",
        "allocation": options.allocation.value,
        "cut_off": options.cut_off,
        "leave_out": options.leave_out,
        "confirmed": list(options.confirmed),
        "suppliers": _absolute(options.suppliers),
        "allocations": _absolute(options.allocations),
        "folder": str(folder),
    }
    command = [sys.executable, "-W", "ignore", "-m", "footprint.importers.import_process"]
    done = subprocess.run(  # noqa: S603
        command, input=json.dumps(request), capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        raise faults.FAILED.refuse(f"the import process failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def _absolute(path: Path | None) -> str:
    return str(path.absolute()) if path else ""


def _problem(item: dict[str, Any]) -> Problem:
    where = Where(item["file"], item["row"], item["column"])
    return Problem(item["code"], item["message"], where, item["hint"])
